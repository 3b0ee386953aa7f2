using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Guild.Engine.Execution;
using Guild.Engine.GuildFiles;

namespace Guild.Engine.Resources;

/// <summary>
/// The command that a source has for what it brings (<c>post-process</c>). It works on a copy in the cache that is kept under the content and the command, so it
/// is run once for both, never on the user's own file, and a copy that it failed on is not kept.
/// </summary>
internal sealed class PostProcess
{
    private const int TailLines = 20;
    private const int DigestLength = 16;

    private readonly SourceRequest _request;

    private PostProcess(SourceRequest request, string command) => (_request, Command) = (request, command);

    /// <summary>The command.</summary>
    public string Command { get; }

    /// <summary>Tells the command in names of the cache.</summary>
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Command)))[..DigestLength];

    /// <summary>The command of a source; null if it has none. What the user puts in its place is taken as it is.</summary>
    public static PostProcess? Of(SourceRequest request) =>
        request.Source is { Kind: SourceKind.File or SourceKind.Url, PostProcess: { Length: > 0 } command } && request.Substitute is null
            ? new PostProcess(request, command)
            : null;

    /// <summary>Runs the command in a folder of its own. Raises <see cref="ResourceException"/> with the end of its output if it fails.</summary>
    /// <param name="activity">The work whose progress is reported.</param>
    /// <param name="directory">The absolute path of the folder, whose files are unlocked for it and locked again after it.</param>
    /// <param name="cancellation">Stops the command.</param>
    public void Run(string activity, string directory, CancellationToken cancellation)
    {
        var events = _request.Context.Events;
        events.Report(new DetailEvent($"Running the post-process of {_request.Name}: {Command}"));
        events.Report(new ProgressEvent(activity, $"Running {Command}"));
        var tail = new Queue<string>();
        SetWritable(directory, isWritable: true, cancellation);
        var exit = Start(directory, line => Take(line, tail), cancellation);
        if (exit.Status != 0)
        {
            throw _request.Fail(
                $"its post-process '{Command}' {How(exit)}.{Text(tail)}",
                "Correct 'post-process' in the Guild file; it runs in a folder of its own with what the source brings.");
        }

        SetWritable(directory, isWritable: false, cancellation);
    }

    private ProgramExit Start(string directory, Action<string> onLine, CancellationToken cancellation)
    {
        var environment = new Dictionary<string, string>(_request.Context.Environment, StringComparer.Ordinal)
        {
            ["PROJECT_DIR"] = _request.Resource.Location,
        };
        var (shell, arguments) = SystemShell.Of(Command, Path.Join(Path.GetDirectoryName(directory), "post-process.cmd"), environment);
        var start = new ProgramStart
        {
            FileName = shell,
            Arguments = arguments,
            WorkingDirectory = directory,
            Environment = environment,
            MergesStreams = true,
        };
        try
        {
            return WatchedProgram.Run(start, onLine, cancellation);
        }
        catch (ProgramException error)
        {
            throw _request.Fail($"its post-process could not be started: {error.Message}", error.RecommendedAction, error);
        }
    }

    private void Take(string line, Queue<string> tail)
    {
        _request.Context.Events.Report(new DetailEvent(line));
        tail.Enqueue(line);
        if (tail.Count > TailLines)
        {
            _ = tail.Dequeue();
        }
    }

    private static string How(ProgramExit exit) => exit.Signal is { } signal
        ? string.Create(CultureInfo.InvariantCulture, $"was ended by signal {signal}")
        : string.Create(CultureInfo.InvariantCulture, $"ended with exit code {exit.Status}");

    private static string Text(Queue<string> tail) => tail.Count == 0
        ? " It wrote nothing."
        : $" The last that it wrote:\n{string.Join('\n', tail.Select(line => $"  {line}"))}\n";

    // Unpacked files may not be written to, because runs share them; the command may.
    private static void SetWritable(string directory, bool isWritable, CancellationToken cancellation)
    {
        const UnixFileMode write = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        foreach (var entry in Tree.Entries(directory, TreeLinks.AreKept, cancellation).Where(entry => entry is { IsDirectory: false, IsLink: false }))
        {
            var path = Path.Join(directory, entry.Path);
            var mode = File.GetUnixFileMode(path);
            File.SetUnixFileMode(path, isWritable ? mode | UnixFileMode.UserWrite : mode & ~write);
        }
    }
}
