using System.Text.Json;

namespace Guild.Engine.Resources;

/// <summary>
/// What is noted of an entry of the cache beside its contents: nothing else tells where they came from. The time of the note's file is
/// when a run last took the entry.
/// </summary>
/// <param name="Name">The name of the file, or of the archive that was unpacked.</param>
/// <param name="Source">The web address, without password, or the path that it was taken from.</param>
/// <param name="Sha256">The SHA-256 of the file, or of what was unpacked or processed, in lower-case hexadecimal; <c>""</c> while it comes.</param>
/// <param name="Made">When it was downloaded or unpacked; while it comes, when that began.</param>
internal sealed record CacheNote(string Name, string Source, string Sha256, DateTimeOffset Made)
{
    private const string FileName = ".guild-cache.json";

    /// <summary>Of a downloaded file: when it was last written, in microseconds since 1970 UTC. Who writes to the file makes the hash void.</summary>
    public long FileTime { get; init; }

    /// <summary>The command that was run on it, or null.</summary>
    public string? PostProcess { get; init; }

    /// <summary>Reads the note of an entry; null if it has none that can be read, as those of other tools.</summary>
    public static CacheNote? Read(string entry)
    {
        try
        {
            return JsonSerializer.Deserialize<CacheNote>(File.ReadAllBytes(PathIn(entry)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>The SHA-256 of the downloaded file; null if it is not known, or someone wrote to the file since.</summary>
    public string? HashOf(string file) => Sha256.Length > 0 && Resources.FileTime.Of(file) == FileTime ? Sha256 : null;

    /// <summary>Writes the note. Raises what the system raises.</summary>
    public void Write(string entry)
    {
        var part = $"{PathIn(entry)}.part";
        File.WriteAllBytes(part, JsonSerializer.SerializeToUtf8Bytes(this));
        File.Move(part, PathIn(entry), overwrite: true);
    }

    /// <summary>Notes that a run takes the entry now.</summary>
    public static void Touch(string entry, DateTimeOffset now)
    {
        try
        {
            File.SetLastWriteTimeUtc(PathIn(entry), now.UtcDateTime);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A cache that may only be read serves all the same, and an older entry has no note.
        }
    }

    /// <summary>When a run last took the entry; null if that is not noted.</summary>
    public static DateTimeOffset? LastUsed(string entry) =>
        new FileInfo(PathIn(entry)) is { Exists: true } file ? new DateTimeOffset(file.LastWriteTimeUtc) : null;

    /// <summary>True for the files in an entry that are none of its contents.</summary>
    public static bool IsOwn(string name) => name.StartsWith(".guild-cache", StringComparison.Ordinal);

    private static string PathIn(string entry) => Path.Join(entry, FileName);
}
