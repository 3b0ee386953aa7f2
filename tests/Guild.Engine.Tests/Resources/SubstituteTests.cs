using Guild.Engine.GuildFiles;
using Guild.Engine.Resources;
using static Guild.Engine.Tests.Resources.ResourceFolder;

namespace Guild.Engine.Tests.Resources;

public sealed class SubstituteTests : IDisposable
{
    private readonly ResourceFolder _folder = new ResourceFolder().With("rows.csv").With("other/mine.csv");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_requirement_is_named_by_how_it_is_required_and_by_its_sources_names()
    {
        var resource = _folder.Require(
            FileSource("a.csv") with { Name = "named" },
            FileSource("b.csv"),
            FileSource("c.csv") with { FlagName = "flag", Name = "hidden" },
            Operation("train"),
            Operation("prepare") with { FlagName = "prep" },
            Operation("evaluate") with { IsFlagDisabled = true }) with
        { Name = "mlp:data" };

        Assert.Equal(["data", "mlp:data", "named", "flag", "operation:train", "train", "prep"], ResourceNames.For(resource));
    }

    [Fact]
    public void A_path_takes_the_place_of_a_file_under_its_own_base_name()
    {
        var resolved = Resolve("data", "other/mine.csv", FileSource("rows.csv"));

        Assert.Equal([$"mine.csv -> {_folder.At("other/mine.csv")}"], _folder.Placed());
        Assert.Equal("other/mine.csv", Assert.Single(resolved.Sources).Config);
    }

    [Fact]
    public void Paths_start_from_the_user_s_folder_not_from_the_project()
    {
        _folder.Context = _folder.Context with { WorkingDirectory = _folder.At("other") };

        Resolve("data", "mine.csv", FileSource("rows.csv"));

        Assert.Equal([$"mine.csv -> {_folder.At("other/mine.csv")}"], _folder.Placed());
    }

    [Fact]
    public void A_path_takes_the_place_of_a_whole_resource_once()
    {
        var resolved = Resolve("data", "other/mine.csv", FileSource("rows.csv"), FileSource("more.csv"));

        Assert.Equal([$"mine.csv -> {_folder.At("other/mine.csv")}"], _folder.Placed());
        Assert.Empty(resolved.Warnings);
    }

    [Fact]
    public void A_path_takes_the_place_of_one_named_source_only()
    {
        Resolve("second", "other/mine.csv", FileSource("rows.csv"), FileSource("more.csv") with { Name = "second" });

        Assert.Equal([$"mine.csv -> {_folder.At("other/mine.csv")}", $"rows.csv -> {_folder.At("rows.csv")}"], _folder.Placed());
    }

    [Fact]
    public void A_path_takes_the_place_of_a_web_source_and_its_hash_is_not_compared()
    {
        Resolve("data", "other/mine.csv", new SourceDefinition { Kind = SourceKind.Url, Value = "https://example.org/x.csv", Sha256 = new string('0', 64) });

        Assert.Single(_folder.Placed());
    }

    [Fact]
    public void A_folder_takes_the_place_of_an_operation_s_run_and_is_selected_from()
    {
        _folder.With("old/model.json").With("old/log.txt").With("old/.guild-cache");

        Resolve("train", "old", Operation("train", @"model\.json"));
        Assert.Equal([$"model.json -> {_folder.At("old/model.json")}"], _folder.Placed());

        Resolve("train", "old", Operation("train") with { TargetPath = "all" });
        Assert.Equal([$"all/log.txt -> {_folder.At("old/log.txt")}", $"all/model.json -> {_folder.At("old/model.json")}"], _folder.Placed()[..2]);
    }

