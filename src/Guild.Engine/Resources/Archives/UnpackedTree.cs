namespace Guild.Engine.Resources.Archives;

/// <summary>
/// The folder that an archive is unpacked to. Nothing is ever written through a link: links are made last, and only if they stay
/// inside; no entry takes the place of another.
/// </summary>
internal sealed class UnpackedTree : IDisposable
{
    private readonly string _root;
    private readonly FileNaming _naming;
    private readonly UnpackMeter _meter;
    private readonly Dictionary<string, Entry> _entries;
    private readonly List<(string Name, string From, string To)> _hardLinks = [];
    private readonly FileWriters _files = new();

    /// <summary>Begins in an empty folder.</summary>
    public UnpackedTree(string root, FileNaming naming, UnpackMeter meter)
    {
        _root = root;
        _naming = naming;
        _meter = meter;
        _entries = new Dictionary<string, Entry>(naming.IsCaseSensitive ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>True if all runs share the contents, so that none may write to them.</summary>
    public bool IsShared { get; init; } = true;

    private enum EntryKind
    {
        Directory,
        File,
        Link,
    }

    /// <summary>Makes a folder, if it is not there already.</summary>
    public void AddDirectory(string name)
    {
        var path = Begin(name);
        if (path.Length > 0)
        {
            AddFolder(name, path);
        }
    }

    /// <summary>Writes a file.</summary>
    /// <param name="name">The name as the archive has it.</param>
    /// <param name="content">The content, or null for none.</param>
    /// <param name="mode">The rights that the archive says, or null if it says none.</param>
    /// <param name="time">When it was last written.</param>
    public void AddFile(string name, Stream? content, UnixFileMode? mode, DateTimeOffset time)
    {
        var path = Take(name, EntryKind.File, null);
        _files.Add(new NewFile(name, FullPath(path), mode, time, IsShared), content);
    }

    /// <summary>Takes note of a symbolic link, which is made by <see cref="Finish"/>.</summary>
    public void AddLink(string name, string target) => Take(name, EntryKind.Link, target);

    /// <summary>Writes a file once more under another name. As a copy: a hard link would be one file for whoever writes to a copy of it.</summary>
    /// <param name="name">The name as the archive has it.</param>
    /// <param name="target">The name of an entry that came before.</param>
    public void AddHardLink(string name, string target)
    {
        var original = EntryName.ToPath(target, _naming);
        if (!_entries.TryGetValue(original, out var known) || known.Kind != EntryKind.File)
        {
            throw new ArchiveException($"is a hard link to '{target}', which is no file that comes before it in the archive.", name);
        }

        // The original can be on its way to the disk still.
        _hardLinks.Add((name, FullPath(known.Path), FullPath(Take(name, EntryKind.File, null))));
    }

    /// <summary>Writes what is not written yet, and makes the links. Raises <see cref="ArchiveException"/> for one that leads out, through whatever other links.</summary>
    public void Finish()
    {
        _files.Finish();
        foreach (var (name, from, to) in _hardLinks)
        {
            _meter.Add(new FileInfo(from).Length);
            Write(name, () => File.Copy(from, to));
        }

        var links = _entries.Values.Where(entry => entry.Kind == EntryKind.Link).ToArray();
        var targets = Array.ConvertAll(links, Resolve);
        for (var i = 0; i < links.Length; i++)
        {
            var (link, isDirectory) = (links[i], targets[i].Length == 0 || (_entries.TryGetValue(targets[i], out var entry) && entry.Kind == EntryKind.Directory));
            Write(link.Path, () => _ = isDirectory
                ? Directory.CreateSymbolicLink(FullPath(link.Path), link.Target!)
                : File.CreateSymbolicLink(FullPath(link.Path), link.Target!));
        }
    }

    /// <summary>Ends the writing; what is not written by then is not wanted any more.</summary>
    public void Dispose() => _files.Dispose();

    private string Begin(string name)
    {
        _meter.Enter(name);
        return EntryName.ToPath(name, _naming);
    }

    private string Take(string name, EntryKind kind, string? target)
    {
        var path = Begin(name);
        if (path.Length == 0)
        {
            throw new ArchiveException("has no name.", name);
        }

        AddParent(name, path);
        Register(name, new Entry(path, kind, target));
        return path;
    }

    private void AddFolder(string name, string path)
    {
        AddParent(name, path);
        if (Register(name, new Entry(path, EntryKind.Directory, null)))
        {
            Write(name, () => Directory.CreateDirectory(FullPath(path)));
        }
    }

    private void AddParent(string name, string path)
    {
        var end = path.LastIndexOf('/');
        if (end < 0)
        {
            return;
        }

        var parent = path[..end];
        if (!_entries.TryGetValue(parent, out var known))
        {
            AddFolder(name, parent);
            return;
        }

        RequireSameCase(name, parent, known);
        if (known.Kind != EntryKind.Directory)
        {
            var kind = known.Kind == EntryKind.Link ? "link" : "file";
            throw new ArchiveException($"lies in '{parent}', which is a {kind} in the same archive.", name);
        }
    }

    // True if it was not there; false for a folder that was.
    private bool Register(string name, Entry entry)
    {
        if (_entries.TryAdd(entry.Path, entry))
        {
            return true;
        }

        var known = _entries[entry.Path];
        RequireSameCase(name, entry.Path, known);
        return known.Kind == EntryKind.Directory && entry.Kind == EntryKind.Directory
            ? false
            : throw new ArchiveException("is in the archive twice, so it cannot be told which of them is meant.", name);
    }

    private static void RequireSameCase(string name, string path, Entry known)
    {
        if (known.Path != path)
        {
            throw new ArchiveException($"differs only in case from '{known.Path}', and the file system does not tell them apart.", name);
        }
    }

    // Follows a link as the system will once all links are there. The path of what it leads to, "" for the root.
    private string Resolve(Entry link)
    {
        const int mostLinks = 40;
        var at = new List<string>(link.Path.Split('/')[..^1]);
        var rest = new Stack<string>();
        Push(link);
        for (var followed = 0; rest.TryPop(out var part);)
        {
            if (part == "..")
            {
                if (at.Count == 0)
                {
                    throw LeadsOut(link);
                }

                at.RemoveAt(at.Count - 1);
                continue;
            }

            at.Add(part);
            if (_entries.TryGetValue(string.Join('/', at), out var next) && next.Kind == EntryKind.Link)
            {
                followed++;
                if (followed > mostLinks)
                {
                    throw new ArchiveException($"is a link to '{link.Target}' that leads in a circle.", link.Path);
                }

                at.RemoveAt(at.Count - 1);
                Push(next);
            }
        }

        return string.Join('/', at);

        void Push(Entry from)
        {
            var target = from.Target!;
            if (target.Length == 0 || EntryName.IsRooted(target) || target.Contains('\0', StringComparison.Ordinal))
            {
                throw LeadsOut(from);
            }

            var hasParentByBackslash = target.Contains('\\', StringComparison.Ordinal) && target.Split('/', '\\').Contains("..");
            if (hasParentByBackslash)
            {
                throw LeadsOut(from);
            }

            foreach (var part in target.Split('/').Where(part => part is not ("" or ".")).Reverse())
            {
                rest.Push(part);
            }
        }
    }

    private static ArchiveException LeadsOut(Entry link) =>
        new($"is a link to '{link.Target}', which leads out of the folder that it is unpacked to.", link.Path);

    private static void Write(string name, Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw WrittenFile.Unwritable(name, error);
        }
    }

    private string FullPath(string path) => Path.Join(_root, path);

    private sealed record Entry(string Path, EntryKind Kind, string? Target);
}
