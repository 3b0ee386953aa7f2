using System.IO.Enumeration;
using Guild.Engine.Runs;

namespace Guild.Engine.Resources;

/// <summary>Finds which runs of a home lead into its cache by links. Their records are not asked: who moved or changed a link counts as it is.</summary>
internal static class CacheUsers
{
    private const string RecordFolder = ".guild";

    private static readonly EnumerationOptions EveryEntry = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false, RecurseSubdirectories = true };

    /// <summary>
    /// The ids of the runs by the name of the entry that they lead to. Runs in the trash count, because they can be restored. Raises what the system raises for a
    /// folder that cannot be read: what it holds is not known then.
    /// </summary>
    public static IReadOnlyDictionary<string, IReadOnlySet<string>> Find(GuildHome home, CancellationToken cancellation)
    {
        var (folder, found) = (new CacheFolder(home), new Dictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal));
        var real = RealPath.Of(folder.Path);
        foreach (var run in new[] { home.RunsDirectory, home.TrashDirectory, home.StagingDirectory }.Where(Directory.Exists).SelectMany(Directory.EnumerateDirectories))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var name in Entries(run, Path.Join(home.RunsDirectory, Path.GetFileName(run)), folder, real, cancellation))
            {
                if (!found.TryGetValue(name, out var runs))
                {
                    found[name] = runs = new HashSet<string>(StringComparer.Ordinal);
                }

                ((HashSet<string>)runs).Add(Path.GetFileName(run));
            }
        }

        return found;
    }

    // The links of a run in the trash lead somewhere only once it is back at its place.
    private static List<string> Entries(string run, string place, CacheFolder folder, string realFolder, CancellationToken cancellation)
    {
        var names = new List<string>();
        try
        {
            foreach (var link in Links(run))
            {
                cancellation.ThrowIfCancellationRequested();
                if (EntryOf(link, Path.GetDirectoryName(Path.Join(place, Path.GetRelativePath(run, link)))!, folder, realFolder) is { } name)
                {
                    names.Add(name);
                }
            }
        }
        catch (DirectoryNotFoundException)
        {
            // The run, or a folder of it, was deleted meanwhile.
        }

        return names;
    }

    private static FileSystemEnumerable<string> Links(string run) => new(run, (ref FileSystemEntry entry) => entry.ToFullPath(), EveryEntry)
    {
        ShouldIncludePredicate = (ref FileSystemEntry entry) => IsLink(ref entry),
        ShouldRecursePredicate = (ref FileSystemEntry entry) =>
            !IsLink(ref entry) && !(entry.FileName.SequenceEqual(RecordFolder) && entry.Directory.Length == entry.RootDirectory.Length),
    };

    // The home can have been reached by another path when the link was made.
    private static string? EntryOf(string link, string place, CacheFolder folder, string realFolder)
    {
        if (new FileInfo(link).LinkTarget is not { } text)
        {
            return null;
        }

        var target = Path.GetFullPath(text, place);
        if (folder.EntryOf(target) is { } name)
        {
            return name;
        }

        var real = RealPath.Of(target);
        return RealPath.IsWithin(real, realFolder) && real.Length > realFolder.Length + 1
            ? real[(realFolder.Length + 1)..].Split(Path.DirectorySeparatorChar, 2)[0]
            : null;
    }

    private static bool IsLink(ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) != 0;
}
