using Guild.Engine.Execution;
using Guild.Engine.Resources;

namespace Guild.Engine.Runs.Transfer;

/// <summary>What an entry of a run is once the run is elsewhere.</summary>
internal enum RunTreeKind
{
    Folder,
    File,
    Link,
    LinkToFolder,
}

/// <summary>A file, folder or link of a run.</summary>
/// <param name="Path">The path in the run, with <c>/</c>.</param>
/// <param name="Kind">What it is to become.</param>
/// <param name="Length">The size of a file in bytes; else 0.</param>
/// <param name="Target">What a link says; else null.</param>
internal sealed record RunTreeEntry(string Path, RunTreeKind Kind, long Length = 0, string? Target = null);

/// <summary>All that is taken along of a run, each folder before what is in it.</summary>
internal sealed class RunTree
{
    // They say which process of which host the run is, which is true nowhere else; and a lock is nobody's elsewhere.
    private static readonly string[] LeftBehind = [".guild/LOCK", ".guild/LOCK.remote", ".guild/PROCESS", ".guild/" + StopMark.Name, ".guild/" + RunDirectory.AnnotationLockName];

    private RunTree(string root, IReadOnlyList<RunTreeEntry> entries)
    {
        Root = root;
        Entries = entries;
        Length = entries.Sum(entry => entry.Length);
    }

    public string Root { get; }

    public IReadOnlyList<RunTreeEntry> Entries { get; }

    /// <summary>The bytes of all files.</summary>
    public long Length { get; }

    /// <summary>Reads names and sizes. Raises what the system raises for what cannot be read.</summary>
    /// <param name="root">The folder of the run.</param>
    /// <param name="links">Whether what links lead to takes their place. A link that leads nowhere stays one.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static RunTree Read(string root, TreeLinks links, CancellationToken cancellation) => new(root,
    [
        .. Tree.Entries(root, links, cancellation)
            .Where(entry => !LeftBehind.Contains(entry.Path, StringComparer.Ordinal))
            .Select(entry => ToEntry(root, entry, links)),
    ]);

    /// <summary>Removes what a run that is moved as a whole must leave behind. It has ended, so nobody needs it any more.</summary>
    public static void RemoveLeftBehind(string root)
    {
        foreach (var path in LeftBehind)
        {
            File.Delete(Path.Join(root, path));
        }
    }

    private static RunTreeEntry ToEntry(string root, TreeEntry entry, TreeLinks links)
    {
        if (!entry.IsLink)
        {
            return entry.IsDirectory ? new(entry.Path, RunTreeKind.Folder) : new(entry.Path, RunTreeKind.File, entry.Size);
        }

        if (links == TreeLinks.AreFollowed)
        {
            if (entry.IsDirectory)
            {
                return new(entry.Path, RunTreeKind.Folder);
            }

            if (File.ResolveLinkTarget(Path.Join(root, entry.Path), returnFinalTarget: true) is FileInfo { Exists: true } file)
            {
                return new(entry.Path, RunTreeKind.File, file.Length);
            }
        }

        return new(entry.Path, entry.IsDirectory ? RunTreeKind.LinkToFolder : RunTreeKind.Link, 0, entry.LinkTarget);
    }
}
