using Guild.Engine.Runs;

namespace Guild.Engine.Tests.Runs;

public sealed class RunReadingTests : IDisposable
{
    private readonly TestHome _home = new();

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("flags", "- 1\n", "Attribute 'flags' is not a mapping.")]
    [InlineData("flags", "", "Attribute 'flags' is empty.")]
    [InlineData("label", "{a: 1}\n", "Attribute 'label' is not a text.")]
    [InlineData("tags", "a\n", "Attribute 'tags' is not a list of texts.")]
    [InlineData("cmd", "[{a: 1}]\n", "Attribute 'cmd' is not a list of texts.")]
    [InlineData("comments", "[a]\n", "Attribute 'comments' is not a list of comments.")]
    [InlineData("marked", "3\n", "Attribute 'marked' is neither true nor false.")]
    [InlineData("stopped", "soon\n", "Attribute 'stopped' is not a time in microseconds.")]
    [InlineData("stopped", "9223372036854775807\n", "Attribute 'stopped' is not a time in microseconds.")]
    public void An_attribute_of_the_wrong_kind_is_a_problem_and_not_a_failure(string name, string text, string problem)
    {
        var directory = _home.AddRun();
        WriteOld(directory, name, text);
        var run = _home.Read(directory);
        Assert.Equal([problem], run.Problems);
        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Empty(run.Flags);
        Assert.Null(run.Label);
        Assert.Empty(run.Tags);
        Assert.False(run.IsMarked);
        Assert.Null(run.Stopped);
    }

    [Fact]
    public void An_exit_status_that_is_no_number_leaves_an_error()
    {
        var directory = _home.AddRun(exitStatus: null);
        WriteOld(directory, "exit_status", "well\n");
        var run = _home.Read(directory);
        Assert.Equal(RunStatus.Error, run.Status);
        Assert.Null(run.ExitCode);
        Assert.Equal(["Attribute 'exit_status' is not a whole number in its range."], run.Problems);
    }

    [Fact]
    public void A_binary_attribute_is_a_problem_and_not_a_failure()
    {
        var directory = _home.AddRun();
        var path = Path.Join(directory.AttributesPath, "label");
        File.WriteAllBytes(path, [0xff, 0xfe, 0x00, 0x80]);
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(-1));
        Assert.Equal(["Attribute 'label' is not UTF-8 text."], _home.Read(directory).Problems);
    }

    [Fact]
    public void A_huge_attribute_is_a_problem_and_not_a_failure()
    {
        var directory = _home.AddRun();
        var path = Path.Join(directory.AttributesPath, "label");
        using (var file = File.Create(path))
        {
            file.SetLength(1L << 30);
        }

        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(-1));
        Assert.Equal(["Attribute 'label' is too large to be read (1073741824 bytes)."], _home.Read(directory).Problems);
    }

    [Fact]
    public void An_attribute_that_is_a_folder_is_as_if_it_were_missing()
    {
        var directory = _home.AddRun();
        Directory.CreateDirectory(Path.Join(directory.AttributesPath, "label"));
        Assert.Null(_home.Read(directory).Label);
    }

    [Fact]
    public void A_label_that_reads_as_a_number_is_the_text_that_stands_there()
    {
        var directory = _home.AddRun();
        WriteOld(directory, "label", "2018\n");
        Assert.Equal("2018", _home.Read(directory).Label);
    }

    [Fact]
    public void A_run_of_2018_is_read()
    {
        var directory = _home.AddBareRun("c3c026a5743c11e89dd4cb85b1be528c", TestHome.Train);
        File.Delete(directory.OpRefPath);
        File.WriteAllText(Path.Join(directory.AttributesPath, "opref"), "guildfile:/srv/demo 0 mlp train");
        WriteOld(directory, "started", "1530000000000000");
        WriteOld(directory, "flags", "epochs: 10\nlr: null");
        WriteOld(directory, "exit_status", "-15");
        var run = _home.Store.Find("c3c026a5");
        Assert.Equal("mlp:train", run.FullName);
        Assert.Equal(Path.GetFullPath("/srv/demo"), run.ProjectPath);
        Assert.Equal(RunStatus.Terminated, run.Status);
        Assert.Equal(2018, run.Started!.Value.Year);
        Assert.Equal(10L, run.Flags["epochs"]);
        Assert.Null(run.Flags["lr"]);
        Assert.Empty(run.Problems);
    }

    [Theory]
    [InlineData("package", "gpkg.mnist", "mlp", "train", "gpkg.mnist/mlp:train")]
    [InlineData("script", "/srv/demo", "", "train.py", "train.py")]
    [InlineData("func", "x", "", "train", "train()")]
    [InlineData("pending", "", "", "train", "train")]
    [InlineData("import", "x", "mlp", "train", "mlp:train")]
    public void The_name_of_an_operation_depends_on_where_it_comes_from(string type, string package, string model, string operation, string expected)
    {
        var run = _home.Read(_home.AddRun(opRef: new OpRef(type, package, "1", model, operation)));
        Assert.Equal(expected, run.FullName);
        Assert.Equal(type == "package" ? package : null, run.PackageName);
    }

    [Fact]
    public void A_relative_Guild_file_is_seen_from_the_run()
    {
        var directory = _home.AddRun(opRef: TestHome.Train with { PackageName = "../../../demo/guild.yml" });
        Assert.Equal(_home.OutsideHome("demo"), _home.Read(directory).ProjectPath);
    }

    [Fact]
    public void Scalars_are_read_when_they_are_asked_for_and_then_kept()
    {
        var directory = _home.AddRun();
        var run = _home.Read(directory);
        using (var writer = new Scalars.EventFileBuilder(Path.Join(directory.GuildPath, "events.out.tfevents.0000000001.h.1.0")))
        {
            writer.Add("loss", 0.5f, 1);
        }

        Assert.Equal(0.5, run.Scalars["loss"].Last);
        TreeDeletion.Delete(directory.Path);
        Assert.Equal(0.5, run.Scalars["loss"].Last);
    }

    [Fact]
    public void A_folder_without_a_reference_is_no_run()
    {
        Directory.CreateDirectory(Path.Join(_home.Home.RunsDirectory, "0b9547409b6f41678d8711533d0cc48c"));
        Assert.Null(_home.Store.TryRead("0b9547409b6f41678d8711533d0cc48c"));
        Assert.Empty(_home.Store.List());
    }

    private static void WriteOld(RunDirectory directory, string name, string text)
    {
        var path = Path.Join(directory.AttributesPath, name);
        File.WriteAllText(path, text);
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(-1));
    }
}
