using Guild.Engine.Resources;

namespace Guild.Engine.Runs.Transfer;

/// <summary>How runs are taken out of a home or into one.</summary>
public sealed record RunTransferOptions
{
    /// <summary>True if the runs are gone from where they were once they are where they go.</summary>
    public bool IsMove { get; init; }

    /// <summary>True if files and folders that links lead to are copied in the place of the links.</summary>
    public bool CopiesResources { get; init; }

    /// <summary>How much may come out of one zip file.</summary>
    public UnpackLimits Limits { get; init; } = new();

    /// <summary>Who is told what happens.</summary>
    public IEventSink Events { get; init; } = NullEventSink.Instance;

    /// <summary>Ends the work. What is not whole by then is removed.</summary>
    public CancellationToken Cancellation { get; init; }
}

/// <summary>What came of taking a run to another place.</summary>
public enum RunTransferOutcome
{
    /// <summary>It is there.</summary>
    Done,

    /// <summary>A run with its id is there already, and stays as it is.</summary>
    Exists,

    /// <summary>It is accepted, and will be there when all are.</summary>
    Accepted,

    /// <summary>It could not be taken there.</summary>
    Failed,
}

/// <summary>A run on its way to another place.</summary>
/// <param name="Run">The run as it was.</param>
/// <param name="Path">Where it goes: its folder, or the zip file.</param>
/// <param name="Outcome">What came of it.</param>
public sealed record RunTransfer(Run Run, string Path, RunTransferOutcome Outcome)
{
    /// <summary>How many bytes its files have.</summary>
    public long Length { get; init; }

    /// <summary>Why it failed; null if it did not.</summary>
    public GuildException? Error { get; init; }
}

/// <summary>A folder or zip file with runs, or a run in it, cannot be read or written.</summary>
public sealed class RunArchiveException(string path, string message, string? recommendedAction = null, Exception? inner = null)
    : GuildException(message, path, recommendedAction, inner)
{
    /// <summary>The path of the folder or zip file.</summary>
    public string Path { get; } = path;
}
