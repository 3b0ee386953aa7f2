using Guild.Engine.Operations;
using Guild.Engine.Runs;
using Guild.Engine.Search.Batches;

namespace Guild.Engine.Pipelines;

/// <summary>A step of a pipeline that is to be run, and whether it is needed.</summary>
/// <param name="Name">The name of the link to its run; of the step of a pipeline that is a step itself, with that one's name and <c>/</c> before it.</param>
/// <param name="Operation">The operation with its model.</param>
/// <param name="Flags">The flags with their values, as far as they are known.</param>
/// <param name="Needed">Whether it is needed, and why.</param>
public sealed record PlannedStep(string Name, string Operation, IReadOnlyDictionary<string, object?> Flags, NeededResult Needed)
{
    /// <summary>The names of the steps whose files it takes.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>The command line of <c>guild run</c> that would do the same.</summary>
    public string CommandLine { get; init; } = "";

    /// <summary>True if the step is run: it is needed, or it is run whether it is needed or not. Of a pipeline within a pipeline, true if any of its steps is.</summary>
    public bool IsRun { get; init; } = true;

    /// <summary>True if the step is a batch of trials.</summary>
    public bool IsBatch { get; init; }

    /// <summary>The full id of the trial whose files are taken, if the step is a batch that is there.</summary>
    internal string? OfferedTrial { get; init; }
}

/// <summary>Looks what the steps of a pipeline would be and which of them are needed. Nothing is written and nothing is started.</summary>
public static class PipelinePreview
{
    /// <summary>The steps in the order in which they would be carried out, those of pipelines within it behind the step that they belong to.</summary>
    /// <param name="plan">The plan of a pipeline; of any other operation there are no steps.</param>
    /// <param name="context">The surroundings.</param>
    /// <param name="cancellation">Ends the look.</param>
    /// <exception cref="GuildException">A step cannot be planned.</exception>
    public static IReadOnlyList<PlannedStep> Of(RunPlan plan, EngineContext context, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(context);
        return plan.Pipeline is null ? [] : Steps(plan.Pipeline, "", new NeededRuns(context, cancellation), context, cancellation);
    }

    private static List<PlannedStep> Steps(PipelinePlan pipeline, string prefix, NeededRuns needed, EngineContext context, CancellationToken cancellation)
    {
        var around = context with { WorkingDirectory = pipeline.Source.Project.Directory };
        var result = new List<PlannedStep>(pipeline.Steps.Count);
        var offered = new IReadOnlyList<string>?[pipeline.Steps.Count];
        foreach (var index in pipeline.Order)
        {
            cancellation.ThrowIfCancellationRequested();
            var step = pipeline.Steps[index];
            var others = step.DependsOn.Select(other => pipeline.Steps[other].Name).ToList();
            var isAfterNeeded = step.DependsOn.Any(other => offered[other] is null);
            var look = new StepLook(step, [.. step.DependsOn.SelectMany(other => offered[other] ?? [])], isAfterNeeded);
            var (own, inner) = Look(pipeline, look, prefix, needed, around, cancellation);
            offered[index] = own.Needed is { IsNeeded: false } ? Offered(own, inner) : null;
            var isRun = inner.Count > 0 ? inner.Any(s => s.IsRun) : own.Needed.IsNeeded || !(pipeline.Source.Options.IsNeededOnly || step.Definition.IsNeededOnly);
            result.Add(own with { IsRun = isRun, Name = prefix + step.Name, DependsOn = others, CommandLine = StepCommand.Of(step) });
            result.AddRange(inner);
        }

        return result;
    }

    private static List<string> Offered(PlannedStep own, IReadOnlyList<PlannedStep> inner) =>
        own.IsBatch ? [.. own.OfferedTrial is { } trial ? [trial] : Array.Empty<string>()] : [.. inner.Append(own).Select(step => step.Needed.Run?.Id).OfType<string>()];

    private static PlannedStep OfBatch(PipelineStep step, BatchPlan batch, StepLook look, NeededRuns needed, EngineContext context, CancellationToken cancellation)
    {
        var there = needed.Of(batch);
        var trials = there.IsNeeded ? NeededTrials.Of(batch, needed, context, cancellation) : [];
        var missing = trials.Count(trial => trial.IsNeeded);
        List<Run> known = [.. there.IsNeeded ? trials.Select(trial => trial.Run).OfType<Run>() : BatchTrials.Ids(there.Run!.Directory).Select(needed.Known.GetValueOrDefault).OfType<Run>()];
        if (there.IsNeeded && trials.Count > 0)
        {
            // The batch itself costs nothing: it is a list of links to trials.
            there = missing == 0
                ? new NeededResult(NeededReason.UpToDate, null, null)
                : there with { Detail = FormattableString.Invariant($"{missing} of {trials.Count} trials") };
        }

        return new PlannedStep(step.Name, step.Spec, batch.Prototype.RecordedFlags, look.After(there))
        {
            IsBatch = true,
            OfferedTrial = there.IsNeeded ? null : StepTrials.Chosen(step, batch, [.. known.Where(trial => trial.Status == RunStatus.Completed)])?.Id,
        };
    }

    private static (PlannedStep Own, IReadOnlyList<PlannedStep> Inner) Look(
        PipelinePlan pipeline, StepLook look, string prefix, NeededRuns needed, EngineContext context, CancellationToken cancellation)
    {
        var step = look.Step;
        var request = StepRequests.Of(pipeline.Source, step, step.Definition.IsIsolated ? look.Offered : null) with
        {
            KnownRuns = needed.Known,
            Configuration = needed.Configuration,
            Bound = step.Bound.Flags.IsForced ? null : step.Bound,
        };
        var planned = Planner.PlanAny(request, context, cancellation);
        if (planned is BatchPlan batch)
        {
            return (OfBatch(step, batch, look, needed, context, cancellation), []);
        }

        var plan = (RunPlan)planned;
        if (plan.Pipeline is { } inner)
        {
            var steps = Steps(inner, $"{prefix}{step.Name}/", needed, context, cancellation);
            var first = steps.Find(s => s.Needed.IsNeeded);
            var reason = first is null ? new NeededResult(NeededReason.UpToDate, null, null) : first.Needed with { Detail = first.Name, Run = null };
            return (new PlannedStep(step.Name, step.Spec, plan.RecordedFlags, reason), steps);
        }

        var result = needed.Of(plan);
        if (!result.IsNeeded && !StepChecks.Hold(step.Definition.Checks, result.Run!.Directory, context.Environment, (_, _) => { }))
        {
            result = result with { Reason = NeededReason.CheckFailed };
        }

        return (new PlannedStep(step.Name, step.Spec, plan.RecordedFlags, look.After(result)), []);
    }

    private sealed record StepLook(PipelineStep Step, IReadOnlyCollection<string> Offered, bool IsAfterNeeded)
    {
        public NeededResult After(NeededResult result) => IsAfterNeeded && result.Reason is NeededReason.UpToDate or NeededReason.UpstreamChanged
            ? result with { Reason = NeededReason.UpstreamChanged, Detail = null }
            : result;
    }
}
