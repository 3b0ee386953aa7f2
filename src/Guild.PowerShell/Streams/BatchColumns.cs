using Guild.Engine.Flags;
using Guild.Engine.Search.Batches;

namespace Guild.PowerShell.Streams;

/// <summary>Which flags tell the trials of a batch apart.</summary>
internal static class BatchColumns
{
    private const int Looked = 100;

    /// <summary>The flags with a list or a range, and those in which the first trials differ.</summary>
    public static IReadOnlySet<string> Of(BatchPlan plan)
    {
        var varied = new HashSet<string>(StringComparer.Ordinal);
        foreach (var trial in plan.Trials?.Take(Looked) ?? [])
        {
            varied.UnionWith(trial.Flags
                .Where(f => !plan.Prototype.RecordedFlags.TryGetValue(f.Key, out var usual) || !AreSame(f.Value, usual))
                .Select(f => f.Key));
        }

        return varied;
    }

    private static bool AreSame(object? one, object? other) => one is null || other is null ? one is null && other is null : FlagGrammar.Encode(one) == FlagGrammar.Encode(other);
}
