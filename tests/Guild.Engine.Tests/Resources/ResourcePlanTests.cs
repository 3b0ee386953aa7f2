using Guild.Engine.GuildFiles;
using Guild.Engine.Resources;
using static Guild.Engine.Tests.Resources.ResourceFolder;

namespace Guild.Engine.Tests.Resources;

public sealed class ResourcePlanTests : IDisposable
{
    private readonly ResourceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_plan_says_what_each_source_would_be_and_changes_nothing()
    {
        _folder.With("data/a.txt", "12345").With("data/b.txt", "1234567").With("config.yml", "a: 1");
        var run = OperationResourceTests.Generated(_folder.AddRun("mlp", "train"));

        var plan = ResourcePlan.Of(
            _folder.Require(
                FileSource("data") with { TargetPath = "in" },
                Operation("train") with { TargetType = "copy" },
                new SourceDefinition { Kind = SourceKind.Config, Value = "config.yml" }),
            _folder.Context);

        Assert.True(plan.IsResolvable);
        Assert.Equal([_folder.At("data"), run.Path, _folder.At("config.yml")], plan.Sources.Select(source => source.Path));
        Assert.Equal([null, run.Id, null], plan.Sources.Select(source => source.RunId));
        Assert.Equal([12L, 1L, 4L], plan.Sources.Select(source => source.Size));
        Assert.Equal(["in/data", $"made-by-{run.Id[^2..]}", "config.yml"], plan.Sources.Select(source => Assert.Single(source.Targets)));
        Assert.Equal([PlacementKind.Link, PlacementKind.Copy, PlacementKind.Link], plan.Sources.Select(source => source.Placement));
        Assert.Empty(_folder.Placed());
        Assert.False(Directory.Exists(Path.Join(_folder.Run.GuildPath, "generated")));
    }

    [Fact]
    public void A_plan_names_all_problems_not_only_the_first()
    {
        var plan = ResourcePlan.Of(_folder.Require(FileSource("nope"), Operation("train"), FileSource("gone") with { IsOptional = true }), _folder.Context);

        Assert.False(plan.IsResolvable);
        Assert.All(plan.Sources, source => Assert.NotNull(source.Problem));
    }

    [Fact]
    public void A_missing_optional_source_does_not_stand_in_the_way() =>
        Assert.True(ResourcePlan.Of(_folder.Require(FileSource("gone") with { IsOptional = true }), _folder.Context).IsResolvable);

    [Fact]
    public void A_value_that_means_nothing_is_a_problem_of_the_whole_resource()
    {
        var plan = ResourcePlan.Of(_folder.Require(FileSource("a")) with { Overrides = [new ResourceOverride("data", "nonsense")] }, _folder.Context);

        Assert.False(plan.IsResolvable);
        Assert.Contains("nonsense", plan.Problem, StringComparison.Ordinal);
    }
}
