namespace Guild.Engine.Runs;

/// <summary>Where a run is in its life.</summary>
public enum RunStatus
{
    /// <summary>Written, not yet started: its resources are being resolved, or it waits for its turn in a batch.</summary>
    Pending,

    /// <summary>Ready to be started on request.</summary>
    Staged,

    /// <summary>Its program runs.</summary>
    Running,

    /// <summary>Its program ended well.</summary>
    Completed,

    /// <summary>Its program failed, could not be started, or is gone without a word.</summary>
    Error,

    /// <summary>Its program was ended by a signal or on request.</summary>
    Terminated,
}

/// <summary>A status and, where the exit code does not say it, its reason.</summary>
internal readonly record struct RunState(RunStatus Status, string? Reason);
