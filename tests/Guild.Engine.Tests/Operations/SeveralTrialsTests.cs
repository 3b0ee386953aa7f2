using Guild.Engine.Operations;

namespace Guild.Engine.Tests.Operations;

/// <summary>What asks for more than one run is refused before anything is made; what asks for one is that run.</summary>
public sealed class SeveralTrialsTests
{
    [Theory]
    [InlineData("[0.1:0.5]")]
    [InlineData("uniform[0:1]")]
    [InlineData("loguniform[1e-5:1e-1]")]
    public void A_search_space_is_refused_with_its_flag(string space)
    {
        using var project = new TempProject("{op: {exec: 'true', flags: {lr: 0.1}}}");

        var error = Assert.Throws<RequestException>(() => project.Plan("op", $"lr={space}"));

        Assert.Contains("'lr'", error.Message, StringComparison.Ordinal);
        Assert.Contains(space, error.Message, StringComparison.Ordinal);
        Assert.Equal("lr", error.Subject);
        Assert.False(Directory.Exists(project.Home.Path));
    }

    [Fact]
    public void Text_that_only_looks_like_a_search_space_is_taken_where_the_flag_is_text()
    {
        using var project = new TempProject("{op: {exec: 'true', flags: {part: {type: string, default: '[1:2]'}}}}");

        Assert.Equal("[1:2]", project.Plan("op").Flags.Values["part"]);
    }

    [Fact]
    public void An_operation_with_optimizers_runs_as_any_other()
    {
        using var project = new TempProject("{op: {exec: 'echo ${lr}', flags: {lr: 0.1}, optimizers: {gp: {default: yes}, random: }, objective: -acc}}");

        var run = project.Run("op");

        Assert.Equal((0, "0.1"), (run.ExitCode, TempProject.Output(run)));
        Assert.Empty(project.Project.File.Warnings);
    }

    [Theory]
    [InlineData("t.csv", "lr,n\n0.5,7\n")]
    [InlineData("t.json", "[{\"lr\": 0.5, \"n\": 7}]")]
    [InlineData("t.yml", "{lr: 0.5, n: 7}\n")]
    public void A_file_with_one_trial_is_a_run_with_its_values_and_what_is_given_beside_comes_first(string file, string text)
    {
        using var project = new TempProject("{op: {exec: 'true', flags: {lr: 0.1, n: {default: 1, type: int}, other: x}}}");
        project.Write(file, text);
        var request = project.Request("op", "n=9") with { TrialFiles = [project.PathOf(file)] };

        Assert.Equal([0.5, 9L, "x"], Planner.Plan(request, project.Context).Flags.Values.Values.Select(v => v!));
    }

    [Fact]
    public void Files_with_more_trials_are_refused_with_their_number()
    {
        using var project = new TempProject("{op: {exec: 'true', flags: {lr: 0.1}}}");
        project.Write("a.csv", "lr\n1\n2\n");
        project.Write("b.json", "{\"lr\": 3}");
        var request = project.Request("op") with { TrialFiles = [project.PathOf("a.csv"), project.PathOf("b.json")] };

        var error = Assert.Throws<RequestException>(() => Planner.Plan(request, project.Context));

        Assert.Contains("3 trials", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(project.Home.Path));
    }
}
