namespace Guild.Engine.SourceCode;

/// <summary>The files of a folder that git tracks, and those that it would offer to add.</summary>
internal sealed class GitFiles
{
    /// <summary>The file in which a project names what Guild is to ignore beside what git ignores.</summary>
    public const string GuildIgnoreName = ".guildignore";

    private const int DeepestRepository = 8;

    private readonly Dictionary<string, bool> _isTracked = new(StringComparer.Ordinal);
    private readonly HashSet<string> _directories = new(StringComparer.Ordinal);
    private readonly HashSet<string> _trackedDirectories = new(StringComparer.Ordinal);

    /// <summary>True if there is no file that git knows of.</summary>
    public bool IsEmpty => _isTracked.Count == 0;

    /// <summary>Whether the folder, or one above it, is the work tree of a git repository.</summary>
    public static bool IsInRepository(string directory)
    {
        for (var current = new DirectoryInfo(directory); current is not null; current = current.Parent)
        {
            if (Path.Exists(Path.Join(current.FullName, ".git")))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Asks git for the files of a folder. Raises <see cref="GitListingException"/> if git cannot tell.</summary>
    public static GitFiles List(string directory, SourceSnapshotOptions options, CancellationToken cancellation)
    {
        var files = new GitFiles();
        files.Add(directory, prefix: "", depth: 0, options, cancellation);
        return files;
    }

    public bool IsTracked(string path) => _isTracked.TryGetValue(path, out var isTracked) && isTracked;

    /// <summary>Whether a file is not tracked but not ignored either. That is so below a link too, which git does not follow.</summary>
    public bool IsNew(string path) => _isTracked.TryGetValue(path, out var isTracked) ? !isTracked : IsBelowKnownLink(path);

    public bool IsKnownDirectory(string path) => _directories.Contains(path) || _isTracked.ContainsKey(path) || IsBelowKnownLink(path);

    public bool IsTrackedDirectory(string path) => _trackedDirectories.Contains(path);

    private bool IsBelowKnownLink(string path)
    {
        for (var end = path.LastIndexOf('/'); end > 0; end = path.LastIndexOf('/', end - 1))
        {
            if (_isTracked.ContainsKey(path[..end]))
            {
                return true;
            }
        }

        return false;
    }

    private void Add(string directory, string prefix, int depth, SourceSnapshotOptions options, CancellationToken cancellation)
    {
        var hasGuildIgnore = File.Exists(Path.Join(directory, GuildIgnoreName));
        string[] ignore = hasGuildIgnore ? ["--exclude-from", GuildIgnoreName] : [];
        var listed = Ask(directory, options, ["-t", "--cached", "--others", "--exclude-standard", .. ignore], cancellation);

        // What is tracked is listed whether a pattern matches it or not, so tracked files that Guild is to ignore are asked for.
        var ignored = hasGuildIgnore
            ? Ask(directory, options, ["--cached", "--ignored", .. ignore], cancellation).ToHashSet(StringComparer.Ordinal)
            : [];

        foreach (var line in listed.Where(line => line.Length > 2))
        {
            var path = line[2..].TrimEnd('/');
            if (ignored.Contains(path))
            {
                continue;
            }

            // A submodule, or a repository inside this one, is a folder here; only its own git knows what it ignores.
            var inner = Path.Join(directory, path);
            if (depth < DeepestRepository && Path.Exists(Path.Join(inner, ".git")) && new DirectoryInfo(inner).LinkTarget is null)
            {
                Add(inner, $"{prefix}{path}/", depth + 1, options, cancellation);
            }
            else
            {
                AddFile(prefix + path, isTracked: line[0] != '?');
            }
        }
    }

    private void AddFile(string path, bool isTracked)
    {
        _isTracked[path] = isTracked;
        for (var end = path.LastIndexOf('/'); end > 0; end = path.LastIndexOf('/', end - 1))
        {
            var isSeen = !_directories.Add(path[..end]);
            var isSeenTracked = !isTracked || !_trackedDirectories.Add(path[..end]);
            if (isSeen && isSeenTracked)
            {
                return;
            }
        }
    }

    private static string[] Ask(
        string directory, SourceSnapshotOptions options, IEnumerable<string> arguments, CancellationToken cancellation) =>
        GitProgram.Ask(directory, options, ["ls-files", "-z", .. arguments], cancellation).Split('\0', StringSplitOptions.RemoveEmptyEntries);
}
