using Guild.Engine.Flags;
using Guild.Engine.Imports;
using Guild.Engine.Operations;
using Guild.Engine.Pipelines;
using Guild.Engine.Runs;

namespace Guild.Engine.Search.Batches;

/// <summary>Tells which trials of a batch are there already, as completed runs with the same flags, source code and resources.</summary>
public static class NeededTrials
{
    /// <summary>The attribute of a batch that says which of its trials were there before it: their full ids, and their places from 1. Guild AI passes over it.</summary>
    private const string Attribute = "trials_there";

    /// <summary>Whether each trial is needed, in their order. Of a search, whose trials are chosen while it runs, nobody can tell: then there are none.</summary>
    /// <param name="plan">The batch.</param>
    /// <param name="runs">What compares them.</param>
    /// <param name="context">The surroundings.</param>
    /// <param name="cancellation">Ends the look.</param>
    public static IReadOnlyList<NeededResult> Of(BatchPlan plan, NeededRuns runs, EngineContext context, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(context);
        if (plan.Trials is null || plan.Optimizer.Kind != OptimizerKind.Grid)
        {
            return [];
        }

        var result = new List<NeededResult>(plan.Trials.Count);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var recipe = new Recipe(plan, context, cancellation);
        foreach (var trial in plan.Trials)
        {
            cancellation.ThrowIfCancellationRequested();

            // Of trials that are the same, each has a run of its own.
            var needed = runs.Of(recipe.PlanOf(trial), taken);
            result.Add(needed);
            if (!needed.IsNeeded)
            {
                taken.Add(needed.Run!.Id);
            }
        }

        return result;
    }

    /// <summary>Links a batch that was just made to the trials that are there.</summary>
    internal static void Link(RunDirectory batch, IReadOnlyList<NeededResult> trials)
    {
        var there = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (var i = 0; i < trials.Count; i++)
        {
            if (trials[i] is { IsNeeded: false, Run: { } run })
            {
                there[run.Id] = (long)i + 1;
            }
        }

        if (there.Count == 0)
        {
            return;
        }

        batch.WriteAttribute(Attribute, there);
        foreach (var run in trials.Where(trial => !trial.IsNeeded).Select(trial => trial.Run!))
        {
            HomeAccess.Do(batch.Path, () => BatchTrials.Link(batch, run.Directory));
            BatchTrials.Complete(batch, run.Directory);
        }
    }

    /// <summary>The places from 0 of the trials of a batch that were there before it, by their full ids.</summary>
    internal static IReadOnlyDictionary<string, int> Read(RunDirectory batch)
    {
        var result = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (id, place) in batch.ReadAttribute(Attribute) as IReadOnlyDictionary<string, object?> ?? new Dictionary<string, object?>())
        {
            if (place is long number and > 0 and <= int.MaxValue)
            {
                result[id] = (int)number - 1;
            }
        }

        return result;
    }

    // The plans of trials: those of the prototype, but for flags and command, and what is required where flags say what that is.
    private sealed class Recipe(BatchPlan batch, EngineContext context, CancellationToken cancellation)
    {
        private readonly RunPlan _prototype = batch.Prototype;
        private readonly TrialFlags _completion = BatchSettings.FlagsOf(batch);
        private readonly SourceLayout _layout = SourceLayout.Of(batch.Prototype.Request.Project, batch.Prototype.Model, batch.Prototype.Operation);
        private readonly bool _requiresByFlags = batch.Prototype.Operation.Requires.Any(required => required.Spec is not null && FlagReferences.HasReference(required.Spec))
            || batch.Prototype.Resources.Any(resource => resource.Definition.Sources.Any(source => FlagReferences.HasReference(source.Value)));

        public RunPlan PlanOf(PlannedTrial trial)
        {
            var request = _prototype.Request;
            var flags = _prototype.Flags with { Values = trial.Flags, ChoiceArgs = _completion.Arguments(trial.Flags) };
            if (_requiresByFlags)
            {
                var imported = new ImportedOperation(_prototype.Operation, []);
                return Planner.Complete(new BoundRequest(request, imported, GivenValues.Sort(request, _prototype.Operation, request.Project), flags), context, cancellation);
            }

            return _prototype with
            {
                Flags = flags,
                RecordedFlags = Planner.Recorded(trial.Flags, _prototype.OperationRuns),
                Command = CommandBuilder.Build(request.Project, _prototype.Operation, flags, _layout, context),
            };
        }
    }
}