    [Theory]
    [InlineData("train")]
    [InlineData("operation:train")]
    [InlineData("data")]
    public void A_run_of_any_operation_and_status_is_taken_by_its_id_its_beginning_or_its_place(string name)
    {
        var wanted = _folder.AddRun("guildfile", "/elsewhere", "x", "y", status: "1", id: "abcdef00000000000000000000000001");
        Write(Path.Join(wanted.Path, "model.json"), "m");
        OperationResourceTests.Generated(_folder.AddRun("mlp", "train"));

        foreach (var value in new[] { wanted.Id, "abcdef", "2" })
        {
            Assert.Equal(wanted.Id, Assert.Single(Resolve(name, value, Operation("train") with { TargetPath = value }).Sources).Config);
            Assert.True(File.Exists(_folder.InRun($"{value}/model.json")));
        }
    }

    [Fact]
    public void A_value_of_digits_is_text_never_a_number()
    {
        var wanted = OperationResourceTests.Generated(_folder.AddRun("guildfile", _folder.Project, "mlp", "train", id: "1234e567000000000000000000000000"));

        Assert.Equal(wanted.Id, Assert.Single(Resolve("train", "1234e567", Operation("train")).Sources).Config);
    }

    [Fact]
    public void A_path_comes_before_a_run_of_the_same_name()
    {
        _folder.With("1", "a file");
        OperationResourceTests.Generated(_folder.AddRun("mlp", "train"));

        Resolve("train", "1", Operation("train"));

        Assert.Equal([$"1 -> {_folder.At("1")}"], _folder.Placed());
    }

    [Fact]
    public void A_run_takes_the_place_of_the_operations_of_a_resource_and_leaves_its_files()
    {
        var run = OperationResourceTests.Generated(_folder.AddRun("x", "y"));

        Resolve("data", run.Id, FileSource("rows.csv"), Operation("train"));

        Assert.Equal(2, _folder.Placed().Length);
    }

    [Fact]
    public void The_name_of_another_resource_takes_its_place()
    {
        _folder.Context = _folder.Context with
        {
            ProjectResources = new Dictionary<string, ResourceDefinition>
            {
                ["small"] = new() { Name = "small", Sources = [FileSource("other/mine.csv")] },
            },
        };

        var resolved = Resolve("data", "small", FileSource("rows.csv"));

        Assert.Equal("data", resolved.Name);
        Assert.Equal([$"mine.csv -> {_folder.At("other/mine.csv")}"], _folder.Placed());
    }

    [Fact]
    public void A_value_that_means_nothing_is_an_error_that_says_what_was_tried()
    {
        _folder.Context = _folder.Context with { ProjectResources = new Dictionary<string, ResourceDefinition> { ["small"] = new() { Name = "small" } } };

        var error = Assert.Throws<ResourceException>(() => Resolve("train", "nonsense", Operation("train")));

        Assert.Contains($"nothing is at the path '{_folder.At("nonsense")}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("no run of the home", error.Message, StringComparison.Ordinal);
        Assert.Contains("the project has no resource of that name", error.Message, StringComparison.Ordinal);
        Assert.Contains("small", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_are_not_tried_for_a_resource_of_files()
    {
        OperationResourceTests.Generated(_folder.AddRun("mlp", "train"));

        var error = Assert.Throws<ResourceException>(() => Resolve("data", "1", FileSource("rows.csv")));

        Assert.DoesNotContain("run of the home", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_beginning_of_several_ids_is_an_error_with_those_ids()
    {
        _folder.AddRun("guildfile", _folder.Project, "mlp", "train", id: "aaaa0000000000000000000000000001");
        _folder.AddRun("guildfile", _folder.Project, "mlp", "train", id: "aaaa0000000000000000000000000002");

        var error = Assert.Throws<ResourceException>(() => Resolve("train", "aaaa", Operation("train")));

        Assert.Contains("the beginning of 2 runs", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_value_means_nothing() =>
        Assert.Throws<ResourceException>(() => Resolve("data", "", FileSource("rows.csv")));

    private ResolvedResource Resolve(string name, string value, params SourceDefinition[] sources) =>
        _folder.Resolve(_folder.Require(sources) with { Overrides = [new ResourceOverride(name, value)] });
}
