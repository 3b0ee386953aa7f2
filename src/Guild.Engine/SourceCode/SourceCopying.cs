using System.Buffers;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using Guild.Engine.Runs;
using Microsoft.Win32.SafeHandles;

namespace Guild.Engine.SourceCode;

/// <summary>The source code that was copied into a run.</summary>
public sealed record SourceCopy
{
    /// <summary>The copied files for the run's manifest, in the order of the selection.</summary>
    public required IReadOnlyList<ManifestEntry> Entries { get; init; }

    /// <summary>
    /// The MD5 over path, NUL, content, NUL of each file in the order of the paths, in lower-case hexadecimal; null if nothing was
    /// copied or no digest is wanted.
    /// </summary>
    public string? Digest { get; init; }

    /// <summary>What the selection left out, and what could not be read since.</summary>
    public IReadOnlyList<LeftOutFile> LeftOut { get; init; } = [];

    /// <summary>What a user should hear, as sentences; the selection's own warnings are not repeated.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>One copy of a selection into a run directory, with one pass over each file's bytes; or that pass alone, for the digest.</summary>
internal sealed class SourceCopying : IDisposable
{
    private const int BufferSize = 256 * 1024;
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private static readonly byte[] Nul = [0];

    private readonly SourceSelection _selection;
    private readonly string? _runDirectory;
    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
    private readonly IncrementalHash _fileHash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
    private readonly HashSet<string> _directories = new(StringComparer.Ordinal);
    private readonly List<LeftOutFile> _leftOut = [];

    public SourceCopying(SourceSelection selection, string? runDirectory)
    {
        _selection = selection;
        _runDirectory = runDirectory;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _digest.Dispose();
        _fileHash.Dispose();
    }

    public SourceCopy Run(CancellationToken cancellation)
    {
        // The digest wants the order of the paths, the manifest that of the selection.
        var files = _selection.Files;
        var destinations = files.Select(Destination).ToArray();
        var order = Enumerable.Range(0, files.Count).ToArray();
        Array.Sort(order, (x, y) => CodePointOrder.Instance.Compare(destinations[x], destinations[y]));

        var entries = new ManifestEntry?[files.Count];
        foreach (var index in order)
        {
            cancellation.ThrowIfCancellationRequested();
            var hash = CopyFile(files[index], destinations[index]);
            entries[index] = hash is null
                ? null
                : new ManifestEntry(ManifestKind.SourceCode, destinations[index], hash, files[index].Path, null);
        }

        ManifestEntry[] copied = [.. entries.OfType<ManifestEntry>()];
        return new SourceCopy
        {
            Entries = copied,
            Digest = copied.Length > 0 && _selection.HasDigest ? Convert.ToHexStringLower(_digest.GetHashAndReset()) : null,
            LeftOut = [.. _selection.LeftOut, .. _leftOut],
            Warnings = [.. SelectionMessages.LeftOut(_leftOut, new SourceSnapshotOptions())],
        };
    }

    private string Destination(SourceFile file) =>
        _selection.Destination.Length == 0 ? file.Path : $"{_selection.Destination}/{file.Path}";

    private string? CopyFile(SourceFile file, string destination)
    {
        // What has no size is not opened: a pipe has none either, and opening one could wait for ever.
        using var source = file.Size == 0 ? null : TryOpen(file);
        var first = source is null ? 0 : TryRead(source, file);
        if (first is null || (source is null && file.Size != 0))
        {
            return null;
        }

        if (_runDirectory is null)
        {
            return CopyBytes(source, null, first.Value, destination);
        }

        var path = Path.Join(_runDirectory, destination);
        try
        {
            MakeDirectoryOf(path);
            using var target = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            return CopyBytes(source, target, first.Value, destination);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new HomeException(
                path,
                $"The source code file '{file.Path}' could not be copied to '{path}': {error.Message}",
                "See that the disk has room and the folder can be written.",
                error);
        }
    }

    private SafeFileHandle? TryOpen(SourceFile file)
    {
        try
        {
            return File.OpenHandle(
                Path.Join(_selection.Root, file.Path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _leftOut.Add(new LeftOutFile(file.Path, LeftOutReason.Unreadable, file.Size));
            return null;
        }
    }

    // The first bytes are read before anything is made in the run: what can be opened but not read leaves no trace there.
    private int? TryRead(SafeFileHandle source, SourceFile file)
    {
        try
        {
            return RandomAccess.Read(source, _buffer, 0);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _leftOut.Add(new LeftOutFile(file.Path, LeftOutReason.Unreadable, file.Size));
            return null;
        }
    }

    private string CopyBytes(SafeFileHandle? source, SafeFileHandle? target, int first, string destination)
    {
        if (_selection.HasDigest)
        {
            _digest.AppendData(Encoding.UTF8.GetBytes(destination));
            _digest.AppendData(Nul);
        }

        long offset = 0;
        for (var count = first; source is not null && count > 0; count = RandomAccess.Read(source, _buffer, offset))
        {
            var bytes = _buffer.AsSpan(0, count);
            if (target is not null)
            {
                RandomAccess.Write(target, bytes, offset);
            }

            _fileHash.AppendData(bytes);
            if (_selection.HasDigest)
            {
                _digest.AppendData(bytes);
            }

            offset += count;
        }

        if (_selection.HasDigest)
        {
            _digest.AppendData(Nul);
        }

        if (source is not null && target is not null && !OperatingSystem.IsWindows())
        {
            KeepExecutable(source, target);
        }

        return Convert.ToHexStringLower(_fileHash.GetHashAndReset());
    }

    [UnsupportedOSPlatform("windows")]
    private static void KeepExecutable(SafeFileHandle source, SafeFileHandle target)
    {
        var execute = File.GetUnixFileMode(source) & AnyExecute;
        if (execute != UnixFileMode.None)
        {
            File.SetUnixFileMode(target, File.GetUnixFileMode(target) | execute);
        }
    }

    private void MakeDirectoryOf(string path)
    {
        var directory = Path.GetDirectoryName(path)!;
        if (_directories.Add(directory))
        {
            Directory.CreateDirectory(directory);
        }
    }
}
