using Guild.Engine.Resources;
using Guild.Engine.Runs;
using static Guild.Engine.Tests.Resources.ResourceFolder;

namespace Guild.Engine.Tests.Resources;

public sealed class OperationResourceTests : IDisposable
{
    private readonly ResourceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_that_a_run_generated_are_linked_relatively_and_recorded_with_its_id()
    {
        var run = _folder.AddRun("mlp", "train");
        Write(Path.Join(run.Path, "model.json"), "m");
        Write(Path.Join(run.Path, "train.py"), "code");
        Write(Path.Join(run.Path, "out", "log.txt"), "l");
        Write(Path.Join(run.Path, "src", "lib.py"), "code");
        File.WriteAllText(run.ManifestPath, "s train.py 00 train.py\ns src/lib.py 00 src/lib.py\n");

        var resolved = _folder.Resolve(Operation("train"));

        Assert.Equal([$"model.json -> ../{run.Id}/model.json", $"out -> ../{run.Id}/out"], _folder.Placed());
        var source = Assert.Single(resolved.Sources);
        Assert.Equal(("operation:train", run.Id), (source.Uri, source.Config));
        Assert.Equal([$"../{run.Id}/model.json", $"../{run.Id}/out"], source.Paths);
        Assert.Equal(["d model.json 6b0d31c0d563223024da45691584643ac78c96e8 operation:train", "d out - operation:train"], resolved.ManifestEntries.Select(Manifest.Format));
        Assert.Contains($"Using run {RunId.Short(run.Id)} for operation:train.", _folder.Details);
    }

    [Fact]
    public void What_the_run_was_given_as_a_resource_is_not_generated_link_or_folder()
    {
        var run = _folder.With("data/rows.csv").AddRun("mlp", "train");
        Directory.CreateSymbolicLink(Path.Join(run.Path, "linked"), _folder.At("data"));
        Write(Path.Join(run.Path, "copied", "rows.csv"), "x");
        Write(Path.Join(run.Path, "both", "given.csv"), "x");
        Write(Path.Join(run.Path, "both", "made.csv"), "x");
        File.WriteAllText(run.ManifestPath, "d linked - file:data\nd copied - file:data\nd both/given.csv 00 file:given.csv\n");

        _folder.Resolve(Operation("train"));

        Assert.Equal([$"both -> ../{run.Id}/both"], _folder.Placed());
    }

    [Fact]
    public void A_selection_is_over_all_files_of_the_run_but_not_over_its_record()
    {
        var run = _folder.With("data/rows.txt").AddRun("mlp", "train");
        Write(Path.Join(run.Path, "train.txt"), "code");
        Directory.CreateSymbolicLink(Path.Join(run.Path, "linked"), _folder.At("data"));
        File.WriteAllText(run.ManifestPath, "s train.txt 00 train.txt\nd linked - file:data\n");
        Write(Path.Join(run.GuildPath, "note.txt"), "x");

        _folder.Resolve(Operation("train", @".+\.txt"));

        Assert.Equal([$"rows.txt -> ../{run.Id}/linked/rows.txt", $"train.txt -> ../{run.Id}/train.txt"], _folder.Placed());
    }

    [Fact]
    public void A_selection_that_names_the_record_reaches_it()
    {
        var run = _folder.AddRun("mlp", "train");
        File.WriteAllText(run.OutputPath, "said\n");

        _folder.Resolve(Operation("train", @"\.guild/output"));

        Assert.Equal([$"output -> ../{run.Id}/.guild/output"], _folder.Placed());
    }

    [Fact]
    public void A_link_in_a_run_that_leads_back_to_it_does_not_go_on_for_ever()
    {
        var run = _folder.AddRun("mlp", "train");
        Write(Path.Join(run.Path, "a", "x.txt"), "x");
        Directory.CreateSymbolicLink(Path.Join(run.Path, "a", "up"), "..");

        _folder.Resolve(Operation("train", @".*x\.txt"));

        Assert.Equal([$"x.txt -> ../{run.Id}/a/x.txt"], _folder.Placed());
    }

    [Fact]
    public void The_newest_run_is_taken_and_a_marked_one_before_it()
    {
        var old = Generated(_folder.AddRun("mlp", "train"));
        Generated(_folder.AddRun("mlp", "train"));
        var newest = Generated(_folder.AddRun("mlp", "train"));

        Assert.Equal(newest.Id, Config(_folder.Resolve(Operation("train") with { TargetPath = "1" })));
        old.WriteAttribute("marked", true);
        Assert.Equal(old.Id, Config(_folder.Resolve(Operation("train") with { TargetPath = "2" })));
    }

