using System.Globalization;
using System.IO.Enumeration;
using System.Security.Cryptography;
using System.Text;
using Guild.Engine.Runs;

namespace Guild.Engine.Resources.Archives;

/// <summary>
/// The unpacked archives of a home: <c>cache/resources/SHA256-KIND/</c> with the contents in <c>files</c> and their state in
/// <c>unpacked</c>. A folder of that name is whole, because it gets the name last.
/// </summary>
internal sealed class ArchiveCache
{
    private const string FilesName = "files";
    private const string StateName = "unpacked";
    private const string SeenName = ".seen";

    private readonly CacheFolder _folder;

    public ArchiveCache(GuildHome home) => _folder = new CacheFolder(home);

    /// <summary>The name under which contents are kept.</summary>
    /// <param name="sha256">The SHA-256 of the archive, or of the file that was copied.</param>
    /// <param name="kind">What it is unpacked as; null for a copy.</param>
    /// <param name="source">Its path, of which the name of a single file is made.</param>
    /// <param name="process">What tells the command that was run on the contents, or null for none.</param>
    public static string NameOf(string sha256, ArchiveKind? kind, string source, string? process = null)
    {
        var name = kind switch
        {
            ArchiveKind.Zip => $"{sha256}-zip",
            ArchiveKind.Tar => $"{sha256}-tar",
            ArchiveKind.Gzip => $"{sha256}-gzip-{Hash(GzipFile.NameOf(source))[..8]}",
            _ => $"{sha256}-copy-{Hash(Path.GetFileName(source))[..8]}",
        };
        return process is null ? name : $"{name}-{process}";
    }

    /// <summary>The folder with the contents in an entry of the cache; null if the entry holds none.</summary>
    public static string? FilesOf(string entry) => File.Exists(Path.Join(entry, StateName)) && Path.Join(entry, FilesName) is var files && Directory.Exists(files) ? files : null;

    /// <summary>The folder with the contents if they are there as they were unpacked; else null.</summary>
    public string? Find(string name)
    {
        var files = Path.Join(_folder.Entry(name), FilesName);
        try
        {
            return File.ReadAllText(Path.Join(_folder.Entry(name), StateName)) == StateOf(files) ? files : null;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            // Nobody unpacked it, or someone clears the cache just now.
            return null;
        }
    }

    /// <summary>
    /// The folder with the contents, unpacked now if they are not there. Two who want the same at once wait for one another. Raises
    /// what the system raises if the cache cannot be written, and whatever the unpacking raises; nothing is left then.
    /// </summary>
    /// <param name="name">What <see cref="NameOf"/> gave.</param>
    /// <param name="note">What is noted of the contents when they are new.</param>
    /// <param name="unpack">Unpacks into an empty folder.</param>
    /// <param name="waits">Called when another is at it.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public string FindOrUnpack(string name, CacheNote note, Action<string> unpack, Action waits, CancellationToken cancellation)
    {
        if (Find(name) is { } found)
        {
            CacheNote.Touch(_folder.Entry(name), note.Made);
            return found;
        }

        using var held = CacheLock.Take(_folder.LockOf(name), waits, cancellation);
        return Find(name) ?? Unpack(name, note, unpack);
    }

    /// <summary>Takes note of which archive was unpacked where, so that a preview need not read it.</summary>
    public void Remember(string archive, ArchiveKind? kind, Fingerprint fingerprint)
    {
        var note = NotePath(archive, kind);
        var text = string.Create(CultureInfo.InvariantCulture, $"{fingerprint.Size} {fingerprint.Time} {fingerprint.Sha256}");
        if (File.Exists(note) && File.ReadAllText(note) == text)
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(note)!);
        var part = $"{note}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        File.WriteAllText(part, text);
        File.Move(part, note, overwrite: true);
    }

    /// <summary>Deletes the notes of archives whose contents are not in the cache any more.</summary>
    public void Forget()
    {
        var (notes, known) = (Path.Join(_folder.Path, SeenName), _folder.Names().Select(name => name.Split('-')[0]).ToHashSet(StringComparer.Ordinal));
        foreach (var note in Directory.Exists(notes) ? Directory.GetFiles(notes) : [])
        {
            if (!known.Contains(File.ReadAllText(note).Split(' ')[^1]))
            {
                File.Delete(note);
            }
        }
    }

    /// <summary>The SHA-256 of an archive or file that was taken before and looks the same since; else null.</summary>
    public string? HashOf(string source, ArchiveKind? kind)
    {
        var note = NotePath(source, kind);
        return File.Exists(note)
            && File.ReadAllText(note).Split(' ') is [var size, var time, { Length: 64 } sha256]
            && File.Exists(source)
            && size == new FileInfo(source).Length.ToString(CultureInfo.InvariantCulture)
            && time == FileTime.Of(source).ToString(CultureInfo.InvariantCulture)
                ? sha256
                : null;
    }

    /// <summary>The folder with the contents of an archive that was unpacked before and looks the same since; else null.</summary>
    public string? Recall(string archive, ArchiveKind? kind, string? process = null) =>
        HashOf(archive, kind) is { } sha256 ? Find(NameOf(sha256, kind, archive, process)) : null;

    private string Unpack(string name, CacheNote note, Action<string> unpack)
    {
        foreach (var left in _folder.Left(name).ToArray())
        {
            TreeDeletion.Delete(left);
        }

        var (part, whole) = (_folder.Unfinished(name), _folder.Entry(name));
        try
        {
            var files = Directory.CreateDirectory(Path.Join(part, FilesName)).FullName;
            unpack(files);
            File.WriteAllText(Path.Join(part, StateName), StateOf(files));
            note.Write(part);
            Publish(part, whole, name);
            return Path.Join(whole, FilesName);
        }
        catch
        {
            Discard(part);
            throw;
        }
    }

    // What someone changed since it was unpacked is put aside first, because a folder cannot be replaced in one go.
    private void Publish(string part, string whole, string name)
    {
        if (Directory.Exists(whole))
        {
            var old = _folder.Removed(name);
            Directory.Move(whole, old);
            Directory.Move(part, whole);
            Discard(old);
            return;
        }

        Directory.Move(part, whole);
    }

    private static void Discard(string directory)
    {
        try
        {
            TreeDeletion.Delete(directory);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It has a name that nobody takes for whole, and the next who unpacks the same tries again.
        }
    }

    // Counts, sizes and times: a file that someone wrote to since shows in them, and no file need be read for them.
    private static string StateOf(string files)
    {
        var (count, size, times) = (0L, 0L, 0L);
        var entries = new FileSystemEnumerable<(long Size, long Time)>(
            files,
            (ref FileSystemEntry entry) => IsPlainFile(ref entry) ? (entry.Length, entry.LastWriteTimeUtc.Ticks) : (0, 0),
            new EnumerationOptions { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false, RecurseSubdirectories = true })
        {
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !IsLink(ref entry),
        };
        foreach (var entry in entries)
        {
            (count, size, times) = (count + 1, size + entry.Size, unchecked(times + entry.Time));
        }

        return string.Create(CultureInfo.InvariantCulture, $"1 {count} {size} {times}\n");
    }

    private static bool IsPlainFile(ref FileSystemEntry entry) => !entry.IsDirectory && !IsLink(ref entry);

    private static bool IsLink(ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) != 0;

    private string NotePath(string archive, ArchiveKind? kind) =>
        Path.Join(_folder.Path, SeenName, Hash(string.Create(CultureInfo.InvariantCulture, $"{kind}\n{archive}")));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
