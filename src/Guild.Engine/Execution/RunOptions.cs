using Guild.Engine.Flags;
using Guild.Engine.Pipelines;
using Guild.Engine.Runs;

namespace Guild.Engine.Execution;

/// <summary>How a run is carried out.</summary>
public sealed record RunOptions
{
    /// <summary>True to stop when the run is ready to be started: it is left staged.</summary>
    public bool StagesOnly { get; init; }

    /// <summary>True if the program reads what the caller's process can read; false for no input.</summary>
    public bool InheritsInput { get; init; }

    /// <summary>True if both streams of the program are recorded as one, in the exact order.</summary>
    public bool MergesStreams { get; init; }

    /// <summary>How long a run may take before it is terminated, which its notes then say; null for no limit. That of a run which is given away begins when its supervisor takes it over. A batch has a limit of its own in its settings.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>The secrets that a staged run needs, by the names of their flags: its record does not have them. Used by a start only.</summary>
    public IReadOnlyList<KeyValuePair<string, FlagInput>> Secrets { get; init; } = [];

    /// <summary>The devices that the program of a run which is started again sees, as in <c>0,1</c>; an empty text for none of them; null for those that it saw before.</summary>
    public string? Gpus { get; init; }

    /// <summary>
    /// True if a run that is started again gets the source code and the command that its project has now, in place of its own. Of a pipeline the steps get them
    /// whose source code is another now.
    /// </summary>
    public bool ForcesSourceCode { get; init; }

    /// <summary>How long each step of stopping waits for the program to end.</summary>
    public StopTimes StopTimes { get; init; } = StopTimes.Default;

    /// <summary>How long the program has to end when it is terminated, where whoever asks for that says it; null for what <see cref="StopTimes"/> says.</summary>
    internal StopPatience? Patience { get; init; }

    /// <summary>The limit of time that the run is under; null if there is none.</summary>
    internal RunTimeLimit? Limit { get; init; }

    /// <summary>What takes the program's output beside the record; null for nothing.</summary>
    internal OutputCopy? Copy { get; init; }

    /// <summary>True if a run that is only staged stays this process's own and is not yet for others to start, because it is about to be given to a supervisor.</summary>
    internal bool KeepsClaim { get; init; }

    /// <summary>How many programs of steps may run at the same time, in all pipelines that run within each other; null where there is no pipeline around.</summary>
    internal SemaphoreSlim? StepSlots { get; init; }

    /// <summary>Cancelled to end the program as a stop from outside does: SIGTERM, then SIGKILL.</summary>
    public CancellationToken Terminate { get; init; }

    /// <summary>Cancelled to end the program at once.</summary>
    public CancellationToken Kill { get; init; }
}

/// <summary>How a run ended.</summary>
/// <param name="Directory">The run.</param>
/// <param name="Fault">Why the program could not be started, or why the record does not say how it ended; null if neither is so.</param>
public sealed record RunResult(RunDirectory Directory, GuildException? Fault)
{
    /// <summary>The process that supervises a run which was given away; null for a run that this process saw through.</summary>
    public int? SupervisorId { get; init; }
}
