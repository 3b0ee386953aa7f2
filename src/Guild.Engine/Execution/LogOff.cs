namespace Guild.Engine.Execution;

/// <summary>
/// What becomes of a user's processes when the user logs off. On Linux, logind can be told to end them all, whatever session they lead (<c>KillUserProcesses</c>, see logind.conf(5)).
/// </summary>
internal sealed class LogOff
{
    private const string LingerFolder = "var/lib/systemd/linger";

    private static readonly string[] ConfigurationRoots = ["usr/lib/systemd", "usr/local/lib/systemd", "run/systemd", "etc/systemd"];
    private static readonly Lazy<LogOff?> Shared = new(() => OperatingSystem.IsLinux() ? new LogOff("/", Environment.UserName) : null);

    private readonly string _root;

    /// <summary>Reads the configuration of a system.</summary>
    /// <param name="root">The root of its files.</param>
    /// <param name="user">The user.</param>
    internal LogOff(string root, string user)
    {
        _root = root;
        EndsProcesses = IsOfLogIn() && IsTold(user);
    }

    /// <summary>That of this system; null where processes are not ended at log-off.</summary>
    internal static LogOff? OfThisSystem => Shared.Value;

    /// <summary>True if this process, and what it starts, is ended when the user logs off.</summary>
    internal bool EndsProcesses { get; }

    /// <summary>True if the user's own service manager stays when the user has logged off.</summary>
    internal bool Lingers(string user) => File.Exists(Path.Join(_root, LingerFolder, user));

    // A process of a service, or in a container without logind, belongs to no log-in.
    private bool IsOfLogIn() => Lines(Path.Join(_root, "proc/self/cgroup")).Any(line =>
        line.Contains("/session-", StringComparison.Ordinal) && line.EndsWith(".scope", StringComparison.Ordinal));

    private bool IsTold(string user)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in Files().SelectMany(Lines))
        {
            var at = line.IndexOf('=', StringComparison.Ordinal);
            if (at > 0 && line[0] is not ('#' or ';'))
            {
                settings[line[..at].Trim()] = line[(at + 1)..].Trim();
            }
        }

        return settings.GetValueOrDefault("KillUserProcesses") is "yes" or "true" or "on" or "1"
            && !Names(settings, "KillExcludeUsers", "root").Contains(user)
            && (Names(settings, "KillOnlyUsers", "") is not { Length: > 0 } only || only.Contains(user));
    }

    private static string[] Names(Dictionary<string, string> settings, string name, string byDefault) =>
        (settings.GetValueOrDefault(name) ?? byDefault).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    // The main file first, then the parts in the order of their names, wherever they lie; later ones count more.
    private IEnumerable<string> Files() =>
    [
        .. ConfigurationRoots.Select(folder => Path.Join(_root, folder, "logind.conf")),
        .. ConfigurationRoots.Select(folder => Path.Join(_root, folder, "logind.conf.d")).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.conf"))
            .OrderBy(Path.GetFileName, StringComparer.Ordinal),
    ];

    private static IEnumerable<string> Lines(string path)
    {
        try
        {
            return File.Exists(path) ? [.. File.ReadAllLines(path).Select(line => line.Trim())] : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
