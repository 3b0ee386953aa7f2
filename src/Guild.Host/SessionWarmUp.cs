using System.Linq.Expressions;
using System.Management.Automation.Language;
using System.Runtime.CompilerServices;
using Microsoft.PowerShell.Telemetry;

namespace Guild.Host;

/// <summary>Makes the start of PowerShell cheaper. Most of that time goes into the loading of types, which two threads share.</summary>
internal sealed class SessionWarmUp
{
    private const string TelemetryVariable = "POWERSHELL_TELEMETRY_OPTOUT";

    private readonly string? _telemetry = Environment.GetEnvironmentVariable(TelemetryVariable);

    private SessionWarmUp()
    {
    }

    /// <summary>Turns telemetry off for good and loads in the background what the first script will need.</summary>
    internal static SessionWarmUp Start()
    {
        var warmUp = new SessionWarmUp();
        Environment.SetEnvironmentVariable(TelemetryVariable, "1");

        // PowerShell reads the variable once, when this class is first touched. Left alone, that is the first import of a module, when the variable is gone again.
        RuntimeHelpers.RunClassConstructor(typeof(ApplicationInsightsTelemetry).TypeHandle);
        new Thread(LoadParserAndCompiler) { IsBackground = true }.Start();
        return warmUp;
    }

    /// <summary>Gives the environment back as it was: the programs that are run inherit it.</summary>
    internal void RestoreEnvironment() => Environment.SetEnvironmentVariable(TelemetryVariable, _telemetry);

    // Not a second session: two that are opened at once as the first of a process share half-filled caches, and
    // one in a hundred then lacks its built-in commands.
    private static void LoadParserAndCompiler()
    {
        Parser.ParseInput("& { param($a) \"$a\" -eq 1 } 2", out _, out _);
        Expression.Lambda<Func<int>>(Expression.Constant(1)).Compile(preferInterpretation: true).Invoke();
    }
}
