using System.Collections;
using System.Management.Automation;
using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;
using Guild.Engine.Runs;
using Guild.PowerShell.Scripts;

namespace Guild.PowerShell.Commands;

/// <summary>
/// What a session has that the engine is to be given: its location (a runspace's own, not the process's), the environment, and the module's folders.
/// </summary>
internal sealed class SessionContext
{
    private readonly string _location;
    private readonly string _moduleDirectory;

    public SessionContext(PSCmdlet cmdlet)
        : this(cmdlet.SessionState.Path.CurrentFileSystemLocation.ProviderPath)
    {
    }

    public SessionContext(string location)
    {
        _location = location;
        _moduleDirectory = Path.GetDirectoryName(typeof(SessionContext).Assembly.Location)!;
    }

    /// <summary>The absolute path of the session's current folder.</summary>
    public string Location => _location;

    /// <summary>The context for a home: the one that is named, else the one that the rules find.</summary>
    public EngineContext EngineContext(string? home = null)
    {
        var environment = Environment();
        var userHome = System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile);
        var path = GuildHome.Locate(new HomeSearch(home, environment, _location, userHome));
        return new EngineContext
        {
            Home = new GuildHome(path),
            WorkingDirectory = _location,
            UserHome = userHome,
            Environment = environment,
            RunnersDirectory = Path.Combine(_moduleDirectory, "Runners"),
            FallbackPowerShell = FindFallbackPowerShell(),
            PowerShellScripts = new PowerShellScriptReader(),
            UserName = System.Environment.UserName,
            HostName = System.Environment.MachineName,
        };
    }

    /// <summary>Where Guild files of Python packages are looked for.</summary>
    public PackageSearch Packages => PythonFolders.Search(EngineContext());

    private static Dictionary<string, string> Environment()
    {
        var comparer = OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        var result = new Dictionary<string, string>(comparer);
        foreach (DictionaryEntry entry in System.Environment.GetEnvironmentVariables())
        {
            result[(string)entry.Key] = (string?)entry.Value ?? "";
        }

        return result;
    }

    // The process that this session runs in is a PowerShell itself: pwsh, or the guild host.
    private static string? FindFallbackPowerShell()
    {
        var process = System.Environment.ProcessPath;
        return Path.GetFileNameWithoutExtension(process) is "pwsh" or "guild" ? process : null;
    }
}
