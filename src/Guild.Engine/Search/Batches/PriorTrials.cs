using Guild.Engine.Operations;
using Guild.Engine.Runs;

namespace Guild.Engine.Search.Batches;

/// <summary>Tells an optimizer what earlier runs came to, as its flag <c>prev-trials</c> says: those with the same source code, those of the same operation, or none but its own.</summary>
internal static class PriorTrials
{
    /// <summary>The flag.</summary>
    public const string Option = "prev-trials";

    /// <summary>Its value by which a search learns from its own trials only.</summary>
    public const string OwnOnly = "batch";

    public static void Tell(BatchRecord record, TrialQueue queue, EngineContext context)
    {
        if (record.Source.Options.GetValueOrDefault(Option) is not string choice || choice == OwnOnly)
        {
            return;
        }

        var own = BatchTrials.Ids(record.Batch.Directory).ToHashSet(StringComparer.Ordinal);
        var digest = record.Prototype.SourceCodeDigest;
        foreach (var run in context.Runs.List())
        {
            var isMeant = choice == "operation" ? run.FullName == record.Prototype.FullName : digest is not null && run.SourceCodeDigest == digest;
            if (isMeant && run.Status == RunStatus.Completed && !run.IsBatch && !own.Contains(run.Id) && ObjectiveColumn.Read(run.Directory.Path, record.Column) is { } value)
            {
                queue.TellPrior(run.Flags, TrialOutcome.Of(record.Objective.IsMaximized ? -value : value));
            }
        }
    }
}
