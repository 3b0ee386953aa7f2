using Guild.Engine.Runs;

namespace Guild.PowerShell;

/// <summary>The statuses of runs, to choose by.</summary>
public enum GuildRunStatus
{
    /// <summary>Made, but not yet started.</summary>
    Pending,

    /// <summary>Ready to be started when somebody says so.</summary>
    Staged,

    /// <summary>The program is running.</summary>
    Running,

    /// <summary>The program ended well.</summary>
    Completed,

    /// <summary>The program failed, or could not be started.</summary>
    Error,

    /// <summary>The program was ended from outside.</summary>
    Terminated,
}

/// <summary>Statuses as texts.</summary>
internal static class StatusText
{
    public static string Of(RunStatus status) => status switch
    {
        RunStatus.Pending => "pending",
        RunStatus.Staged => "staged",
        RunStatus.Running => "running",
        RunStatus.Completed => "completed",
        RunStatus.Terminated => "terminated",
        _ => "error",
    };
}
