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
    private const string PartPrefix = ".unpacking-";

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    private readonly string _directory;

    public ArchiveCache(GuildHome home) => _directory = Path.Join(home.CacheDirectory, "resources");

    /// <summary>The name under which the contents of an archive are kept.</summary>
    /// <param name="sha256">The SHA-256 of the archive.</param>
    /// <param name="kind">What it is unpacked as.</param>
    /// <param name="archive">Its path, of which the name of a single file is made.</param>
    public static string NameOf(string sha256, ArchiveKind kind, string archive) => kind switch
    {
        ArchiveKind.Zip => $"{sha256}-zip",
        ArchiveKind.Tar => $"{sha256}-tar",
        _ => $"{sha256}-gzip-{Hash(GzipFile.NameOf(archive))[..8]}",
    };

    /// <summary>The folder with the contents if they are there as they were unpacked; else null.</summary>
    public string? Find(string name)
    {
        var files = Path.Join(_directory, name, FilesName);
        try
        {
            return File.ReadAllText(Path.Join(_directory, name, StateName)) == StateOf(files) ? files : null;
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
    /// <param name="unpack">Unpacks into an empty folder.</param>
    /// <param name="waits">Called when another is at it.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public string FindOrUnpack(string name, Action<string> unpack, Action waits, CancellationToken cancellation)
    {
        if (Find(name) is { } found)
        {
            return found;
        }

        using var held = Lock(name, waits, cancellation);
        return Find(name) ?? Unpack(name, unpack);
    }

    /// <summary>Takes note of which archive was unpacked where, so that a preview need not read it.</summary>
    public void Remember(string archive, ArchiveKind kind, Fingerprint fingerprint)
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

    /// <summary>The folder with the contents of an archive that was unpacked before and looks the same since; else null.</summary>
    public string? Recall(string archive, ArchiveKind kind)
    {
        var note = NotePath(archive, kind);
        return File.Exists(note)
            && File.ReadAllText(note).Split(' ') is [var size, var time, { Length: 64 } sha256]
            && size == new FileInfo(archive).Length.ToString(CultureInfo.InvariantCulture)
            && time == FileTime.Of(archive).ToString(CultureInfo.InvariantCulture)
                ? Find(NameOf(sha256, kind, archive))
                : null;
    }

    private string Unpack(string name, Action<string> unpack)
    {
        foreach (var left in Directory.EnumerateDirectories(_directory, $"{PartPrefix}{name}-*"))
        {
            Directory.Delete(left, recursive: true);
        }

        var part = Path.Join(_directory, $"{PartPrefix}{name}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}");
        try
        {
            var files = Directory.CreateDirectory(Path.Join(part, FilesName)).FullName;
            unpack(files);
            File.WriteAllText(Path.Join(part, StateName), StateOf(files));
            Publish(part, Path.Join(_directory, name));
            return Path.Join(_directory, name, FilesName);
        }
        catch
        {
            Discard(part);
            throw;
        }
    }

    // What someone changed since it was unpacked is put aside first, because a folder cannot be replaced in one go.
    private void Publish(string part, string whole)
    {
        if (Directory.Exists(whole))
        {
            var old = Path.Join(_directory, $"{PartPrefix}{Path.GetFileName(whole)}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}");
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
            Directory.Delete(directory, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It has a name that nobody takes for whole, and the next who unpacks the same tries again.
        }
    }

    private FileStream Lock(string name, Action waits, CancellationToken cancellation)
    {
        var folder = Directory.CreateDirectory(Path.Join(_directory, ".locks")).FullName;
        for (var isFirst = true; ; isFirst = false)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                return new FileStream(Path.Join(folder, name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException error) when (IsHeldByOther(error))
            {
                if (isFirst)
                {
                    waits();
                }

                cancellation.WaitHandle.WaitOne(LookAgain);
            }
        }
    }

    // ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION of Windows; EWOULDBLOCK of Linux and of macOS.
    private static bool IsHeldByOther(IOException error) =>
        error.HResult is unchecked((int)0x80070020) or unchecked((int)0x80070021) or 11 or 35;

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

    private string NotePath(string archive, ArchiveKind kind) =>
        Path.Join(_directory, ".seen", Hash(string.Create(CultureInfo.InvariantCulture, $"{kind}\n{archive}")));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
