using Guild.Engine.Runs;

namespace Guild.Engine.Search.Batches;

/// <summary>The attribute <c>trial</c> of a trial: of which batch it is which trial, and how it ended where the exit status alone does not say it.</summary>
/// <param name="Batch">The full id of the batch.</param>
/// <param name="Number">Its place in the batch, from 0.</param>
/// <param name="End">How it ended; null if the exit status says it, or it has not ended.</param>
internal sealed record TrialRecord(string Batch, int Number, TrialEnd? End = null)
{
    /// <summary>The attribute.</summary>
    public const string Attribute = "trial";

    /// <summary>Reads what a run says of itself as a trial; null if it is none, or one of Guild AI.</summary>
    public static TrialRecord? Read(RunDirectory directory) =>
        directory.ReadAttribute(Attribute) is IReadOnlyDictionary<string, object?> map
        && map.GetValueOrDefault("batch") is string batch
        && map.GetValueOrDefault("number") is long number
        && number is > 0 and <= int.MaxValue
            ? new TrialRecord(batch, (int)number - 1, EndOf(map.GetValueOrDefault("ended") as string))
            : null;

    public Dictionary<string, object?> ToValue()
    {
        var result = new Dictionary<string, object?>(StringComparer.Ordinal) { ["batch"] = Batch, ["number"] = (long)Number + 1 };
        if (End is { } end)
        {
            result["ended"] = WordOf(end);
        }

        return result;
    }

    private static string WordOf(TrialEnd end) => end switch
    {
        TrialEnd.TimedOut => "timeout",
        TrialEnd.StoppedEarly => "early",
        TrialEnd.Terminated => "terminated",
        _ => "failed",
    };

    private static TrialEnd? EndOf(string? word) => word switch
    {
        "timeout" => TrialEnd.TimedOut,
        "early" => TrialEnd.StoppedEarly,
        "terminated" => TrialEnd.Terminated,
        "failed" => TrialEnd.Failed,
        _ => null,
    };
}
