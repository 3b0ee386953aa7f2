using System.IO.Enumeration;
using Guild.Engine.SourceCode;

namespace Guild.Engine.Resources;

/// <summary>What a walk does with links to folders.</summary>
internal enum TreeLinks
{
    /// <summary>They are entries themselves and are not entered.</summary>
    AreKept,

    /// <summary>They are entered, except those to a folder that holds them.</summary>
    AreFollowed,
}

/// <summary>An entry of a folder tree.</summary>
/// <param name="Path">The path relative to the tree's root, with <c>/</c> between its parts.</param>
/// <param name="IsDirectory">True for a folder, or a link to one.</param>
/// <param name="IsLink">True for a link.</param>
/// <param name="LinkTarget">What a link says, or null.</param>
/// <param name="Size">The size in bytes; 0 for folders and links.</param>
internal sealed record TreeEntry(string Path, bool IsDirectory, bool IsLink, string? LinkTarget, long Size);

/// <summary>The files and folders below a folder.</summary>
internal static class Tree
{
    private const int DeepestFolder = 1000;

    private static readonly EnumerationOptions EveryEntry = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    /// <summary>All entries, each folder before what is in it, by name. Raises what the system raises for what cannot be read.</summary>
    public static IEnumerable<TreeEntry> Entries(string root, TreeLinks links, CancellationToken cancellation) =>
        Below(root, "", links == TreeLinks.AreFollowed ? new RealFolder(RealPath.Of(root), null) : null, DeepestFolder, cancellation);

    /// <summary>The entries of one folder by name.</summary>
    public static IReadOnlyList<TreeEntry> Children(string directory) =>
        [.. new FileSystemEnumerable<TreeEntry>(directory, ToEntry, EveryEntry).OrderBy(entry => entry.Path, CodePointOrder.Instance)];

    private static IEnumerable<TreeEntry> Below(string directory, string path, RealFolder? real, int depth, CancellationToken cancellation)
    {
        foreach (var child in Children(directory))
        {
            cancellation.ThrowIfCancellationRequested();
            var entry = child with { Path = path.Length == 0 ? child.Path : $"{path}/{child.Path}" };
            yield return entry;
            if (!child.IsDirectory)
            {
                continue;
            }

            var full = Path.Join(directory, child.Path);
            var inside = child.IsLink ? real?.Follow(full) : real?.Child(child.Path);
            if (child.IsLink && inside is null)
            {
                continue;
            }

            if (depth == 0)
            {
                throw new IOException($"'{full}' lies deeper than {DeepestFolder} folders.");
            }

            foreach (var below in Below(full, entry.Path, inside, depth - 1, cancellation))
            {
                yield return below;
            }
        }
    }

    private static TreeEntry ToEntry(ref FileSystemEntry entry)
    {
        var isLink = (entry.Attributes & FileAttributes.ReparsePoint) != 0;
        return new TreeEntry(
            entry.FileName.ToString(),
            entry.IsDirectory,
            isLink,
            isLink ? new FileInfo(entry.ToFullPath()).LinkTarget : null,
            isLink || entry.IsDirectory ? 0 : entry.Length);
    }
}
