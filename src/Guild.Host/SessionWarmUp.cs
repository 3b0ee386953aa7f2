using System.Management.Automation.Runspaces;

namespace Guild.Host;

/// <summary>Makes the start of PowerShell cheaper. Most of that time goes into the loading of types, which two threads share.</summary>
internal sealed class SessionWarmUp
{
    private const string TelemetryVariable = "POWERSHELL_TELEMETRY_OPTOUT";

    private readonly string? _telemetry = Environment.GetEnvironmentVariable(TelemetryVariable);

    private SessionWarmUp()
    {
    }

    /// <summary>Turns telemetry off, which PowerShell reads once, when it is first touched, and opens a session to throw away in the background.</summary>
    internal static SessionWarmUp Start()
    {
        var warmUp = new SessionWarmUp();
        Environment.SetEnvironmentVariable(TelemetryVariable, "1");
        new Thread(OpenAndClose) { IsBackground = true }.Start();
        return warmUp;
    }

    /// <summary>Gives the environment back as it was: the programs that are run inherit it.</summary>
    internal void RestoreEnvironment() => Environment.SetEnvironmentVariable(TelemetryVariable, _telemetry);

    private static void OpenAndClose()
    {
        using Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
    }
}
