using System.IO.Compression;
using Guild.Engine.Resources.Archives;

namespace Guild.Engine.Runs.Transfer;

/// <summary>What is in a zip file before runs are added to it.</summary>
internal static class ZipContents
{
    /// <summary>The names of the folders at the top; none if there is no file.</summary>
    /// <exception cref="RunArchiveException">It is no zip file.</exception>
    public static HashSet<string> RunsIn(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            using var file = Open(path);
            using var zip = ZipFileArchive.Open(file);
            return zip.Entries.Select(entry => entry.FullName.Split('/')[0]).ToHashSet(StringComparer.Ordinal);
        }
        catch (InvalidDataException error)
        {
            throw new RunArchiveException(path, $"'{path}' is no zip file, or it is damaged: {error.Message}", "Name another file. This one was not changed.", error);
        }
    }

    /// <summary>Size and time of the file, to see whether somebody else changed it; null if there is none.</summary>
    public static (long Length, DateTime Time)? StampOf(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? (file.Length, file.LastWriteTimeUtc) : null;
    }

    /// <summary>Writes all entries of a file into another one, if the file is there.</summary>
    public static void CopyAll(string path, ZipArchive to, CancellationToken cancellation)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using var file = Open(path);
        using var from = ZipFileArchive.Open(file);
        foreach (var entry in from.Entries)
        {
            cancellation.ThrowIfCancellationRequested();
            if (entry.IsEncrypted)
            {
                throw new ArchiveException("is encrypted.", entry.FullName, "Export to another file.");
            }

            var copy = to.CreateEntry(entry.FullName, CompressionLevel.Optimal);
            copy.ExternalAttributes = entry.ExternalAttributes;
            copy.LastWriteTime = entry.LastWriteTime;
            copy.Comment = entry.Comment;
            if (entry.FullName.EndsWith('/'))
            {
                continue;
            }

            using var source = entry.Open();
            using var target = copy.Open();
            Copy(source, target, cancellation);
        }
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 128 * 1024);

    private static void Copy(Stream source, Stream target, CancellationToken cancellation)
    {
        var buffer = new byte[128 * 1024];
        while (source.Read(buffer) is var count and > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            target.Write(buffer, 0, count);
        }
    }
}
