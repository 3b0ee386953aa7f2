using System.Collections.Concurrent;
using Guild.Engine.GuildFiles;

namespace Guild.Engine.Operations;

/// <summary>
/// Keeps the projects that were read last, because completion and dynamic parameters ask for the same project with every
/// key press. A project is read again when the size or time of any file that it was read from differs.
/// </summary>
internal static class ProjectCache
{
    private const int Capacity = 64;

    // A file that was written a moment ago can be written again within the clock's resolution, with the same size.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    private static readonly ConcurrentDictionary<string, Entry> Entries = new(StringComparer.Ordinal);

    public static Project Open(string directoryOrFile, PackageSearch packages)
    {
        var path = System.IO.Directory.Exists(directoryOrFile)
            ? Path.Combine(directoryOrFile, GuildFileReader.FileName)
            : directoryOrFile;
        if (StampOf(path) is not { } stamp)
        {
            throw new GuildFileNotFoundException(System.IO.Directory.Exists(directoryOrFile) ? directoryOrFile : Path.GetDirectoryName(path) ?? path);
        }

        var key = $"{path}\n{packages.Key}";
        if (Entries.TryGetValue(key, out var known) && known.IsFresh())
        {
            // What is installed can have changed since.
            return known.Project.Using(packages);
        }

        var readAt = DateTime.UtcNow;
        var project = Project.FromFile(GuildFileReader.Load(path, packages), packages);
        if (Entries.Count >= Capacity)
        {
            Entries.Clear();
        }

        Entries[key] = new Entry(Stamped(project.File, new StampedFile(path, stamp)), readAt, project);
        return project;
    }

    // The stamp of the main file was taken before it was read, so that a change while it is being read is noticed; the others are
    // trusted only if they were settled by then.
    private static List<StampedFile> Stamped(GuildFile file, StampedFile main)
    {
        var files = new List<StampedFile> { main };
        foreach (var path in file.Sources)
        {
            if (path != main.Path)
            {
                files.Add(new StampedFile(path, StampOf(path)));
            }
        }

        foreach (var path in file.Absent)
        {
            files.Add(new StampedFile(path, StampOf(path)));
        }

        return files;
    }

    private static Stamp? StampOf(string path) => new FileInfo(path) is { Exists: true } info ? new Stamp(info.Length, info.LastWriteTimeUtc) : null;

    private readonly record struct Stamp(long Length, DateTime Time);

    private sealed record StampedFile(string Path, Stamp? Stamp);

    private sealed record Entry(List<StampedFile> Files, DateTime ReadAt, Project Project)
    {
        public bool IsFresh() => Files.TrueForAll(f => StampOf(f.Path) == f.Stamp && (f.Stamp is not { } stamp || ReadAt - stamp.Time > Settled));
    }
}
