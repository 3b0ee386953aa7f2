using System.IO.Hashing;

namespace Guild.Engine.Resources.Archives;

/// <summary>A stream that is read once from its beginning to its end.</summary>
internal abstract class ForwardStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public abstract override int Read(Span<byte> buffer);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>The unpacked bytes of a compressed file, counted as they come.</summary>
internal sealed class CountedBytes(Stream inner, UnpackMeter meter) : ForwardStream
{
    private const int MostHeaderBytes = 1024 * 1024;

    private long _left = long.MaxValue;

    /// <summary>How many zero bytes have come at last, without a break, since a header was begun.</summary>
    public long Zeros { get; private set; }

    /// <summary>A header is read next: a long one is refused before it fills the memory.</summary>
    public void BeginHeader() => (_left, Zeros) = (MostHeaderBytes, 0);

    /// <summary>The content of an entry is read next.</summary>
    public void BeginContent() => _left = long.MaxValue;

    public override int Read(Span<byte> buffer)
    {
        var count = inner.Read(buffer);
        meter.Add(count);
        _left -= count;
        if (_left < 0)
        {
            throw new ArchiveException($"it has a header of more than {MostHeaderBytes} bytes.");
        }

        var lastOther = buffer[..count].LastIndexOfAnyExcept((byte)0);
        Zeros = lastOther < 0 ? Zeros + count : count - lastOther - 1;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}

/// <summary>The unpacked bytes of an entry of a zip file, counted as they come, and compared with what the archive says of them.</summary>
internal sealed class ZipBytes(Stream inner, string entry, long size, uint crc, UnpackMeter meter) : ForwardStream
{
    private readonly Crc32 _crc = new();
    private long _size;

    public override int Read(Span<byte> buffer)
    {
        var count = inner.Read(buffer);
        meter.Add(count);
        _crc.Append(buffer[..count]);
        _size += count;
        if (_size > size || (count == 0 && !buffer.IsEmpty && (_size != size || _crc.GetCurrentHashAsUInt32() != crc)))
        {
            throw new ArchiveException("is damaged: its content has another size or checksum than the archive says.", entry);
        }

        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
