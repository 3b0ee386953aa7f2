using Microsoft.Win32.SafeHandles;

namespace Guild.Engine.Resources;

/// <summary>
/// What has come of a file so far, hashed while it comes. It stays when a download ends before its time, so that the next one goes on
/// with it. Raises <see cref="DownloadException"/> for what cannot be written.
/// </summary>
internal sealed class PartFile : IDisposable
{
    private const int BufferSize = 1024 * 1024;

    private readonly CachedFile _file;
    private readonly SafeFileHandle _handle;
    private readonly FileHashes _hashes = new();

    private PartFile(CachedFile file, SafeFileHandle handle)
    {
        _file = file;
        _handle = handle;
    }

    /// <summary>How many bytes there are.</summary>
    public long Length { get; private set; }

    /// <summary>The file that they belong to; null if there are none that could be gone on with.</summary>
    public PartInfo? Info { get; private set; }

    /// <summary>True if not all bytes came in one answer.</summary>
    public bool IsPatched { get; private set; }

    /// <summary>True if nothing is missing.</summary>
    public bool IsWhole => Info?.Total is { } total && total == Length;

    /// <summary>True if the rest can be asked for.</summary>
    public bool IsResumable => Length > 0 && Info is { IsResumable: true };

    /// <summary>Opens what an earlier download left, or begins anew. The caller holds the lock of the file.</summary>
    public static PartFile Open(CachedFile file, CancellationToken cancellation)
    {
        var part = new PartFile(file, File.OpenHandle(file.PartPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read));
        try
        {
            part.TakeUp(cancellation);
            return part;
        }
        catch
        {
            part.Dispose();
            throw;
        }
    }

    /// <summary>Begins a file from its first byte.</summary>
    public void Begin(PartInfo info)
    {
        Restart();
        Write(() => info.Write(_file.PartInfoPath));
        Info = info;
    }

    /// <summary>Goes on with a file where it broke off.</summary>
    /// <param name="total">The size of the whole file in bytes, as it is said now, or null.</param>
    public void Continue(long? total)
    {
        IsPatched = true;
        Info = Info! with { Total = Info.Total ?? total };
    }

    /// <summary>Forgets all bytes.</summary>
    public void Restart()
    {
        Info = null;
        IsPatched = false;
        _ = _hashes.Finish();
        if (Length > 0)
        {
            Write(() => RandomAccess.SetLength(_handle, 0));
            Length = 0;
        }
    }

    /// <summary>Takes the bytes that follow.</summary>
    public void Append(ReadOnlyMemory<byte> bytes)
    {
        // Hashing takes longer than writing, and needs the processor alone.
        var hashing = bytes.Length < FileHashes.SmallestShared ? null : Task.Run(() => _hashes.Append(bytes));
        try
        {
            RandomAccess.Write(_handle, bytes.Span, Length);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(error);
        }
        finally
        {
            hashing?.GetAwaiter().GetResult();
        }

        if (hashing is null)
        {
            _hashes.Append(bytes);
        }

        Length += bytes.Length;
    }

    /// <summary>What the bytes are. Ends the hashing: nothing can be appended any more.</summary>
    public Fingerprint Finish()
    {
        var (sha1, sha256) = _hashes.Finish();
        return new Fingerprint(InputKind.File, Length, 1, FileTime.Of(_file.PartPath), sha256, sha1);
    }

    /// <summary>Makes the part the file itself, in one step.</summary>
    public void Keep() => Write(() =>
    {
        // The name stands for a whole file, also after a loss of power.
        RandomAccess.FlushToDisk(_handle);
        _handle.Dispose();
        File.Move(_file.PartPath, _file.Path, overwrite: true);
        File.Delete(_file.PartInfoPath);
    });

    /// <summary>Deletes the part.</summary>
    public void Discard() => Write(() =>
    {
        _handle.Dispose();
        File.Delete(_file.PartPath);
        File.Delete(_file.PartInfoPath);
    });

    public void Dispose()
    {
        if (Length == 0 && !_handle.IsClosed)
        {
            RemoveEmpty();
        }

        _handle.Dispose();
        _hashes.Dispose();
    }

    // Where nothing came, as of a server that has no such file, nothing is left.
    private void RemoveEmpty()
    {
        try
        {
            Discard();
        }
        catch (DownloadException)
        {
            // An empty file does no harm; why the download ended is what counts.
        }
    }

    private void TakeUp(CancellationToken cancellation)
    {
        Length = RandomAccess.GetLength(_handle);
        if (Length == 0)
        {
            return;
        }

        if (PartInfo.Read(_file.PartInfoPath) is not { } info || info.Total < Length || !(info.IsResumable || info.Total == Length))
        {
            Restart();
            return;
        }

        var buffer = new byte[BufferSize];
        long offset = 0;
        while (RandomAccess.Read(_handle, buffer, offset) is var count and > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            _hashes.Append(buffer.AsMemory(0, count));
            offset += count;
        }

        (Length, Info, IsPatched) = (offset, info, true);
    }

    private void Write(Action action)
    {
        try
        {
            action();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(error);
        }
    }

    private DownloadException Unwritable(Exception error) => new(
        $"'{_file.PartPath}' could not be written: {error.Message}",
        "Make room on the disk of the Guild home, and see that you may write there; what has come is kept, and the next run goes on with it.",
        error);
}
