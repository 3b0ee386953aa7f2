using Guild.Engine.Execution;
using Guild.Engine.Operations;
using Guild.Engine.Pipelines;
using Guild.Engine.Runs;
using Guild.Engine.Search.Batches;
using Guild.Engine.Tests.Execution;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.Pipelines;

/// <summary>Steps that are batches of trials.</summary>
public sealed class BatchStepTests : IDisposable
{
    private readonly TempProject _project = new("""
        train: {exec: "sh -c 'echo loss: ${x}; echo ${x} > model'", flags: {x: 0}}
        use: {exec: cat model, requires: {operation: train, select: model}}
        wait: {exec: "sh -c 'test $x = 1 || test -e \"$FLAG_FILE\"'", flags: {x: 1, file: null}, env: {x: '${x}'}}
        restarted: {flags: {file: null}, steps: ['wait x=[1,2,3] file=${file}']}
        inner: {flags: {x: 1}, steps: ['train x=${x}']}
        latest: {steps: ['train x=[1,3,2]', use]}
        best: {steps: [{run: 'train x=[2,1,3]', minimize: loss}, use]}
        """);

    public void Dispose() => _project.Dispose();

    [UnixFact]
    public void A_step_with_several_values_is_a_batch_that_is_kept_and_linked()
    {
        var run = _project.Run("latest");

        Assert.Equal(RunStatus.Completed, run.Status);
        var batch = _project.Store.TryRead(StepLinks.Target(run, "train"))!;
        Assert.True(batch.IsBatch);
        Assert.Equal(3, BatchTrials.Ids(batch.Directory).Count());
        Assert.Equal(["1", "2", "3"], BatchTrials.Ids(batch.Directory).Select(id => _project.Store.TryRead(id)!.Flags["x"]!.ToString()).Order());
    }

    [UnixFact]
    public void What_needs_a_batch_without_an_objective_takes_its_latest_trial()
    {
        var run = _project.Run("latest");

        var trials = BatchTrials.Ids(new RunDirectory(Path.Combine(_project.Home.RunsDirectory, StepLinks.Target(run, "train")))).Select(id => _project.Store.TryRead(id)!);
        var latest = trials.MaxBy(trial => trial.Started)!;
        Assert.Equal(latest.Flags["x"]!.ToString(), TempProject.Output(_project.Store.TryRead(StepLinks.Target(run, "use"))!));
    }

    [UnixFact]
    public void A_pipeline_that_goes_on_runs_the_trials_of_a_step_again_that_were_lost_and_keeps_the_others()
    {
        var flag = _project.PathOf("../flag");
        File.WriteAllText(flag, "");
        var first = _project.Run("restarted", $"file={flag}");
        var batch = _project.Store.TryRead(StepLinks.Target(first, "wait"))!;
        var trials = BatchTrials.Ids(batch.Directory).Order().ToList();
        var lost = _project.Store.TryRead(trials[1])!;
        Directory.Delete(lost.Directory.Path, recursive: true);
        batch.Directory.WriteAttribute("exit_status", -9L);
        first.Directory.WriteAttribute("exit_status", -9L);

        var result = new OperationRunner(_project.Context).Restart(_project.Store.TryRead(first.Id)!, new RunOptions(), _project.Events, CancellationToken.None);

        var run = _project.Store.TryRead(result.Directory)!;
        Assert.Equal((first.Id, RunStatus.Completed), (run.Id, run.Status));
        Assert.Equal(batch.Id, StepLinks.Target(run, "wait"));
        var after = BatchTrials.Ids(batch.Directory).Order().ToList();
        Assert.Equal(3, after.Count);
        Assert.Equal([.. trials.Where(id => id != lost.Id)], after.Intersect(trials));
        Assert.Equal(["1", "2", "3"], after.Select(id => _project.Store.TryRead(id)!.Flags["x"]!.ToString()).Order());
    }

