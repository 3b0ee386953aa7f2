namespace Guild.Engine.Search.Batches;

/// <summary>How far a batch has come. Reported when a trial begins or ends.</summary>
/// <param name="BatchId">The full id of the batch.</param>
/// <param name="Operation">The operation of the trials.</param>
public sealed record BatchProgressEvent(string BatchId, string Operation) : EngineEvent
{
    /// <summary>How many trials have ended, failed ones too.</summary>
    public long Done { get; init; }

    /// <summary>How many run.</summary>
    public int Running { get; init; }

    /// <summary>How many have failed.</summary>
    public long Failed { get; init; }

    /// <summary>How many there will be at most.</summary>
    public long Total { get; init; }

    /// <summary>The scalar that is minimized or maximized.</summary>
    public string Objective { get; init; } = "";

    /// <summary>The best value of the objective so far; null if no trial has any.</summary>
    public double? Best { get; init; }

    /// <summary>The trial that has it.</summary>
    public string? BestTrialId { get; init; }

    /// <summary>How long the rest will take, by what the trials have taken so far; null if none has ended.</summary>
    public TimeSpan? TimeLeft { get; init; }

    /// <summary>True in the last event of the batch.</summary>
    public bool IsCompleted { get; init; }
}

/// <summary>A trial exists on disk and is about to begin, or is staged.</summary>
/// <param name="BatchId">The full id of the batch.</param>
/// <param name="TrialId">The full id of the trial.</param>
/// <param name="Number">Its place in the batch, from 1.</param>
/// <param name="Flags">Its flags.</param>
/// <param name="Path">The absolute path of its directory.</param>
public sealed record TrialStartedEvent(string BatchId, string TrialId, long Number, IReadOnlyDictionary<string, object?> Flags, string Path) : EngineEvent
{
    /// <summary>Where in its recorded output that begins which is to come.</summary>
    public long OutputStart { get; init; }

    /// <summary>How many bytes the output of the batch had: what is said of later trials lies behind.</summary>
    public long BatchOutputEnd { get; init; }

    /// <summary>True if the trial is only staged.</summary>
    public bool IsStaged { get; init; }
}

/// <summary>A trial has ended.</summary>
/// <param name="BatchId">The full id of the batch.</param>
/// <param name="TrialId">The full id of the trial.</param>
/// <param name="Number">Its place in the batch, from 1.</param>
public sealed record TrialEndedEvent(string BatchId, string TrialId, long Number) : EngineEvent
{
    /// <summary>As in <see cref="TrialStartedEvent"/>.</summary>
    public long BatchOutputEnd { get; init; }

    /// <summary>What came of it.</summary>
    public TrialEnd End { get; init; }

    /// <summary>The exit code of its program, or a signal as a negative number; null if it was not started.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The last value of the objective; null if it has none.</summary>
    public double? Value { get; init; }

    /// <summary>Why its program was not started; null if it was.</summary>
    public GuildException? Fault { get; init; }
}

/// <summary>What came of a trial.</summary>
public enum TrialEnd
{
    /// <summary>It ended well.</summary>
    Completed,

    /// <summary>It ended badly, or was not started.</summary>
    Failed,

    /// <summary>It was ended because it took longer than a trial may.</summary>
    TimedOut,

    /// <summary>It was ended because it did worse than others.</summary>
    StoppedEarly,

    /// <summary>It was ended with the batch, and runs again when the batch goes on.</summary>
    Interrupted,

    /// <summary>It was terminated by someone else.</summary>
    Terminated,
}
