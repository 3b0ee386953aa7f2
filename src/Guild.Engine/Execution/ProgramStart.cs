namespace Guild.Engine.Execution;

/// <summary>All that it takes to start a program. Nothing is read from this process's own environment or directory.</summary>
public sealed record ProgramStart
{
    /// <summary>The program: an absolute path, or a name that is looked for on the PATH of <see cref="Environment"/>.</summary>
    public required string FileName { get; init; }

    /// <summary>The arguments, each passed to the program exactly as it stands here; no shell reads them.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The absolute path of the folder that the program starts in.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The whole environment of the program.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>True if the program reads this process's standard input; otherwise it reads the null device.</summary>
    public bool InheritsInput { get; init; }

    /// <summary>True if what the program writes goes to this process's own standard output and error; then there is nothing to record.</summary>
    public bool InheritsOutput { get; init; }

    /// <summary>True if the program gets nothing else that this process was given open, such as a pipe of whoever called it. Where the system can do that.</summary>
    internal bool ClosesOthers { get; init; }

    /// <summary>True if standard error goes into the pipe of standard output, which keeps the order of both.</summary>
    public bool MergesStreams { get; init; }
}

/// <summary>How a program ended: with an exit code, or by a signal. Both are null if the system no longer knew.</summary>
/// <param name="ExitCode">The code that the program ended with, or null if a signal ended it.</param>
/// <param name="Signal">The number of the signal that ended the program, or null if it ended by itself.</param>
public sealed record ProgramExit(int? ExitCode, int? Signal)
{
    /// <summary>The exit status as runs record it: the exit code, or the negative number of the signal; 1 if neither is known.</summary>
    public int Status => Signal is { } signal ? -signal : ExitCode ?? 1;
}

/// <summary>How long a program may take to end, after it was asked to, before the next and harder request.</summary>
/// <param name="Interrupt">The time after an interrupt, and again after the request to terminate that follows it.</param>
/// <param name="Terminate">The time after a request to terminate that no interrupt came before.</param>
public sealed record StopTimes(TimeSpan Interrupt, TimeSpan Terminate)
{
    /// <summary>Five seconds after each step of an interrupt, thirty after a request to terminate.</summary>
    public static StopTimes Default { get; } = new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30));
}
