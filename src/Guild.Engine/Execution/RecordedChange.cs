using Guild.Engine.Runs;

namespace Guild.Engine.Execution;

/// <summary>What holds for each change of how a run is carried out the next time.</summary>
internal static class RecordedChange
{
    /// <summary>Sees that a run is not being carried out, by what its record says now.</summary>
    /// <param name="run">The run.</param>
    /// <param name="what">What is to be changed, as in <c>how it goes on</c>.</param>
    /// <exception cref="RunStateException">It is running; it stays as it is.</exception>
    public static void RequireIdle(Run run, string what)
    {
        if (run.Status is RunStatus.Running or RunStatus.Pending)
        {
            throw new RunStateException(run.Id, $"Run {run.ShortId} ({run.FullName}) is running, so {what} cannot be changed.", $"Stop it first with Stop-GuildRun {run.ShortId} (guild stop).");
        }
    }
}
