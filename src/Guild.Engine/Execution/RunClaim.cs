using Guild.Engine.Runs;

namespace Guild.Engine.Execution;

/// <summary>Whose claim on a run another process takes over, as it wrote itself into <c>.guild/PROCESS</c>.</summary>
/// <param name="ProcessId">The number of the process.</param>
/// <param name="Start">Its raw start time; null if the system does not tell it.</param>
internal sealed record ClaimOwner(int ProcessId, long? Start)
{
    public static ClaimOwner ThisProcess { get; } = new(Environment.ProcessId, ProcessIdentity.StartOf(Environment.ProcessId));
}

/// <summary>
/// Takes a run that is there already, so that of several processes which start it at the same time one does. Whoever has it is named by <c>PROCESS</c>, and the
/// run is pending until its program is started: a process that is killed on the way leaves a run that is not started, and not one that is still to come.
/// </summary>
internal static class RunClaim
{
    // The lock of the system on this file lasts as long as its owner, so it cannot be left behind. The file itself stays: to delete it would let two processes hold a lock each.
    private const string GateName = "START";

    private static readonly TimeSpan GateLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan GatePause = TimeSpan.FromMilliseconds(10);

    /// <summary>Takes the run.</summary>
    /// <param name="directory">The run.</param>
    /// <param name="time">The clock.</param>
    /// <param name="from">The process that gives its claim to this one; null to take a run that nobody has.</param>
    /// <param name="expected">The status that it must have; null for any that lets it be started.</param>
    /// <exception cref="RunStateException">It is running, or another process is about to start it.</exception>
    public static void Take(RunDirectory directory, TimeProvider time, ClaimOwner? from = null, RunStatus? expected = null)
    {
        using var gate = OpenGate(directory);
        RequireFree(directory, time, from, expected);

        // Who asked to stop the run while it was to be given to this process asked this process.
        if (from is null)
        {
            StopMark.Clear(directory);
        }

        // Before the marks of the earlier end go: at any point of this, a reader sees a run that has ended, is staged, or is being prepared by this process.
        var former = ProcessRecord.Read(directory.ProcessPath);
        ProcessRecord.Current(processId: null).Write(directory.ProcessPath);
        if (from is not null && IsGone(from))
        {
            // Who looked since the check before saw a run that has ended.
            former?.Write(directory.ProcessPath);
            throw StarterIsGone(directory);
        }

        if (!File.Exists(directory.PendingPath))
        {
            RunDirectory.WriteNew(directory.PendingPath, []);
        }

        File.Delete(directory.StagedPath);
        File.Delete(directory.LockPath);
        directory.DeleteAttribute(RunMarks.ExitStatusAttribute);
        directory.DeleteAttribute(RunMarks.StoppedAttribute);
        directory.DeleteAttribute(RunMarks.NotesAttribute);
    }

    private static void RequireFree(RunDirectory directory, TimeProvider time, ClaimOwner? from, RunStatus? expected)
    {
        var name = RunId.Short(directory.Id);
        var owner = ProcessRecord.Read(directory.ProcessPath);
        if (from is not null)
        {
            if (owner is null || owner.ProcessId is not null || owner.SupervisorId != from.ProcessId || owner.SupervisorStart != from.Start || !File.Exists(directory.PendingPath))
            {
                throw new RunStateException(directory.Id, $"Run {name} was to be started in the background, but another process has taken it.", "Look at it with Get-GuildRun (guild runs).");
            }

            // With its owner the run has ended for everyone who looks at it or waits for it, so it must not begin after that.
            if (IsGone(from))
            {
                throw StarterIsGone(directory);
            }

            return;
        }

        var status = new RunReader(new RunStateReader(ProcessLiveness.OfThisHost, time)).ReadState(directory).Status;
        if (status == RunStatus.Running)
        {
            throw new RunStateException(
                directory.Id,
                $"Run {name} cannot be started, because it is running.",
                "Wait for its end with Wait-GuildRun (guild watch), or stop it first with Stop-GuildRun (guild stop).");
        }

        // A pending run of Guild AI does not say who prepares it.
        if (status == RunStatus.Pending && owner is not null)
        {
            throw new RunStateException(
                directory.Id,
                $"Run {name} cannot be started, because another process is about to start it.",
                "Wait for its end with Wait-GuildRun (guild watch).");
        }

        if (expected is { } wanted && status != wanted)
        {
            throw new RunStateException(
                directory.Id,
                $"Run {name} is not {wanted.ToString().ToLowerInvariant()} any more, so it cannot be started: another process has started it.",
                "Start it again with Restart-GuildRun (guild run --restart).");
        }
    }

    private static bool IsGone(ClaimOwner owner) => ProcessIdentity.StartOf(owner.ProcessId) != owner.Start;

    private static RunStateException StarterIsGone(RunDirectory directory) => new(
        directory.Id,
        $"Run {RunId.Short(directory.Id)} was to be started in the background, but the process that was to start it is gone.",
        "Start it again with Restart-GuildRun (guild run --restart).");

    private static FileStream OpenGate(RunDirectory directory)
    {
        var path = Path.Combine(directory.GuildPath, GateName);
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            }
            catch (IOException) when (File.Exists(path) && TimeProvider.System.GetElapsedTime(began) < GateLimit)
            {
                // Another process looks at the run. It is done in a moment, and then the record says what it did.
                Pause.For(GatePause);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new HomeException(
                    directory.Path,
                    $"Run {RunId.Short(directory.Id)} cannot be started, because its folder cannot be written: {error.Message}",
                    "See that the disk has room and that you may write to the folder.",
                    error);
            }
        }
    }
}
