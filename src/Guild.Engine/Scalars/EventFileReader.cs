using System.Buffers;

namespace Guild.Engine.Scalars;

/// <summary>
/// Reads the records of an event file one after the other through one buffer, since a program can log millions of them. Ends at a record that is not whole, as the
/// last one of a file that is still written, or damaged.
/// </summary>
internal sealed class EventFileReader : IDisposable
{
    // A record can hold images; none that a program would log is larger than this.
    private const ulong MaximumRecordSize = 256 * 1024 * 1024;

    private const int BufferSize = 128 * 1024;

    private readonly FileStream _stream;

    private readonly long _length;

    private byte[] _buffer;

    private int _start;

    private int _end;

    // How much of the file has been read into the buffer.
    private long _taken;

    private int _dataLength;

    private EventFileReader(FileStream stream)
    {
        _stream = stream;
        _length = stream.Length;
        _buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(_length, EventRecord.HeaderSize, BufferSize));
    }

    /// <summary>The bytes of the record that was read last, without its frame; valid until the next one is read.</summary>
    public ReadOnlySpan<byte> Data => _buffer.AsSpan(_start - EventRecord.FooterSize - _dataLength, _dataLength);

    /// <summary>Opens a file; null if it is missing.</summary>
    /// <exception cref="IOException">The file is there and cannot be read.</exception>
    public static EventFileReader? Open(string path) => File.Exists(path)
        ? new EventFileReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0))
        : null;

    /// <summary>Reads the next record; false if there is none.</summary>
    public bool Read()
    {
        if (!Fill(EventRecord.HeaderSize)
            || EventRecord.DataLength(_buffer.AsSpan(_start, EventRecord.HeaderSize)) is not { } length
            || length > MaximumRecordSize
            || (long)length + EventRecord.FooterSize > _length - _taken + (_end - _start) - EventRecord.HeaderSize
            || !Fill(EventRecord.HeaderSize + (int)length + EventRecord.FooterSize))
        {
            return false;
        }

        _dataLength = (int)length;
        _start += EventRecord.HeaderSize + _dataLength + EventRecord.FooterSize;
        return EventRecord.IsSound(Data, _buffer.AsSpan(_start - EventRecord.FooterSize, EventRecord.FooterSize));
    }

    public void Dispose()
    {
        _stream.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    // Sees to it that so many bytes stand in the buffer.
    private bool Fill(int count)
    {
        if (_end - _start >= count)
        {
            return true;
        }

        var kept = _buffer.AsSpan(_start, _end - _start);
        if (_buffer.Length < count)
        {
            var larger = ArrayPool<byte>.Shared.Rent(count);
            kept.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
        else
        {
            kept.CopyTo(_buffer);
        }

        (_start, _end) = (0, kept.Length);
        var read = _stream.ReadAtLeast(_buffer.AsSpan(_end), count - _end, throwOnEndOfStream: false);
        _end += read;
        _taken += read;
        return _end >= count;
    }
}
