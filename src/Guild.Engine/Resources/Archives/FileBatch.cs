using System.Buffers;

namespace Guild.Engine.Resources.Archives;

/// <summary>A file that is to be written.</summary>
/// <param name="Name">Its name as the archive has it.</param>
/// <param name="Path">Its full path, at which nothing is.</param>
/// <param name="Mode">The rights that the archive says, or null if it says none.</param>
/// <param name="Time">When it was last written.</param>
/// <param name="IsShared">True if all runs share it, so that none may write to it.</param>
internal sealed record NewFile(string Name, string Path, UnixFileMode? Mode, DateTimeOffset Time, bool IsShared = true);

/// <summary>Small files whose contents are in memory, side by side, so that another thread can write them.</summary>
internal sealed class FileBatch : IDisposable
{
    private const int BufferSize = 256 * 1024;
    private const int MostFiles = 128;

    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
    private readonly List<(NewFile File, int From, int Length)> _files = [];
    private int _end;

    public bool IsEmpty => _files.Count == 0;

    /// <summary>True if it is time to write it.</summary>
    public bool IsFull => _files.Count >= MostFiles || _end == _buffer.Length;

    /// <summary>Reads the whole of a content behind what is there; false if there is no room for it. What was read stays to be taken by <see cref="TakeStarted"/>.</summary>
    public bool TryAdd(NewFile file, Stream? content)
    {
        var from = _end;
        var end = Fill(content, from);
        if (end < 0)
        {
            return false;
        }

        _files.Add((file, from, end - from));
        _end = end;
        return true;
    }

    /// <summary>What was read of a content that had no room.</summary>
    public ReadOnlySpan<byte> TakeStarted() => _buffer.AsSpan(_end);

    /// <summary>As <see cref="TryAdd(NewFile, Stream?)"/>, in an empty batch, for a content whose beginning another batch had no room for.</summary>
    public bool TryAdd(NewFile file, ReadOnlySpan<byte> started, Stream content)
    {
        started.CopyTo(_buffer);
        var end = Fill(content, started.Length);
        if (end < 0)
        {
            return false;
        }

        _files.Add((file, 0, end));
        _end = end;
        return true;
    }

    /// <summary>Writes all files. Raises <see cref="ArchiveException"/>.</summary>
    public void Write()
    {
        foreach (var (file, from, length) in _files)
        {
            using var written = WrittenFile.Create(file);
            written.Append(_buffer.AsSpan(from, length));
            written.Complete();
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    // Where the content ends in the buffer; -1 if it is longer than the buffer.
    private int Fill(Stream? content, int at)
    {
        while (content is not null)
        {
            if (at == _buffer.Length)
            {
                return -1;
            }

            var count = content.Read(_buffer, at, _buffer.Length - at);
            if (count == 0)
            {
                break;
            }

            at += count;
        }

        return at;
    }
}
