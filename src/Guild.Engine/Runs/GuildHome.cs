namespace Guild.Engine.Runs;

/// <summary>What decides where the Guild home is. Nothing else is looked at.</summary>
/// <param name="ExplicitHome">The home that the user asked for (<c>-H</c>), or null.</param>
/// <param name="Environment">The environment of the session: name to value.</param>
/// <param name="CurrentDirectory">The absolute path of the session's current folder.</param>
/// <param name="UserHome">The absolute path of the user's own folder.</param>
public sealed record HomeSearch(
    string? ExplicitHome,
    IReadOnlyDictionary<string, string> Environment,
    string CurrentDirectory,
    string UserHome);

/// <summary>The folder that holds runs, deleted runs and caches. Only paths: nothing is created.</summary>
public sealed class GuildHome
{
    private const string FolderName = ".guild";

    /// <summary>Names a home.</summary>
    /// <param name="path">The absolute path of the home, which need not exist.</param>
    public GuildHome(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        RunsDirectory = System.IO.Path.Join(Path, "runs");
        TrashDirectory = System.IO.Path.Join(Path, "trash", "runs");
        StagingDirectory = System.IO.Path.Join(Path, "staging");
        CacheDirectory = System.IO.Path.Join(Path, "cache");
    }

    /// <summary>The absolute path of the home.</summary>
    public string Path { get; }

    /// <summary>The folder with one folder a run, named by its id.</summary>
    public string RunsDirectory { get; }

    /// <summary>The folder with one folder a deleted run, named by its id.</summary>
    public string TrashDirectory { get; }

    /// <summary>The folder in which runs are prepared before they become visible.</summary>
    public string StagingDirectory { get; }

    /// <summary>The folder of what can be deleted at any time: downloads, indexes.</summary>
    public string CacheDirectory { get; }

    /// <summary>
    /// Finds the home: what was asked for; <c>GUILD_HOME</c>; the <c>.guild</c> of the activated virtual environment if there
    /// is one; the nearest <c>.guild</c> upward from the current folder to the user's folder; <c>.guild</c> in the user's folder.
    /// </summary>
    /// <returns>The absolute path of the home, which need not exist.</returns>
    public static string Locate(HomeSearch search)
    {
        ArgumentNullException.ThrowIfNull(search);
        var asked = string.IsNullOrEmpty(search.ExplicitHome) ? Variable(search, "GUILD_HOME") : search.ExplicitHome;
        if (asked is not null)
        {
            return System.IO.Path.GetFullPath(WithoutTilde(asked, search.UserHome), search.CurrentDirectory);
        }

        return HomeOfVirtualEnvironment(search)
            ?? NearestAbove(search)
            ?? System.IO.Path.Join(search.UserHome, FolderName);
    }

    private static string? HomeOfVirtualEnvironment(HomeSearch search)
    {
        // An environment made with venv inside an activated Conda environment is the inner one, so it is asked first.
        var environment = Variable(search, "VIRTUAL_ENV") ?? Variable(search, "CONDA_PREFIX");
        if (environment is null)
        {
            return null;
        }

        var home = System.IO.Path.Join(System.IO.Path.GetFullPath(environment, search.CurrentDirectory), FolderName);
        return Directory.Exists(home) ? home : null;
    }

    private static string? NearestAbove(HomeSearch search)
    {
        var last = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(search.UserHome));
        for (var directory = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(search.CurrentDirectory));
            directory is not null;
            directory = System.IO.Path.GetDirectoryName(directory))
        {
            var home = System.IO.Path.Join(directory, FolderName);
            if (Directory.Exists(home) && !BelongsToRun(home))
            {
                return home;
            }

            if (string.Equals(directory, last, StringComparison.Ordinal))
            {
                return null;
            }
        }

        return null;
    }

    // Each run directory has a .guild of its own: who works inside a run must not turn its record into a home.
    private static bool BelongsToRun(string guildFolder) =>
        File.Exists(System.IO.Path.Join(guildFolder, "opref")) || Directory.Exists(System.IO.Path.Join(guildFolder, "attrs"));

    private static string? Variable(HomeSearch search, string name) =>
        search.Environment.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    private static string WithoutTilde(string path, string userHome) => path switch
    {
        "~" => userHome,
        ['~', '/' or '\\', .. var rest] => System.IO.Path.Join(userHome, rest),
        _ => path,
    };
}
