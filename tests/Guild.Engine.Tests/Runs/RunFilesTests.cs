using Guild.Engine.Runs;

namespace Guild.Engine.Tests.Runs;

/// <summary>The files of a run, and what they take.</summary>
public sealed class RunFilesTests : IDisposable
{
    private readonly TestHome _home = new();
    private readonly RunDirectory _run;

    public RunFilesTests()
    {
        _run = _home.AddRun();
        Write("train.py", "code");
        Write("pkg/util.py", "more code");
        Write("data/part/x.csv", "1,2");
        Write("out/model.bin", "weights");
        File.WriteAllText(_run.ManifestPath, "s train.py - train.py\ns pkg/util.py - pkg/util.py\nd data - file:data\nd linked.csv - file:linked.csv\n");
        File.WriteAllText(_home.OutsideHome("linked.csv"), "a large file elsewhere");
        File.CreateSymbolicLink(Path.Join(_run.Path, "linked.csv"), _home.OutsideHome("linked.csv"));
    }

    [Fact]
    public void Kinds_come_from_the_manifest_and_the_rest_was_made()
    {
        var files = Files(new RunFileQuery()).Select(file => $"{file.Path} {file.Kind}");

        Assert.Equal(
            ["data/part/x.csv Dependency", "linked.csv Dependency", "out/model.bin Generated", "pkg/util.py SourceCode", "train.py SourceCode"],
            files);
    }

    [Fact]
    public void The_record_is_listed_when_asked_for()
    {
        Assert.Contains(Files(new RunFileQuery { IncludesRecord = true }), file => file is { Path: ".guild/opref", Kind: RunFileKind.Record });
    }

    [Fact]
    public void A_link_takes_no_room_unless_it_is_followed()
    {
        Assert.Equal(0, Files(new RunFileQuery()).Single(file => file.LinkTarget is not null).Length);
        Assert.Equal(22, Files(new RunFileQuery { FollowsLinks = true }).Single(file => file.LinkTarget is not null).Length);
    }

    [Fact]
    public void Links_in_a_circle_have_an_end()
    {
        Directory.CreateSymbolicLink(Path.Join(_run.Path, "out", "again"), _run.Path);
        File.CreateSymbolicLink(Path.Join(_run.Path, "self"), "self");

        var paths = Files(new RunFileQuery { FollowsLinks = true }).Select(file => file.Path).ToList();

        Assert.Contains("self", paths);
        Assert.DoesNotContain(paths, path => path.StartsWith("out/again/", StringComparison.Ordinal));
    }

    [Fact]
    public void A_run_that_is_gone_is_not_found_and_a_folder_that_vanishes_is_left_out()
    {
        using var list = RunFiles.List(_run, new RunFileQuery()).GetEnumerator();
        Assert.True(list.MoveNext());
        TreeDeletion.Delete(Path.Join(_run.Path, "pkg"));
        var rest = new List<string>();
        while (list.MoveNext())
        {
            rest.Add(list.Current.Path);
        }

        Assert.Contains("train.py", rest);
        Assert.DoesNotContain("pkg/util.py", rest);
        TreeDeletion.Delete(_run.Path);
        Assert.Throws<NameNotFoundException>(() => RunFiles.List(_run, new RunFileQuery()).ToList());
    }

    [Fact]
    public void The_room_that_a_run_takes_is_told_by_kind_without_what_links_lead_to()
    {
        var size = RunSize.Of(_run);

        Assert.Equal((13L, 3L, 7L, 1), (size.SourceCode, size.Dependencies, size.Generated, size.Links));
        Assert.True(size.Record > 0);
        Assert.Equal(size.SourceCode + size.Dependencies + size.Generated + size.Record, size.Total);
    }

    private IEnumerable<RunFile> Files(RunFileQuery query) => RunFiles.List(_run, query).Where(file => !file.IsDirectory);

    private void Write(string path, string text)
    {
        var full = Path.Join(_run.Path, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    public void Dispose() => _home.Dispose();
}
