namespace Guild.PowerShell;

/// <summary>The program of an operation did not end well. The run has the record of it.</summary>
public sealed class OperationFailedException : Exception
{
    internal OperationFailedException(string message, GuildRun run)
        : base(message)
    {
        Run = run;
    }

    /// <summary>The run.</summary>
    public GuildRun Run { get; }

    /// <summary>The program's exit code; negative for the number of the signal that ended it; null if it did not end by itself.</summary>
    public int? ExitCode => Run.ExitCode;
}
