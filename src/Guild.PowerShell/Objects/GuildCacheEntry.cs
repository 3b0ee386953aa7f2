using Guild.Engine.Resources;

namespace Guild.PowerShell;

/// <summary>An entry of the cache that all runs of a Guild home share.</summary>
public sealed class GuildCacheEntry
{
    internal GuildCacheEntry(CacheEntry entry, IReadOnlySet<string>? users)
    {
        Name = entry.FileName;
        Kind = entry.Kind == CacheEntryKind.Contents ? "contents" : entry.IsWhole ? "file" : "part";
        Source = entry.Source;
        Length = entry.Length;
        Time = entry.Made;
        LastUsed = entry.LastUsed;
        Sha256 = entry.Sha256;
        Path = entry.Path;
        PostProcess = entry.PostProcess;
        RunId = [.. (users ?? new HashSet<string>()).Order(StringComparer.Ordinal)];
    }

    /// <summary>The name of the file, or of the archive that was unpacked.</summary>
    public string Name { get; }

    /// <summary>What it is: file, part (of a file), or contents (of an archive, or what a command made).</summary>
    public string Kind { get; }

    /// <summary>The web address without password, or the path, that it came from; null if that is not known.</summary>
    public string? Source { get; }

    /// <summary>The size in bytes.</summary>
    public long Length { get; }

    /// <summary>When it was downloaded or made.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>When a run last took it.</summary>
    public DateTimeOffset LastUsed { get; }

    /// <summary>The SHA-256 of the file, or of what the contents were made of; null if it is not known.</summary>
    public string? Sha256 { get; }

    /// <summary>Where it is, or was.</summary>
    public string Path { get; }

    /// <summary>The command that made the contents, or null.</summary>
    public string? PostProcess { get; }

    /// <summary>The ids of the runs that link to it.</summary>
    public string[] RunId { get; }

    /// <summary>The name of the file.</summary>
    public override string ToString() => Name;
}
