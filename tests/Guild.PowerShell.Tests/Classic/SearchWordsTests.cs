using Guild.PowerShell.Classic;

namespace Guild.PowerShell.Tests.Classic;

public sealed class SearchWordsTests
{
    [Fact]
    public void Options_of_a_search_are_read()
    {
        SearchOptions search = CommandLines.Read<RunCommand>(
            "run train lr=[0.1,0.2] -o tpe -X accuracy -Fo a=1 --opt-flag b=c=d -m 7 --random-seed 3 --stop-after 0.5 --fail-on-trial-error --max-failures 2 --early-stop asha --throttle-limit 4 --keep-batch -bl best -bt a -bt b -bc note").Search!;

        Assert.Equal(("tpe", "accuracy", null), (search.Optimizer, search.Maximized, search.Minimized));
        Assert.Equal([new("a", "1"), new("b", "c=d")], search.OptimizerFlags);
        Assert.Equal((7, 3, TimeSpan.FromSeconds(30)), (search.MaxTrials, search.RandomSeed, search.StopAfter));
        Assert.True(search is { StopsOnError: true, MaxFailures: 2, EarlyStop: "asha", ThrottleLimit: 4, KeepsBatch: true });
        Assert.Equal(("best", "note"), (search.BatchLabel, search.BatchComment));
        Assert.Equal(["a", "b"], search.BatchTags);
    }

    [Fact]
    public void Without_any_of_them_nothing_is_asked_for() => Assert.Null(CommandLines.Read<RunCommand>("run train lr=0.1 -y").Search);

    [Theory]
    [InlineData("--trials 3")]
    [InlineData("--max-trials=3")]
    [InlineData("-m3")]
    public void The_limit_of_trials_has_three_names(string words) => Assert.Equal(3, CommandLines.Read<RunCommand>($"run train {words}").Search!.MaxTrials);

    [Theory]
    [InlineData("-N a -X b", "--minimize and --maximize cannot both be used")]
    [InlineData("-O -o gp", "--optimize and --optimizer cannot both be used")]
    [InlineData("--print-trials --stage-trials", "--print-trials and --stage-trials cannot both be used")]
    [InlineData("-m 0", "invalid value '0' for --trials: expected a whole number of at least 1")]
    [InlineData("-Fo a", "invalid optimizer flag 'a' - expected FLAG=VAL")]
    [InlineData("--stop-batch-after 100000", "invalid value '100000' for --stop-batch-after: expected a number of minutes above 0 and below 70560")]
    [InlineData("--stop-after soon", "invalid value 'soon' for --stop-after: expected a number of minutes above 0 and below 70560")]
    [InlineData("--early-stop now", "invalid value 'now' for --early-stop: expected median or asha")]
    public void What_contradicts_itself_is_refused(string words, string problem) =>
        Assert.StartsWith(problem, CommandLines.Problem($"run train {words}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("-O", "--optimize")]
    [InlineData("-o gp", "--optimizer")]
    [InlineData("--print-trials", "--print-trials")]
    public void A_restart_does_not_choose_anew(string words, string option) =>
        Assert.StartsWith($"{option} cannot be used with --restart", CommandLines.Problem($"run --restart 1 {words}"), StringComparison.Ordinal);

    [Fact]
    public void Trials_are_shown_or_saved_instead_of_run()
    {
        Assert.Equal(RunQuestion.Trials, CommandLines.Read<RunCommand>("run train --print-trials").Question);
        RunCommand saved = CommandLines.Read<RunCommand>("run train --save-trials t.csv");
        Assert.Equal((RunQuestion.SavedTrials, "t.csv"), (saved.Question, saved.Search!.SavePath));
    }
}
