using Guild.Engine.Resources;
using Guild.Engine.Runs;
using Guild.Engine.Runs.Transfer;

namespace Guild.Engine.Tests.Runs.Transfer;

/// <summary>Taking runs into a home. Nothing in an archive is trusted.</summary>
public sealed class RunArchiveTests : IDisposable
{
    private const string Id = "11111111111111111111111111111111";
    private const string OpRefText = "guildfile:/x/guild.yml 1 m train";
    private const int LinkMode = 0xa1ff;
    private const int PipeMode = 0x11ff;

    private readonly TransferHome _home = new();

    [Theory]
    [InlineData("out")]
    [InlineData("out.zip")]
    public void What_was_exported_comes_back_the_same(string name)
    {
        var run = _home.AddRun();
        new RunAnnotations(run.Directory, TimeProvider.System).Change(new RunAnnotationChange { Label = "best" });
        _home.Export(name, null, run);

        var imported = Assert.Single(_home.Import(name));

        var tree = TransferHome.TreeOf(run.Directory.Path).Where(path => !path.Contains("annotations.lock", StringComparison.Ordinal));
        Assert.Equal(tree, TransferHome.TreeOf(imported.Run.Directory.Path));
        Assert.Equal(("best", RunStatus.Completed), (imported.Run.Label, imported.Run.Status));
        Assert.Empty(TransferHome.LeftOvers(_home.Other.Home.StagingDirectory));
        new RunAnnotations(imported.Run.Directory, TimeProvider.System).Change(new RunAnnotationChange { Label = "mine" });
        File.AppendAllText(Path.Join(imported.Run.Directory.Path, "model.bin"), "!");
    }

    [Fact]
    public void A_run_of_the_home_is_not_replaced()
    {
        var run = _home.AddRun();
        _home.Export("out", null, run);
        _home.Import("out");
        var own = Path.Join(_home.Other.Home.RunsDirectory, run.Id, "model.bin");
        File.WriteAllText(own, "own");

        Assert.Equal(RunTransferOutcome.Exists, Assert.Single(_home.Import("out")).Outcome);
        Assert.Equal("own", File.ReadAllText(own));
    }

    [Fact]
    public void Moved_runs_are_gone_from_the_folder()
    {
        var run = _home.AddRun();
        _home.Export("out", null, run);

        _home.Import("out", _home.Options(move: true));

        Assert.Empty(TransferHome.LeftOvers(_home.Out("out")));
        Assert.Equal(run.Id, Assert.Single(_home.Other.List()).Id);
    }

    [Fact]
    public void Runs_are_not_moved_out_of_a_zip_file()
    {
        _home.Export("out.zip", null, _home.AddRun());

        Assert.Throws<RequestException>(() => RunArchive.Open(_home.Out("out.zip"), _home.Options(move: true)));
    }

    [Fact]
    public void Runs_are_chosen_by_place_and_by_the_beginning_of_an_id()
    {
        var (old, young) = (_home.AddRun("aa" + Id[2..]), _home.AddRun("bb" + Id[2..]));
        _home.Export("out.zip", null, old, young);
        using var archive = RunArchive.Open(_home.Out("out.zip"), _home.Options());

        Assert.Equal([young.Id, old.Id, old.Id], new[] { "1", "2", "aa" }.Select(reference => Assert.Single(archive.Select(reference)).Id));
        Assert.Throws<NameNotFoundException>(() => archive.Select("cc"));
    }

    [Theory]
    [InlineData("LOCK")]
    [InlineData("LOCK.remote")]
    [InlineData("PENDING")]
    [InlineData("PROCESS")]
    public void What_a_run_left_behind_does_not_make_it_live(string mark)
    {
        var own = Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        _home.Zip("in.zip", ($"{Id}/.guild/opref", OpRefText, 0), ($"{Id}/.guild/{mark}", mark == "PENDING" ? "" : own, 0));

        var run = Assert.Single(_home.Import("in.zip")).Run;

        Assert.Equal(RunStatus.Error, run.Status);
        Assert.False(File.Exists(Path.Join(run.Directory.GuildPath, mark)));
    }

