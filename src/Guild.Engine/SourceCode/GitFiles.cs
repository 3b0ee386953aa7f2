using System.ComponentModel;
using System.Diagnostics;
using System.Text;

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
        string directory, SourceSnapshotOptions options, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(options.GitProgram ?? "git", ["ls-files", "-z", .. arguments])
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        SetEnvironment(start, options.Environment);
        try
        {
            using var git = Process.Start(start) ?? throw new GitListingException("git did not start");
            using var stop = cancellation.Register(() => git.Kill(entireProcessTree: true));
            git.StandardInput.Close();
            var errors = git.StandardError.ReadToEndAsync(CancellationToken.None);
            var output = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            cancellation.ThrowIfCancellationRequested();
            return git.ExitCode == 0
                ? output.Split('\0', StringSplitOptions.RemoveEmptyEntries)
                : throw new GitListingException(errors.GetAwaiter().GetResult().Trim());
        }
        catch (Win32Exception error)
        {
            throw new GitListingException(error.Message, error);
        }
    }

    // A session that was started by git itself, as a hook is, must not point this git at another repository.
    private static void SetEnvironment(ProcessStartInfo start, IReadOnlyDictionary<string, string> environment)
    {
        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            if (!name.StartsWith("GIT_", StringComparison.Ordinal))
            {
                start.Environment[name] = value;
            }
        }

        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
    }
}

/// <summary>Git could not tell which files a folder has. The message is git's, or the system's.</summary>
internal sealed class GitListingException(string message, Exception? inner = null) : Exception(message, inner);
