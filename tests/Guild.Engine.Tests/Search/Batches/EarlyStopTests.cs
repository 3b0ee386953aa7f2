using Guild.Engine.Execution;
using Guild.Engine.GuildFiles;
using Guild.Engine.Runs;
using Guild.Engine.Search.Batches;
using Guild.Engine.Tests.Execution;
using Guild.Engine.Tests.Scalars;

namespace Guild.Engine.Tests.Search.Batches;

/// <summary>Trials that are ended early by what they print, and by event files that their programs write themselves.</summary>
public sealed class EarlyStopTests
{
    [UnixTheory]
    [InlineData("Asha", "worse than|did better than")]
    [InlineData("Median", "worse than the median 1.5")]
    public void A_trial_that_does_worse_by_the_event_files_of_its_program_is_ended_and_says_why(string rule, string reason)
    {
        using var project = new BatchProject(
            "{op: {exec: \"sh -c 'mkdir logs; cp ../../../events-$FLAG_A logs/events.out.tfevents.1; [ $FLAG_A = 9 ] && sleep 60; true'\", flags: {a: 1}}}");
        foreach (var loss in (int[])[1, 2, 9])
        {
            using var file = new EventFileBuilder(Path.Join(project.Project.Home.Path, "..", $"events-{loss}"));
            for (var step = 1; step <= 5; step++)
            {
                file.Add("loss", loss, step);
            }
        }

        var search = new SearchRequest { EarlyStop = Enum.Parse<EarlyStopRule>(rule), Objective = new ObjectiveDefinition("logs#loss", IsMaximized: false) };
        var trials = project.Trials(project.Run(search, "op", "a=[1,2,1,2,9]"));

        Assert.All(trials.Where((trial, index) => index is 0 or 2), trial => Assert.Equal(RunStatus.Completed, trial.Status));
        Assert.Equal(RunStatus.Terminated, trials[4].Status);
        Assert.Contains(reason.Split('|'), text => trials[4].Notes[^1].Contains(text, StringComparison.Ordinal));
        Assert.Equal((5, 0, 1.0), (project.Result!.Completed, project.Result.Failed, project.Result.Best));
    }

    [UnixFact]
    public void The_median_rule_ends_what_is_printed_too()
    {
        using var project = new BatchProject("{op: {exec: \"sh -c 'echo step: 1; echo acc: $FLAG_A; [ $FLAG_A = 1 ] && sleep 60; true'\", flags: {a: 1}}}");
        var search = new SearchRequest { EarlyStop = EarlyStopRule.Median, Objective = new ObjectiveDefinition("acc", IsMaximized: true) };
        var trials = project.Trials(project.Run(search, "op", "a=[5.1,6.1,6.1,8.1,1]"));
        Assert.Equal(RunStatus.Terminated, trials[4].Status);
        Assert.Contains("its best value 1 is worse than the median 6.1 of", trials[4].Notes[^1], StringComparison.Ordinal);
    }

    [UnixFact]
    public void The_median_rule_waits_for_four_trials()
    {
        using var project = new BatchProject("{op: {exec: \"sh -c 'echo step: 1; echo loss: $FLAG_A; sleep 0.7'\", flags: {a: 1}}}");
        var search = new SearchRequest { EarlyStop = EarlyStopRule.Median, Objective = new ObjectiveDefinition("loss", IsMaximized: false) };
        Assert.All(project.Trials(project.Run(search, "op", "a=[1,2,3,4]")), trial => Assert.Equal(RunStatus.Completed, trial.Status));
    }

    [UnixTheory]
    [InlineData("random")]
    [InlineData("tpe")]
    [InlineData("gp")]
    public void A_search_with_one_point_to_choose_from_has_one_trial(string optimizer)
    {
        using var project = new BatchProject("{op: {exec: \"sh -c 'echo loss: 1'\", flags: {a: 1, b: 2}}}");
        var batch = project.Run(new SearchRequest { Optimizer = optimizer, MaxTrials = 5 }, "op", "a=[3]");
        Assert.Equal("a=3 b=2", BatchProject.Flags(Assert.Single(project.Trials(batch))));
        Assert.Equal((RunStatus.Completed, 1), (batch.Status, project.Result!.Completed));
    }

    [UnixTheory]
    [InlineData("random")]
    [InlineData("tpe")]
    public void A_trial_that_was_chosen_and_never_made_is_made_in_its_place_when_the_search_goes_on(string optimizer)
    {
        using var project = new BatchProject("{op: {exec: \"sh -c 'echo loss: $FLAG_X'\", flags: {x: 1}}}");
        var batch = project.Run(new SearchRequest { Optimizer = optimizer, MaxTrials = 5, RandomSeed = 3 }, "op", "x=uniform[0.0:1.0]");
        var before = project.Trials(batch).Select(BatchProject.Flags).ToList();
        project.Store.DeletePermanently(project.Trials(batch)[1]);
        var after = project.Trials(project.Restart(batch));
        Assert.Equal([1, 2, 3, 4, 5], after.Select(trial => BatchTrials.PlaceOf(trial.Directory)!.Number));
        Assert.Equal(before, after.Select(BatchProject.Flags));
    }

    [UnixFact]
    public void Two_searches_of_one_operation_at_once_keep_their_budgets()
    {
        using var project = new BatchProject("{op: {exec: \"sh -c 'echo loss: $FLAG_X'\", flags: {x: 1}}}");
        var results = new BatchResult[2];
        Parallel.For(0, 2, index => results[index] = new BatchRunner(project.Project.Context).Run(
            project.Plan(new SearchRequest { Optimizer = "tpe", MaxTrials = 6, KeepsBatch = true, ThrottleLimit = 2 }, "op", "x=uniform[0.0:1.0]"), new RunOptions(), project.Project.Events, CancellationToken.None));
        var ids = results.SelectMany(result => BatchTrials.Ids(result.Directory)).ToList();
        Assert.Equal((12, 12), (ids.Count, ids.Distinct().Count()));
        Assert.All(results, result => Assert.Equal(6, result.Completed));
    }
}
