using Guild.Engine.Metrics;
using Guild.Engine.Pipelines;
using Guild.Engine.Runs;

namespace Guild.Engine.Execution;

/// <summary>A run that is ready to be started: its directory is complete, and its resources are resolved.</summary>
public sealed record SupervisedRun
{
    /// <summary>The run's directory.</summary>
    public required RunDirectory Directory { get; init; }

    /// <summary>The program of the run. Give it <c>RUN_ID</c>, by which all that it starts is found when it is stopped.</summary>
    public required ProgramStart Program { get; init; }

    /// <summary>A program that must end well before the run's own is started; null for none. What it prints is recorded as output of the run.</summary>
    public ProgramStart? PreProcess { get; init; }

    /// <summary>True if being stopped is the proper end of this operation, as for a server: then it counts as completed.</summary>
    public bool IsStoppable { get; init; }

    /// <summary>How long each step of a stop waits.</summary>
    public StopTimes StopTimes { get; init; } = StopTimes.Default;

    /// <summary>How long the program has to end when it is terminated, where whoever asks for that says it; null for what <see cref="StopTimes"/> says.</summary>
    internal StopPatience? Patience { get; init; }

    /// <summary>The limit of time that the run is under; null if there is none.</summary>
    internal RunTimeLimit? Limit { get; init; }

    /// <summary>What takes the output beside the record; null for nothing.</summary>
    internal OutputCopy? Copy { get; init; }

    /// <summary>What is handed each line of output; null if nobody wants them.</summary>
    public OutputLineSink? LineSink { get; init; }

    /// <summary>A byte that each line has which the sink wants: the others are not handed on, which makes them cost next to nothing. Null for all lines.</summary>
    public byte? LineMark { get; init; }

    /// <summary>Called when the last line has been handed on, before the record says that the run has ended; null if nobody wants to know.</summary>
    public Action? OutputEnded { get; init; }

    /// <summary>The clock of all times in the record.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>What measures the program while it runs; null if nobody asked for it.</summary>
    internal MetricsRecorder? Metrics { get; init; }

    /// <summary>True if this process has just made the run, and nothing of it was ever started.</summary>
    internal bool IsNew { get; init; }

    /// <summary>True if the disk is waited for when the end is recorded.</summary>
    internal bool IsDurable { get; init; } = true;

    /// <summary>How often the sign of life is renewed.</summary>
    internal TimeSpan RenewalPeriod { get; init; } = ProcessRecord.RenewalPeriod;
}

/// <summary>The ways in which a run is asked to end. Each counts once; the second that comes kills.</summary>
/// <param name="Interrupt">Ends it as Ctrl-C does: SIGINT, then SIGTERM, then SIGKILL.</param>
/// <param name="Terminate">Ends it as a stop from outside does: SIGTERM, then SIGKILL.</param>
/// <param name="Kill">Ends it at once.</param>
public readonly record struct StopTokens(CancellationToken Interrupt, CancellationToken Terminate = default, CancellationToken Kill = default)
{
    /// <summary>The signal that an end counts as which was asked for; null if none was.</summary>
    internal int? Signal =>
        Kill.IsCancellationRequested ? Posix.SigKill
        : Interrupt.IsCancellationRequested ? Posix.SigInt
        : Terminate.IsCancellationRequested ? Posix.SigTerm
        : null;
}

/// <summary>How a supervised run ended.</summary>
public sealed record RunOutcome
{
    /// <summary>What is recorded as <c>exit_status</c>: the exit code, or the negative number of the signal that ended the program.</summary>
    public required int ExitStatus { get; init; }

    /// <summary>How the program itself ended; null if it was never started.</summary>
    public ProgramExit? Exit { get; init; }

    /// <summary>Why the program could not be started; null if it was.</summary>
    public ProgramException? StartError { get; init; }

    /// <summary>Why the record does not say how the run ended; null if it does.</summary>
    public HomeException? RecordError { get; init; }

    /// <summary>How we were first asked to stop the run; none if it ended by itself, or by a signal of someone else.</summary>
    public StopStep StopRequest { get; init; }

    /// <summary>The hardest step that was taken to stop it.</summary>
    public StopStep HardestStep { get; init; }

    /// <summary>How long the run took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>What is worth knowing about the record, one sentence each; also in the run's attribute <c>notes</c>.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What a caller must hear of before anything else.</summary>
    internal GuildException? Error => (GuildException?)StartError ?? RecordError;

    /// <summary>Those of the notes that were reported when it happened.</summary>
    internal IReadOnlyList<string> Reported { get; init; } = [];
}
