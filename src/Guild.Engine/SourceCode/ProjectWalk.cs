using System.IO.Enumeration;
using Guild.Engine.Resources;

namespace Guild.Engine.SourceCode;

/// <summary>
/// Walks through a project's folder: files of a folder before its subfolders, both by name. Links to folders are followed, but
/// never to a folder that holds the link.
/// </summary>
internal sealed class ProjectWalk
{
    private const int DeepestFolder = 128;

    private static readonly EnumerationOptions EveryEntry = new()
    {
        AttributesToSkip = FileAttributes.None,
        IgnoreInaccessible = false,
        RecurseSubdirectories = false,
        ReturnSpecialDirectories = false,
    };

    private readonly string _root;
    private readonly SelectionRules _rules;
    private readonly SourceSnapshotOptions _options;
    private readonly CancellationToken _cancellation;
    private readonly HashSet<string> _dependencies;
    private readonly HashSet<string> _excluded;
    private readonly List<SourceFile> _files = [];
    private readonly List<LeftOutFile> _leftOut = [];
    private readonly List<string> _skipped = [];
    private long _defaultSize;

    public ProjectWalk(string root, string projectDirectory, SelectionRules rules, SourceSnapshotOptions options, CancellationToken cancellation)
    {
        _root = root;
        _rules = rules;
        _options = options;
        _cancellation = cancellation;
        _excluded = [.. options.ExcludedDirectories.Select(Path.TrimEndingDirectorySeparator)];

        // A dependency that is the project's folder itself, or one above it, would leave no source code at all.
        _dependencies = [.. options.LocalDependencies
            .Select(path => Path.GetRelativePath(root, Path.GetFullPath(path, projectDirectory)).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(path => path != "." && path != ".." && !path.StartsWith("../", StringComparison.Ordinal))];
    }

    public IReadOnlyList<SourceFile> Files => _files;

    public IReadOnlyList<LeftOutFile> LeftOut => _leftOut;

    public IReadOnlyList<string> Skipped => _skipped;

    public void Run() => Enter(_root, path: "", real: new RealFolder(RealPath.Of(_root), CameFrom: null), depth: 0);

    private void Enter(string directory, string path, RealFolder real, int depth)
    {
        _cancellation.ThrowIfCancellationRequested();
        if (!TryList(directory, path, out var entries))
        {
            return;
        }

        foreach (var entry in entries.Where(entry => !entry.IsDirectory))
        {
            Look(entry, directory, path.Length == 0 ? entry.Name : $"{path}/{entry.Name}");
        }

        foreach (var entry in entries.Where(entry => entry.IsDirectory))
        {
            var (child, childPath) = (Path.Join(directory, entry.Name), path.Length == 0 ? entry.Name : $"{path}/{entry.Name}");
            if (!IsEntered(entry, child, childPath))
            {
                Skip($"{childPath}/");
                continue;
            }

            var childReal = entry.IsLink ? real.Follow(child) : real.Child(entry.Name);
            if (depth >= DeepestFolder || childReal is null)
            {
                _leftOut.Add(new LeftOutFile(childPath, LeftOutReason.LinkCycle, 0));
                continue;
            }

            Enter(child, childPath, childReal, depth + 1);
        }
    }

    // The record of a run lies in its .guild folder, so one of the project must never be copied over it, whatever rules say.
    private bool IsEntered(Entry entry, string directory, string path) =>
        !string.Equals(entry.Name, ".guild", StringComparison.OrdinalIgnoreCase)
        && !_dependencies.Contains(path)
        && !_excluded.Contains(directory)
        && _rules.IsEntered(new Candidate(path, directory, 0));

    // A name that is no UTF-8 is read with replacement characters, and a file is not found again under such a name.
    private void Look(Entry entry, string directory, string path)
    {
        if (_dependencies.Contains(path))
        {
            Skip(path);
            return;
        }

        var fullPath = Path.Join(directory, entry.Name);
        var isNamed = !entry.Name.Contains('\uFFFD', StringComparison.Ordinal) || File.Exists(fullPath);
        var size = entry.IsLink ? LinkedSize(fullPath) : entry.Size;
        var verdict = _rules.Judge(new Candidate(path, fullPath, size ?? 0));
        if (!verdict.IsSelected)
        {
            LeaveOut(path, verdict.Reason, size ?? 0);
        }
        else if (!isNamed || path.AsSpan().ContainsAny('\n', '\r'))
        {
            LeaveOut(path, LeftOutReason.UnusableName, size ?? 0);
        }
        else if (size is null)
        {
            LeaveOut(path, LeftOutReason.Unreadable, 0);
        }
        else if (verdict.IsByDefault && _defaultSize + size.Value > _options.MaximumTotalSize)
        {
            LeaveOut(path, LeftOutReason.OverTotal, size.Value);
        }
        else
        {
            _defaultSize += verdict.IsByDefault ? size.Value : 0;
            _files.Add(new SourceFile(path, size.Value));
        }
    }

    private void Skip(string path)
    {
        if (_options.IsExplained)
        {
            _skipped.Add(path);
        }
    }

    private void LeaveOut(string path, LeftOutReason? reason, long size)
    {
        Skip(path);
        if (reason is not null)
        {
            _leftOut.Add(new LeftOutFile(path, reason.Value, size));
        }
    }

    private bool TryList(string directory, string path, out Entry[] entries)
    {
        try
        {
            entries = [.. new FileSystemEnumerable<Entry>(directory, ToEntry, EveryEntry)];
            Array.Sort(entries, (x, y) => CodePointOrder.Instance.Compare(x.Name, y.Name));
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            entries = [];
            _leftOut.Add(new LeftOutFile(path.Length == 0 ? "." : path, LeftOutReason.Unreadable, 0));
            return false;
        }
    }

    private static Entry ToEntry(ref FileSystemEntry entry)
    {
        var isLink = (entry.Attributes & FileAttributes.ReparsePoint) != 0;
        return new Entry(entry.FileName.ToString(), entry.IsDirectory, isLink, entry.IsDirectory || isLink ? 0 : entry.Length);
    }

    private static long? LinkedSize(string link)
    {
        try
        {
            return File.ResolveLinkTarget(link, returnFinalTarget: true) is FileInfo { Exists: true } target ? target.Length : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private sealed record Entry(string Name, bool IsDirectory, bool IsLink, long Size);
}
