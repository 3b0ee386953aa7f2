using System.Collections.Concurrent;
using Guild.Engine.GuildFiles;

namespace Guild.Engine.Operations;

/// <summary>
/// Keeps the projects that were read last, because completion and dynamic parameters ask for the same project with every
/// key press. A project is read again when its Guild file's size or time differs.
/// </summary>
internal static class ProjectCache
{
    private const int Capacity = 64;

    // A file that was written a moment ago can be written again within the clock's resolution, with the same size.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    private static readonly ConcurrentDictionary<string, Entry> Entries = new(StringComparer.Ordinal);

    public static Project Open(string directoryOrFile)
    {
        var path = System.IO.Directory.Exists(directoryOrFile)
            ? Path.Combine(directoryOrFile, GuildFileReader.FileName)
            : directoryOrFile;
        var info = new FileInfo(path);
        if (!info.Exists)
        {
            throw new GuildFileNotFoundException(System.IO.Directory.Exists(directoryOrFile) ? directoryOrFile : Path.GetDirectoryName(path) ?? path);
        }

        var stamp = new Stamp(info.Length, info.LastWriteTimeUtc);
        if (Entries.TryGetValue(path, out var known) && known.Stamp == stamp && known.ReadAt - stamp.Time > Settled)
        {
            return known.Project;
        }

        var readAt = DateTime.UtcNow;
        var project = Project.FromFile(GuildFileReader.Load(path));
        if (Entries.Count >= Capacity)
        {
            Entries.Clear();
        }

        Entries[path] = new Entry(stamp, readAt, project);
        return project;
    }

    private readonly record struct Stamp(long Length, DateTime Time);

    private sealed record Entry(Stamp Stamp, DateTime ReadAt, Project Project);
}
