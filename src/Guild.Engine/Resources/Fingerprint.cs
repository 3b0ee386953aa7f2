using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Guild.Engine.SourceCode;
using Microsoft.Win32.SafeHandles;

namespace Guild.Engine.Resources;

/// <summary>Whether an input is a file or a folder.</summary>
public enum InputKind
{
    /// <summary>A file.</summary>
    File,

    /// <summary>A folder.</summary>
    Directory,
}

/// <summary>What an input was when it was read.</summary>
/// <param name="Kind">File or folder.</param>
/// <param name="Size">The size in bytes; of a folder that of all files in it.</param>
/// <param name="Count">The number of files; 1 for a file.</param>
/// <param name="Time">When it was last written, in microseconds since 1970 UTC; of a folder the latest of its files.</param>
/// <param name="Sha256">
/// The SHA-256 in lower-case hexadecimal; of a folder that over path, NUL, SHA-256 of the file and newline of each file in the order
/// of the paths.
/// </param>
/// <param name="Sha1">The SHA-1 of a file in lower-case hexadecimal; null for a folder, and for a file of more than 64 MiB.</param>
public sealed record Fingerprint(InputKind Kind, long Size, long Count, long Time, string Sha256, string? Sha1);

/// <summary>
/// Hashes that were made in this process. A file whose size and time are as they were is not read again, unless it was written so
/// shortly before it was read that a later change could have the same time.
/// </summary>
public sealed class FingerprintCache
{
    private const long SettledMicroseconds = 2_000_000;

    private readonly Dictionary<string, (Fingerprint Fingerprint, long ReadAt)> _known = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    internal Fingerprint? Find(string path, long size, long time)
    {
        lock (_lock)
        {
            return _known.TryGetValue(path, out var known)
                && known.Fingerprint.Size == size
                && known.Fingerprint.Time == time
                && known.ReadAt - time > SettledMicroseconds ? known.Fingerprint : null;
        }
    }

    internal void Add(string path, Fingerprint fingerprint) => Add(path, fingerprint, FileTime.Microseconds(DateTime.UtcNow));

    /// <summary>Adds what this process wrote itself, under a name that nobody knew until then: it is not read to be hashed.</summary>
    internal void AddOwn(string path, Fingerprint fingerprint) => Add(path, fingerprint, long.MaxValue);

    private void Add(string path, Fingerprint fingerprint, long readAt)
    {
        lock (_lock)
        {
            _known[path] = (fingerprint, readAt);
        }
    }
}

/// <summary>Times of files as runs record times.</summary>
internal static class FileTime
{
    public static long Of(string path) => Microseconds(File.GetLastWriteTimeUtc(path));

    public static long Microseconds(DateTime time) => (time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}

/// <summary>Reads files once and hashes them on the way, with progress for what takes long.</summary>
internal sealed class FingerprintReader
{
    private const int BufferSize = 1024 * 1024;
    private const long ReportEvery = 64 * 1024 * 1024;
    private const string EmptySha1 = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
    private const string EmptySha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private readonly FingerprintCache _cache;
    private readonly IEventSink _events;
    private readonly string _activity;
    private readonly CancellationToken _cancellation;

    public FingerprintReader(FingerprintCache cache, IEventSink events, string activity, CancellationToken cancellation)
    {
        _cache = cache;
        _events = events;
        _activity = activity;
        _cancellation = cancellation;
    }

    /// <summary>How many bytes a file may have to be given a SHA-1.</summary>
    public long LongestWithSha1 { get; init; } = FileHashes.LongestWithSha1;

    /// <summary>Reads a file or a whole folder. Raises <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.</summary>
    public Fingerprint Read(string path) => Directory.Exists(path) ? ReadDirectory(path) : ReadFile(path);

    private Fingerprint ReadFile(string path)
    {
        _cancellation.ThrowIfCancellationRequested();
        if (InputState.IsWithoutContent(path))
        {
            return new Fingerprint(InputKind.File, 0, 1, FileTime.Of(path), EmptySha256, EmptySha1);
        }

        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
        var (size, time) = (RandomAccess.GetLength(file), FileTime.Microseconds(File.GetLastWriteTimeUtc(file)));
        if (_cache.Find(path, size, time) is { } known)
        {
            return known;
        }

        var fingerprint = Hash(file, path, size, time);
        if (HasChanged(file, size, time))
        {
            (size, time) = (RandomAccess.GetLength(file), FileTime.Microseconds(File.GetLastWriteTimeUtc(file)));
            fingerprint = Hash(file, path, size, time);
            if (HasChanged(file, size, time))
            {
                // Not kept: the time is of before the reading, so whoever compares finds that it was changed.
                _events.Report(new WarningEvent($"'{path}' is being written while it is read, so its recorded hash may be of no state that it ever had."));
                return fingerprint;
            }
        }

        _cache.Add(path, fingerprint);
        return fingerprint;
    }

    private static bool HasChanged(SafeFileHandle file, long size, long time) =>
        RandomAccess.GetLength(file) != size || FileTime.Microseconds(File.GetLastWriteTimeUtc(file)) != time;

    private Fingerprint Hash(SafeFileHandle file, string path, long size, long time)
    {
        using var hashes = new FileHashes(LongestWithSha1);
        var (coming, spare) = (ArrayPool<byte>.Shared.Rent(BufferSize), ArrayPool<byte>.Shared.Rent(BufferSize));
        var hashing = Task.CompletedTask;
        try
        {
            long offset = 0;
            while (RandomAccess.Read(file, coming, offset) is var count and > 0)
            {
                hashing.GetAwaiter().GetResult();
                _cancellation.ThrowIfCancellationRequested();
                var bytes = coming.AsMemory(0, count);
                if (count < BufferSize)
                {
                    hashes.Append(bytes);
                }
                else
                {
                    // The next piece is read meanwhile.
                    hashing = Task.Run(() => hashes.Append(bytes), CancellationToken.None);
                }

                (coming, spare) = (spare, coming);
                Report(path, offset, offset + count, size);
                offset += count;
            }

            hashing.GetAwaiter().GetResult();
            size = offset;
        }
        finally
        {
            hashing.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).GetAwaiter().GetResult();
            ArrayPool<byte>.Shared.Return(coming);
            ArrayPool<byte>.Shared.Return(spare);
        }

        var (sha1, sha256) = hashes.Finish();
        return new Fingerprint(InputKind.File, size, 1, time, sha256, sha1);
    }

    private Fingerprint ReadDirectory(string path)
    {
        var files = Tree.Entries(path, TreeLinks.AreKept, _cancellation)
            .Where(entry => !entry.IsDirectory || entry.IsLink)
            .OrderBy(entry => entry.Path, CodePointOrder.Instance);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (size, count, time) = (0L, 0L, 0L);
        foreach (var entry in files)
        {
            var full = Path.Join(path, entry.Path);
            var text = $"link to {entry.LinkTarget}";
            if (InputState.FileAt(full) is not null)
            {
                var file = ReadFile(full);
                (size, time, text) = (size + file.Size, Math.Max(time, file.Time), file.Sha256);
            }

            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{entry.Path}\0{text}\n")));
            count++;
        }

        return new Fingerprint(InputKind.Directory, size, count, time, Convert.ToHexStringLower(hash.GetHashAndReset()), Sha1: null);
    }

    private void Report(string path, long before, long after, long size)
    {
        if (size < ReportEvery)
        {
            return;
        }

        if (before / ReportEvery != after / ReportEvery || after == size)
        {
            _events.Report(new ProgressEvent(_activity, $"Hashing {Path.GetFileName(path)}", after, size, IsCompleted: after == size));
        }
    }
}