    [Fact]
    public void Runs_that_failed_are_not_taken()
    {
        var good = Generated(_folder.AddRun("mlp", "train"));
        Generated(_folder.AddRun("guildfile", _folder.Project, "mlp", "train", status: "1"));

        Assert.Equal(good.Id, Config(_folder.Resolve(Operation("train"))));
    }

    [Theory]
    [InlineData("mlp:train", "mlp", "train")]
    [InlineData("train", "cnn", "train")]
    [InlineData("m.*:tr.+", "mlp", "train")]
    [InlineData("prepare, train", "mlp", "train")]
    public void Operations_are_named_by_patterns_over_whole_names(string operations, string model, string operation)
    {
        var run = Generated(_folder.AddRun(model, operation));
        Generated(_folder.AddRun("xmlp", "retrain"));

        Assert.Equal(run.Id, Config(_folder.Resolve(Operation(operations))));
    }

    [Fact]
    public void A_plus_means_itself() =>
        Assert.Equal(Generated(_folder.AddRun("guildfile", _folder.Project, "", "+")).Id, Config(_folder.Resolve(Operation("+"))));

    [Fact]
    public void Runs_of_this_project_come_before_newer_ones_of_another()
    {
        var own = Generated(_folder.AddRun("mlp", "train"));
        Generated(_folder.AddRun("guildfile", "/elsewhere", "mlp", "train"));

        Assert.Equal(own.Id, Config(_folder.Resolve(Operation("train"))));
        Assert.Empty(_folder.Warnings);
    }

    [Fact]
    public void A_run_of_another_project_is_taken_with_a_warning_that_says_whose_it_is()
    {
        var run = Generated(_folder.AddRun("guildfile", Path.GetFullPath("/elsewhere"), "mlp", "train"));

        Assert.Equal(run.Id, Config(_folder.Resolve(Operation("train"))));
        var warning = Assert.Single(_folder.Warnings);
        Assert.Contains($"run {RunId.Short(run.Id)}", warning, StringComparison.Ordinal);
        Assert.Contains($"the project in '{Path.GetFullPath("/elsewhere")}'", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_another_project_an_operation_without_a_model_means_the_own_model()
    {
        Generated(_folder.AddRun("guildfile", "/elsewhere", "cnn", "train"));

        Assert.Contains("no run of operation 'train'", _folder.Fail(Operation("train")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_project_that_is_reached_by_a_link_is_this_project()
    {
        Generated(_folder.AddRun("mlp", "train"));
        var link = Path.Join(_folder.Base, "link");
        Directory.CreateSymbolicLink(link, _folder.Project);
        _folder.Context = _folder.Context with { ProjectDirectory = link };

        _folder.Resolve(Operation("train"));

        Assert.Empty(_folder.Warnings);
    }

    [Fact]
    public void A_package_that_is_named_takes_only_its_own_runs()
    {
        Generated(_folder.AddRun("mlp", "train"));
        var run = Generated(_folder.AddRun("package", "gpkg.mlp", "mlp", "train"));

        Assert.Equal(run.Id, Config(_folder.Resolve(Operation("gpkg.mlp/mlp:train"))));
    }

    [Fact]
    public void Where_only_some_runs_count_the_others_are_not_taken()
    {
        var step = Generated(_folder.AddRun("mlp", "train"));
        Generated(_folder.AddRun("mlp", "train"));
        _folder.Context = _folder.Context with { AmongRuns = [step.Id] };

        Assert.Equal(step.Id, Config(_folder.Resolve(Operation("train"))));
    }

    [Fact]
    public void No_run_at_all_is_an_error_that_says_what_to_do()
    {
        var error = _folder.Fail(Operation("train"));

        Assert.Contains("no run of operation 'train' is there", error.Message, StringComparison.Ordinal);
        Assert.Equal("Run that operation first, or name a run: 'data=RUN'.", error.RecommendedAction);
    }

    [Fact]
    public void A_run_that_generated_nothing_is_a_warning()
    {
        _folder.AddRun("mlp", "train");

        Assert.Contains("selects nothing", Assert.Single(_folder.Resolve(Operation("train")).Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a:b:c")]
    [InlineData("tr(ain")]
    public void What_is_no_reference_to_an_operation_is_an_error(string operation) => Assert.NotNull(_folder.Fail(Operation(operation)).RecommendedAction);

    internal static RunDirectory Generated(RunDirectory run)
    {
        Write(Path.Join(run.Path, $"made-by-{run.Id[^2..]}"), "x");
        return run;
    }

    private static object? Config(ResolvedResource resolved) => Assert.Single(resolved.Sources).Config;
}