    [UnixFact]
    public void A_batch_whose_trials_would_be_pipelines_is_refused_before_anything_is_made()
    {
        var error = Assert.Throws<RequestException>(() => Planner.PlanAny(_project.Request("inner", "x=[4,5]"), _project.Context));

        Assert.Equal("Operation 'inner' is a pipeline, and this version makes no trials of pipelines.", error.Message);
        Assert.Contains("run: train lr=[0.1,0.2]", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(_project.Store.List());
    }

    [UnixFact]
    public void Of_a_batch_that_is_run_as_needed_only_the_trials_run_that_are_not_there()
    {
        var before = new[] { RunOf("x=1"), RunOf("x=2") };

        var result = Batch("x=[1,2,3]");

        Assert.Equal((0, 3L), (result.ExitStatus ?? 0, result.Completed));
        Assert.Equal(["1", "2", "3"], _project.Store.List().Where(run => run.FullName == "train").Select(run => run.Flags["x"]!.ToString()).Order());
        var trials = BatchTrials.Ids(result.Directory).ToList();
        Assert.Equal(3, trials.Count);
        Assert.Subset(trials.ToHashSet(), before.Select(run => run.Id).ToHashSet());
    }

    [UnixFact]
    public void A_trial_that_is_there_twice_in_a_batch_has_two_runs()
    {
        RunOf("x=1");

        Assert.Equal(2, Batch("x=[1,1]").Completed);
        Assert.Equal(2, _project.Store.List().Count(run => run.FullName == "train"));
    }

    [UnixFact]
    public void A_trial_whose_run_was_started_again_and_failed_is_made_anew_when_the_batch_goes_on()
    {
        var first = RunOf("x=1");
        var result = Batch("x=[1,2]");
        first.Directory.WriteAttribute("exit_status", 1L);

        new BatchRunner(_project.Context).Restart(_project.Store.TryRead(result.Directory)!, new RunOptions(), _project.Events, CancellationToken.None);

        var trials = BatchTrials.Ids(result.Directory).ToList();
        Assert.DoesNotContain(first.Id, trials);
        Assert.Equal([RunStatus.Completed, RunStatus.Completed], trials.Select(id => _project.Store.TryRead(id)!.Status));
        Assert.Equal(1, _project.Store.TryRead(first.Id)!.ExitCode);
    }

    [UnixFact]
    public void A_plan_tells_which_trials_are_needed()
    {
        RunOf("x=2");
        var plan = (BatchPlan)Planner.PlanAny(_project.Request("train", "x=[1,2]"), _project.Context);

        Assert.Equal([NeededReason.FlagChanged, NeededReason.UpToDate], NeededTrials.Of(plan, new NeededRuns(_project.Context), _project.Context).Select(trial => trial.Reason));
    }

    [UnixFact]
    public void What_takes_files_of_a_batch_that_is_there_is_planned_as_it_would_be_run()
    {
        _project.Run(_project.Request("best") with { Pipeline = new PipelineOptions { IsNeededOnly = true } });

        Assert.Equal([NeededReason.UpToDate, NeededReason.UpToDate], PipelinePreview.Of(_project.Plan("best"), _project.Context).Select(step => step.Needed.Reason));
    }

    private Run RunOf(params string[] words) => _project.Run("train", words);

    private BatchResult Batch(params string[] words)
    {
        var request = _project.Request("train", words) with { Pipeline = new PipelineOptions { IsNeededOnly = true }, Search = new SearchRequest { KeepsBatch = true } };
        return new BatchRunner(_project.Context).Run((BatchPlan)Planner.PlanAny(request, _project.Context), new RunOptions(), _project.Events, CancellationToken.None);
    }

    [UnixFact]
    public void What_needs_a_batch_with_an_objective_takes_its_best_trial()
    {
        var run = _project.Run("best");

        Assert.Equal("1", TempProject.Output(_project.Store.TryRead(StepLinks.Target(run, "use"))!));
    }

    [UnixFact]
    public void A_batch_whose_trials_are_as_they_would_be_is_not_needed()
    {
        var needed = new PipelineOptions { IsNeededOnly = true };
        var first = _project.Run(_project.Request("best") with { Pipeline = needed });
        var again = _project.Run(_project.Request("best") with { Pipeline = needed });

        Assert.Equal(StepLinks.Target(first, "train"), StepLinks.Target(again, "train"));
        Assert.Equal(StepLinks.Target(first, "use"), StepLinks.Target(again, "use"));
        _project.Write("more.py", "x");
        var changed = _project.Run(_project.Request("best") with { Pipeline = needed });
        Assert.NotEqual(StepLinks.Target(first, "train"), StepLinks.Target(changed, "train"));
    }
}
