using Guild.Engine.Runs;
using Guild.Engine.Search.Batches;

namespace Guild.Engine.Pipelines;

/// <content>Steps that are batches of trials.</content>
internal sealed partial class StepRunner
{
    private StepResult CarryBatch(PipelineStep step, BatchPlan batch, IReadOnlyList<StepResult> earlier, Run? existing)
    {
        var isFollowed = existing is { IsBatch: true } && IsOwn(existing) && !earlier.Any(result => result.IsRunNow) && !IsOlder(existing, earlier)
            && FlagSignature.Of(existing.ProtoFlags, NoNames) == FlagSignature.Of(batch.Prototype.RecordedFlags, NoNames);
        if (isFollowed && existing!.Status == RunStatus.Completed && Holds(step, existing))
        {
            output.Log("INFO", $"keeping {step.Definition.Name}: run {existing.Id} is completed");
            return OfBatch(step, batch, existing, isRunNow: false);
        }

        if (!isFollowed && IsNeededOnly(step) && _needed.Value.Of(batch) is { IsNeeded: false, Run: { } there } && Holds(step, there))
        {
            output.Log("INFO", $"skipping {step.Definition.Name}: run {there.Id} is as this one would be");
            PipelineLinks.Set(pipeline, step.Name, there.Directory);
            return OfBatch(step, batch, there, isRunNow: false);
        }

        using var limit = new StepLimit(step, output, Options.Terminate);
        using var slot = Slot();
        var events = new BatchStepEvents(Events, output, id =>
        {
            PipelineLinks.Set(pipeline, step.Name, new RunDirectory(Path.Join(context.Home.RunsDirectory, id)));
            limit.Start();
        });
        var options = Options with { InheritsInput = false, StagesOnly = false, ForcesSourceCode = false, Secrets = [], Limit = null, Terminate = limit.Terminate };
        var runner = new BatchRunner(context);
        output.Log("INFO", isFollowed ? $"restarting {step.Definition.Name}: {existing!.Id}" : $"running {step.Definition.Name}: {StepCommand.Of(step)}");
        var result = isFollowed ? runner.Restart(existing!, options, events, Stop) : runner.Run(batch, options, events, Stop);
        if (result.Fault is { } fault)
        {
            return NotCarriedOut(fault.Message, fault.RecommendedAction) with { Run = _store.TryRead(result.Directory) };
        }

        PipelineLinks.Set(pipeline, step.Name, result.Directory);
        return OfBatch(step, batch, _store.TryRead(result.Directory), isRunNow: true) with
        {
            ExitStatus = StatusOf(result.ExitStatus ?? 0),
        };
    }

    private StepResult OfBatch(PipelineStep step, BatchPlan batch, Run? run, bool isRunNow)
    {
        var trials = run is null ? [] : BatchTrials.Ids(run.Directory).Select(id => _store.TryRead(id)).OfType<Run>().Where(trial => trial.Status == RunStatus.Completed).ToList();
        var chosen = StepTrials.Chosen(step, batch, trials);
        return Ended(run, run?.ExitCode, isRunNow) with { Offered = chosen is null ? [] : [chosen.Id] };
    }
}

/// <summary>What is told of a batch: its link is made when it is there, and its trials are named in the pipeline's output.</summary>
internal sealed class BatchStepEvents(IEventSink events, PipelineOutput output, Action<string> link) : IEventSink
{
    private readonly Lock _lock = new();
    private string? _batch;

    public void Report(EngineEvent engineEvent)
    {
        switch (engineEvent)
        {
            case RunStagedEvent staged:
                Link(staged.RunId);
                return;
            case BatchProgressEvent progress:
                Link(progress.BatchId);
                break;
            case TrialStartedEvent trial:
                Link(trial.BatchId);
                output.Log("INFO", $"running trial {trial.TrialId}: {string.Join(", ", trial.Flags.Where(flag => flag.Value is not null).Select(flag => $"{flag.Key}={Flags.FlagGrammar.Encode(flag.Value)}"))}");
                break;
            case TrialEndedEvent { End: TrialEnd.Failed } trial:
                output.Log("ERROR", $"trial {trial.TrialId} exited with an error ({trial.ExitCode}) - see log for details");
                break;
        }

        events.Report(engineEvent);
    }

    private void Link(string id)
    {
        lock (_lock)
        {
            if (_batch is null)
            {
                _batch = id;
                link(id);
            }
        }
    }
}
