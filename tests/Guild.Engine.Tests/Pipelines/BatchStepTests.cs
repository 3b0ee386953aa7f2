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
