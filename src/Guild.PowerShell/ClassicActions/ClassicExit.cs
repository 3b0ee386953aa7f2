namespace Guild.PowerShell.ClassicActions;

/// <summary>The exit codes of the classic commands, beside those of the programs that they run.</summary>
internal static class ClassicExit
{
    public const int Success = 0;
    public const int Failure = 1;

    /// <summary>The user answered no.</summary>
    public const int Aborted = 4;

    /// <summary>Stopped by Ctrl-C, as a shell has it: 128 and the number of SIGINT.</summary>
    public const int Interrupted = 130;

    private const int SignalBase = 128;

    /// <summary>The exit code for a recorded exit status, in which a signal is a negative number.</summary>
    public static int OfStatus(int status) => status < 0 ? SignalBase - status : status;
}