    [Theory]
    [InlineData("../evil.txt")]
    [InlineData("x/../../../evil.txt")]
    [InlineData("..\\..\\evil.txt")]
    public void An_entry_that_leads_out_of_its_run_keeps_the_run_out(string path)
    {
        _home.Zip("in.zip", ($"{Id}/.guild/opref", OpRefText, 0), ($"{Id}/{path}", "evil", 0));

        var error = Assert.Throws<RunArchiveException>(() => _home.Import("in.zip"));

        Assert.Contains("lead out of the folder", error.Message, StringComparison.Ordinal);
        AssertNothingCame();
    }

    [Theory]
    [InlineData("/etc/evil/.guild/opref")]
    [InlineData("../evil/.guild/opref")]
    [InlineData("C:/evil/.guild/opref")]
    [InlineData(".hidden/.guild/opref")]
    [InlineData("a b/.guild/opref")]
    [InlineData("run\u0001/.guild/opref")]
    public void A_name_that_no_run_has_is_passed_over_with_a_warning(string name)
    {
        _home.Zip("in.zip", (name, OpRefText, 0), ($"{Id}/.guild/opref", OpRefText, 0));

        Assert.Equal(Id, Assert.Single(_home.Import("in.zip")).Run.Id);
        Assert.Contains("passed over", Assert.Single(_home.Warnings), StringComparison.Ordinal);
        Assert.Equal([Id], TransferHome.LeftOvers(_home.Other.Home.RunsDirectory));
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../../../outside")]
    public void A_link_out_of_its_run_keeps_the_run_out(string target)
    {
        _home.Zip("in.zip", ($"{Id}/.guild/opref", OpRefText, 0), ($"{Id}/data", target, LinkMode));

        Assert.Contains("leads out", Assert.Throws<RunArchiveException>(() => _home.Import("in.zip")).Message, StringComparison.Ordinal);
        AssertNothingCame();
    }

    [Fact]
    public void An_entry_through_a_link_keeps_the_run_out()
    {
        _home.Zip("in.zip", ($"{Id}/.guild/opref", OpRefText, 0), ($"{Id}/sub/x", "x", 0), ($"{Id}/data", "sub", LinkMode), ($"{Id}/data/y", "y", 0));

        Assert.Throws<RunArchiveException>(() => _home.Import("in.zip"));
        AssertNothingCame();
    }

    [Theory]
    [InlineData("output", "../model.bin")]
    [InlineData("attrs/label", "../../model.bin")]
    [InlineData("annotations.lock", "../model.bin")]
    public void A_record_of_links_keeps_the_run_out(string record, string target)
    {
        _home.Zip("in.zip", ($"{Id}/.guild/opref", OpRefText, 0), ($"{Id}/model.bin", "x", 0), ($"{Id}/.guild/{record}", target, LinkMode));

        Assert.Contains("is a link", Assert.Throws<RunArchiveException>(() => _home.Import("in.zip")).Message, StringComparison.Ordinal);
        AssertNothingCame();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_folder_whose_record_leads_elsewhere_is_not_imported(bool isMove)
    {
        var (victim, run) = (_home.AddRun(), _home.AddRun());
        _home.Export("out", null, run);
        var guild = Path.Join(_home.Out("out"), run.Id, ".guild");
        TreeDeletion.Delete(guild);
        Directory.CreateSymbolicLink(guild, victim.Directory.GuildPath);

        Assert.Throws<RunArchiveException>(() => _home.Import("out", _home.Options(isMove)));
        AssertNothingCame();
        Assert.True(victim.Directory.HasOpRef);
        Assert.True(Directory.Exists(guild));
    }

    [Fact]
    public void A_device_keeps_the_run_out()
    {
        _home.Zip("in.zip", ($"{Id}/.guild/opref", OpRefText, 0), ($"{Id}/pipe", "", PipeMode));

        Assert.Contains("device or a pipe", Assert.Throws<RunArchiveException>(() => _home.Import("in.zip")).Message, StringComparison.Ordinal);
        AssertNothingCame();
    }

    [Fact]
    public void An_archive_that_unpacks_to_too_much_is_not_imported()
    {
        _home.Zip("in.zip", ($"{Id}/.guild/opref", OpRefText, 0), ($"{Id}/zeros", new string('0', 3_000_000), 0));
        var options = _home.Options() with { Limits = new UnpackLimits { FreeBytes = 10_000, MaximumRatio = 20 } };

        Assert.Contains("fill disks", Assert.Throws<RunArchiveException>(() => _home.Import("in.zip", options)).Message, StringComparison.Ordinal);
        AssertNothingCame();
    }

    [Fact]
    public void Too_many_entries_are_not_even_listed()
    {
        _home.Zip("in.zip", ($"{Id}/.guild/opref", OpRefText, 0), ($"{Id}/a", "", 0), ($"{Id}/b", "", 0));

        Assert.Throws<RunArchiveException>(() => RunArchive.Open(_home.Out("in.zip"), _home.Options() with { Limits = new UnpackLimits { MaximumEntries = 2 } }));
    }

    [Fact]
    public void A_bad_run_keeps_no_other_out()
    {
        const string other = "22222222222222222222222222222222";
        _home.Zip("in.zip", ($"{Id}/.guild/opref", OpRefText, 0), ($"{Id}/../x", "evil", 0), ($"{other}/.guild/opref", OpRefText, 0));
        using var archive = RunArchive.Open(_home.Out("in.zip"), _home.Options());

        Assert.Throws<RunArchiveException>(() => archive.Import(archive.Select(Id)[0], _home.Other));
        Assert.Equal(RunTransferOutcome.Done, archive.Import(archive.Select(other)[0], _home.Other).Outcome);
        Assert.Equal([other], _home.Other.List().Select(run => run.Id));
    }

    [Fact]
    public void A_record_of_garbage_is_imported_and_its_problems_are_told()
    {
        _home.Zip(
            "in.zip",
            ($"{Id}/.guild/opref", OpRefText, 0),
            ($"{Id}/.guild/attrs/flags", "[1, {", 0),
            ($"{Id}/.guild/attrs/started", "yesterday", 0),
            ($"{Id}/.guild/attrs/tags", "!!python/object:os.system x", 0),
            ($"{Id}/.guild/manifest", "\0\0'", 0));

        var run = Assert.Single(_home.Import("in.zip")).Run;

        Assert.NotEmpty(run.Problems);
        Assert.Null(run.Started);
        Assert.NotEmpty(RunFiles.List(run.Directory, new RunFileQuery { IncludesRecord = true }));
    }

    [Fact]
    public void A_folder_without_an_operation_is_no_run()
    {
        _home.Zip("in.zip", ($"{Id}/.guild/opref", "nonsense", 0), ($"{Id}/x", "x", 0));

        Assert.Empty(_home.Import("in.zip"));
    }

    [Theory]
    [InlineData("no zip file at all")]
    [InlineData("PK\u0003\u0004 and then nothing")]
    public void What_is_no_zip_file_says_so(string text)
    {
        File.WriteAllText(_home.Out("in.zip"), text);

        Assert.Contains("damaged", Assert.Throws<RunArchiveException>(() => _home.Import("in.zip")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_that_leads_nowhere_says_so()
    {
        Assert.Equal(_home.Out("none"), Assert.Throws<RunArchiveException>(() => _home.Import("none")).Subject);
    }

    [Fact]
    public void A_cancelled_import_leaves_nothing()
    {
        _home.Export("out", null, _home.AddRun());
        using var stop = new CancellationTokenSource();
        using var archive = RunArchive.Open(_home.Out("out"), _home.Options() with { Cancellation = stop.Token });
        var run = archive.Runs[0];
        stop.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => archive.Import(run, _home.Other));
        AssertNothingCame();
    }

    private void AssertNothingCame()
    {
        Assert.Empty(TransferHome.LeftOvers(_home.Other.Home.RunsDirectory));
        Assert.Empty(TransferHome.LeftOvers(_home.Other.Home.StagingDirectory));
    }

    public void Dispose() => _home.Dispose();
}
