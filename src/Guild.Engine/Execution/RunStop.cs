using System.Globalization;
using Guild.Engine.Pipelines;
using Guild.Engine.Runs;
using Guild.Engine.Search.Batches;

namespace Guild.Engine.Execution;

/// <summary>What came of stopping a run from outside.</summary>
public enum StopResult
{
    /// <summary>Nothing of the run was running.</summary>
    NotRunning,

    /// <summary>All of it ended when it was asked to.</summary>
    Ended,

    /// <summary>Some of it had to be killed.</summary>
    Killed,

    /// <summary>Some of it could not be ended, such as processes of another user.</summary>
    Failed,
}

/// <summary>Stops a run that another process supervises, or that nobody supervises any more.</summary>
public static class RunStop
{
    private static readonly TimeSpan RecordTime = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Terminates the program of a run on this host with all that it started, and waits until its end is recorded. If its supervisor is gone, the end is recorded here. A run that is still
    /// prepared, on whatever host, is not started.
    /// </summary>
    /// <param name="directory">The run.</param>
    /// <param name="wait">How long it may take to end after SIGTERM before it is killed.</param>
    /// <param name="kill">Kills it at once.</param>
    public static StopResult Stop(RunDirectory directory, TimeSpan wait, CancellationToken kill)
    {
        ArgumentNullException.ThrowIfNull(directory);
        var record = ProcessRecord.Read(directory.ProcessPath);
        if (PipelineRecord.IsPipeline(directory))
        {
            return PipelineStop.Stop(directory, record, wait, kill);
        }

        if (record is not null && IsOfThisHost(directory, record) && BatchStop.IsMeant(directory, record))
        {
            return BatchStop.Stop(directory, record, wait, kill);
        }

        if (StopBeforeStart(directory, wait) is { } early)
        {
            return early;
        }

        record = ProcessRecord.Read(directory.ProcessPath);
        if ((record?.ProcessId ?? LockedProcess(directory)) is not { } program || !IsOfThisHost(directory, record))
        {
            return StopResult.NotRunning;
        }

        using var tree = Tree(program, record, directory.Id);
        if (tree.IsEmpty())
        {
            return StopResult.NotRunning;
        }

        var ladder = End(tree, wait, kill);
        if (!tree.IsEmpty())
        {
            return StopResult.Failed;
        }

        RecordEnd(directory, record, ladder.Current);
        return ladder.Current == StopStep.Kill ? StopResult.Killed : StopResult.Ended;
    }

    /// <summary>Asks the program of a run on this host, with all that it started, to end, and does not wait for it.</summary>
    /// <param name="directory">The run.</param>
    /// <returns>True if there was anything to ask.</returns>
    public static bool Ask(RunDirectory directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        var record = ProcessRecord.Read(directory.ProcessPath);
        if (PipelineRecord.IsPipeline(directory))
        {
            return PipelineStop.Ask(directory, record);
        }

        if (record is not null && IsOfThisHost(directory, record) && BatchStop.IsMeant(directory, record))
        {
            return BatchStop.Ask(directory, record);
        }

        if (IsPrepared(directory))
        {
            StopMark.Make(directory);
            if (!HasProgram(directory))
            {
                return true;
            }
        }

        record = ProcessRecord.Read(directory.ProcessPath);
        if ((record?.ProcessId ?? LockedProcess(directory)) is not { } program || !IsOfThisHost(directory, record))
        {
            return false;
        }

        using var tree = Tree(program, record, directory.Id);
        if (tree.IsEmpty())
        {
            return false;
        }

        tree.Signal(StopStep.Terminate);
        return true;
    }

    // Before there is a program nobody has a signal to send: a run can be prepared by a session that does other things. The mark may come too late, and then there is a program to end, by us or by its supervisor that has seen the mark.
    private static StopResult? StopBeforeStart(RunDirectory directory, TimeSpan wait)
    {
        if (!IsPrepared(directory))
        {
            return null;
        }

        StopMark.Make(directory);
        var began = TimeProvider.System.GetTimestamp();
        while (IsPrepared(directory))
        {
            if (TimeProvider.System.GetElapsedTime(began) > wait + RecordTime)
            {
                // Who prepares the run finds the mark when it comes to look.
                return StopResult.Failed;
            }

            Pause.For(StopLadder.PollTime);
        }

        StopMark.Clear(directory);
        return HasProgram(directory) ? null : StopResult.Ended;
    }

    private static bool IsPrepared(RunDirectory directory) =>
        ProcessRecord.Read(directory.ProcessPath) is { ProcessId: null }
        && new RunReader(new RunStateReader(ProcessLiveness.OfThisHost, TimeProvider.System)).ReadState(directory).Status is RunStatus.Pending or RunStatus.Running;

    private static bool HasProgram(RunDirectory directory) => ProcessRecord.Read(directory.ProcessPath)?.ProcessId is not null;

    private static StopLadder End(ProgramTree tree, TimeSpan wait, CancellationToken kill)
    {
        var ladder = new StopLadder(tree, StopTimes.Default with { Terminate = wait }, TimeProvider.System);
        ladder.Request(StopStep.Terminate);
        while (!tree.IsEmpty() && !ladder.IsExhausted)
        {
            if (kill.WaitHandle.WaitOne(StopLadder.PollTime))
            {
                ladder.Request(StopStep.Kill);
                Pause.For(StopLadder.PollTime);
            }

            ladder.Advance();
        }

        return ladder;
    }

    // A supervisor that lives sees the end by itself and knows more about it.
    internal static void RecordEnd(RunDirectory directory, ProcessRecord? record, StopStep step)
    {
        var clock = TimeProvider.System;
        var began = clock.GetTimestamp();
        while (File.Exists(directory.LockPath) && IsSupervised(record) && clock.GetElapsedTime(began) < RecordTime)
        {
            Pause.For(StopLadder.PollTime);
        }

        if (!File.Exists(directory.LockPath) || IsSupervised(record))
        {
            return;
        }

        if (!directory.HasAttribute(RunMarks.ExitStatusAttribute))
        {
            directory.WriteAttribute(RunMarks.ExitStatusAttribute, step == StopStep.Kill ? -(long)Posix.SigKill : -Posix.SigTerm);
            directory.WriteAttribute(RunMarks.StoppedAttribute, new RunClock(clock).Next());
        }

        RunMarks.Unlock(directory);
    }

    internal static bool IsSupervised(ProcessRecord? record) =>
        record is { SupervisorStart: { } start } && ProcessIdentity.IsAlive(record.SupervisorId, start, record.Boot ?? "");

    internal static bool IsOfThisHost(RunDirectory directory, ProcessRecord? record) => record is null
        || ProcessLiveness.OfThisHost.OriginOf(record, DateTime.UtcNow - File.GetLastWriteTimeUtc(directory.ProcessPath)) == ProcessOrigin.Here;

    // A lock of Guild AI names a number and no more. Of a program of ours whose start is not known the number may be a stranger's by now.
    private static ProgramTree Tree(int program, ProcessRecord? record, string runId) => OperatingSystem.IsWindows()
        ? new WindowsForeignTree(program, record?.Start)
        : new PosixTree(program, record?.Start, runId) { KnowsProgram = ProcessIdentity.StartOf(program) is { } found && (record is null || record.Start == found) };

    private static int? LockedProcess(RunDirectory directory)
    {
        try
        {
            var text = File.Exists(directory.LockPath) ? File.ReadAllText(directory.LockPath) : "";
            return int.TryParse(text.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var program) ? program : null;
        }
        catch (IOException)
        {
            // It was just taken away: the run has ended.
            return null;
        }
    }
}
