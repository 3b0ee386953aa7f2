using Guild.Engine.Flags;
using Guild.Engine.Operations;
using Guild.Engine.Search.Batches;

namespace Guild.PowerShell.Streams;

/// <summary>The plans of the trials of a batch, as if each were asked for alone: for who wants to see commands.</summary>
internal static class TrialPlans
{
    /// <summary>The plan of the first trial; that of the prototype where trials are not known yet.</summary>
    public static RunPlan First(BatchPlan batch, EngineContext context, CancellationToken cancellation) =>
        batch.Trials is [var first, ..] ? Of(batch, first, context, cancellation) : batch.Prototype;

    /// <summary>The plan of a trial.</summary>
    public static RunPlan Of(BatchPlan batch, PlannedTrial trial, EngineContext context, CancellationToken cancellation)
    {
        var request = batch.Prototype.Request;
        var given = trial.Flags.Where(f => !batch.Prototype.Flags.GivenSecrets.Contains(f.Key)).Select(f => KeyValuePair.Create(f.Key, (FlagInput)new FlagValue(f.Value))).ToList();
        var aliases = batch.Prototype.Operation.Flags.Where(f => f.Alias is not null && trial.Flags.ContainsKey(f.Name)).Select(f => f.Alias!).ToHashSet(StringComparer.Ordinal);

        // Values that were chosen are not looked at again: they have been, and choices that bring values with them have brought them.
        return Planner.Plan(
            request with
            {
                Search = null,
                TrialFiles = [],
                ForcesFlags = true,
                Flags = [.. request.Flags.Where(f => !aliases.Contains(f.Key) && given.TrueForAll(g => g.Key != f.Key)), .. given],
            },
            context,
            cancellation);
    }
}
