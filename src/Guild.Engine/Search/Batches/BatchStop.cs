using Guild.Engine.Execution;
using Guild.Engine.Runs;

namespace Guild.Engine.Search.Batches;

/// <summary>
/// Stops a batch from outside. The process that carries it out may be a session that must go on, so it is asked by a file in the batch rather than by a signal. Where it is gone,
/// what it left running is ended.
/// </summary>
internal static class BatchStop
{
    /// <summary>True if the run is a batch that a process of this host carries out without a program of its own.</summary>
    public static bool IsMeant(RunDirectory batch, ProcessRecord? record) => record is { ProcessId: null } && Directory.Exists(batch.PrototypePath);

    /// <summary>Asks the batch to stop, and does not wait.</summary>
    /// <returns>True if somebody is there to be asked, or a trial was left running.</returns>
    public static bool Ask(RunDirectory batch, ProcessRecord record)
    {
        if (IsCarriedOut(record))
        {
            StopMark.Make(batch);
            return true;
        }

        return Trials(batch).ToList().Exists(RunStop.Ask);
    }

    /// <summary>Stops the batch and waits until it has ended.</summary>
    public static StopResult Stop(RunDirectory batch, ProcessRecord record, TimeSpan wait, CancellationToken kill)
    {
        if (!IsCarriedOut(record))
        {
            var results = Trials(batch).Select(trial => RunStop.Stop(trial, wait, kill)).ToList();
            RecordEnd(batch);
            return results.Count == 0 ? StopResult.NotRunning : results.Max();
        }

        return StopMark.MakeAndWait(batch, () => File.Exists(batch.ProcessPath) && IsCarriedOut(record), wait, kill);
    }

    private static bool IsCarriedOut(ProcessRecord record) => ProcessLiveness.OfThisHost.IsAlive(record.SupervisorId, record.SupervisorStart, record.Boot);

    // Trials lie beside their batch.
    private static IEnumerable<RunDirectory> Trials(RunDirectory batch) => BatchTrials.Ids(batch)
        .Select(id => new RunDirectory(Path.Join(batch.Path, id)))
        .Where(trial => File.Exists(trial.LockPath))
        .Select(trial => new RunDirectory(new DirectoryInfo(trial.Path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? trial.Path));

    private static void RecordEnd(RunDirectory batch)
    {
        if (!batch.HasAttribute(RunMarks.ExitStatusAttribute))
        {
            batch.WriteAttribute(RunMarks.ExitStatusAttribute, -(long)Posix.SigTerm);
            batch.WriteAttribute(RunMarks.StoppedAttribute, new RunClock(TimeProvider.System).Next());
        }

        RunMarks.Unlock(batch);
    }
}
