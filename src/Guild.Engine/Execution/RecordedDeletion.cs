using Guild.Engine.Operations;
using Guild.Engine.Runs;

namespace Guild.Engine.Execution;

/// <summary>Whether a run goes to the trash when it ends well, as its record has it from <c>delete-on-success</c>.</summary>
public static class RecordedDeletion
{
    private const string Key = "delete-on-success";
    private const string WhatBecomesOfIt = "what becomes of it";

    /// <summary>Sees to it that a run which is to be started, again or for the first time, stays when it ends well.</summary>
    /// <param name="run">The run.</param>
    /// <exception cref="RunStateException">It is running; it stays as it is.</exception>
    public static void Cancel(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        RecordedChange.RequireIdle(run, WhatBecomesOfIt);
        Cancel(run.Directory);
    }

    /// <summary>Sees to it that the trials of a batch which is to be started, again or for the first time, stay when they end well.</summary>
    /// <param name="batch">The batch.</param>
    /// <exception cref="RunStateException">It is running; it stays as it is.</exception>
    public static void CancelForTrials(Run batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        RecordedChange.RequireIdle(batch, WhatBecomesOfIt);
        Cancel(new RunDirectory(batch.Directory.PrototypePath));
    }

    internal static bool IsOrdered(RunDirectory directory) => RecordedOperation.Of(directory)?.GetValueOrDefault(Key) is true;

    private static void Cancel(RunDirectory directory)
    {
        if (IsOrdered(directory))
        {
            directory.WriteAttribute("op", new Dictionary<string, object?>(RecordedOperation.Of(directory)!, StringComparer.Ordinal) { [Key] = false });
        }

        // Whoever changes flags later plans the run anew, from what was asked for.
        directory.WriteAttribute("run_params", RequestRecord.Keeping(directory));
    }
}
