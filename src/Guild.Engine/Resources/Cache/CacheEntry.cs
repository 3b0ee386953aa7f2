namespace Guild.Engine.Resources;

/// <summary>What an entry of the cache holds.</summary>
public enum CacheEntryKind
{
    /// <summary>A file of the web, or a part of one.</summary>
    Download,

    /// <summary>What an archive was unpacked to, or what a command made of a file.</summary>
    Contents,
}

/// <summary>An entry of the cache that all runs of a home share.</summary>
public sealed record CacheEntry
{
    /// <summary>The name of its folder.</summary>
    public required string Name { get; init; }

    /// <summary>What it holds.</summary>
    public required CacheEntryKind Kind { get; init; }

    /// <summary>The name of the file, or of the archive that was unpacked; that of the folder where it is not known.</summary>
    public required string FileName { get; init; }

    /// <summary>The web address without password, or the absolute path, that it came from; null if it is not known, as of what other tools made.</summary>
    public string? Source { get; init; }

    /// <summary>The absolute path of the file, or of the folder with the contents.</summary>
    public required string Path { get; init; }

    /// <summary>False for a file of which only a part has come.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>The size of all its files in bytes.</summary>
    public long Length { get; init; }

    /// <summary>The SHA-256 of the file, or of what the contents were made of, in lower-case hexadecimal; null if it is not known.</summary>
    public string? Sha256 { get; init; }

    /// <summary>When it was downloaded or made.</summary>
    public DateTimeOffset Made { get; init; }

    /// <summary>When a run last took it; when it was made if that is not known.</summary>
    public DateTimeOffset LastUsed { get; init; }

    /// <summary>The command that the contents were made by, or null.</summary>
    public string? PostProcess { get; init; }

    /// <summary>Looks at a folder of the cache; null if it is gone. Nothing is hashed.</summary>
    internal static CacheEntry? Read(CacheFolder folder, string name, CancellationToken cancellation)
    {
        var directory = folder.Entry(name);
        try
        {
            var note = CacheNote.Read(directory);
            var length = Tree.Entries(directory, TreeLinks.AreKept, cancellation).Sum(entry => entry.Size);
            return Archives.ArchiveCache.FilesOf(directory) is { } files
                ? OfContents(name, files, note, length)
                : OfDownload(name, directory, note, length);
        }
        catch (Exception error) when (error is DirectoryNotFoundException or FileNotFoundException)
        {
            return null;
        }
    }

    private static CacheEntry OfContents(string name, string files, CacheNote? note, long length)
    {
        var made = note?.Made ?? new DateTimeOffset(Directory.GetLastWriteTimeUtc(files));
        return new CacheEntry
        {
            Name = name,
            Kind = CacheEntryKind.Contents,
            FileName = note?.Name ?? name,
            Source = note?.Source,
            Path = files,
            Length = length,
            Sha256 = note?.Sha256 ?? name.Split('-')[0],
            Made = made,
            LastUsed = CacheNote.LastUsed(System.IO.Path.GetDirectoryName(files)!) ?? made,
            PostProcess = note?.PostProcess,
        };
    }

    private static CacheEntry OfDownload(string name, string directory, CacheNote? note, long length)
    {
        var file = new DirectoryInfo(directory).EnumerateFiles()
            .Where(file => !CacheNote.IsOwn(file.Name) && (note is null || file.Name == note.Name))
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        var made = note?.Made ?? new DateTimeOffset(file?.LastWriteTimeUtc ?? Directory.GetLastWriteTimeUtc(directory));
        return new CacheEntry
        {
            Name = name,
            Kind = CacheEntryKind.Download,
            FileName = note?.Name ?? file?.Name ?? name,
            Source = note?.Source,
            Path = System.IO.Path.Join(directory, note?.Name ?? file?.Name),
            IsWhole = file is not null,
            Length = length,
            Sha256 = file is null ? null : note?.HashOf(file.FullName),
            Made = made,
            LastUsed = CacheNote.LastUsed(directory) ?? made,
        };
    }
}
