using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace Guild.Engine.Resources.Archives;

/// <summary>
/// The content of a file that is compressed with gzip, compared with the checksum at the file's end: the framework takes a file that
/// ends too early for a whole one.
/// </summary>
internal sealed class GzipBytes : ForwardStream
{
    private const int SmallestFile = 18;
    private const int TrailerSize = 8;

    private readonly FileStream _archive;
    private readonly GZipStream _content;
    private readonly UnpackMeter _meter;
    private readonly Crc32 _crc = new();

    private long _size;
    private bool _isChecked;

    /// <summary>Begins at the start of a file, which stays open.</summary>
    public GzipBytes(FileStream archive, UnpackMeter meter)
    {
        _archive = archive;
        _content = new GZipStream(archive, CompressionMode.Decompress, leaveOpen: true);
        _meter = meter;
    }

    public override int Read(Span<byte> buffer)
    {
        var count = _content.Read(buffer);
        _crc.Append(buffer[..count]);
        _size += count;
        if (count == 0 && !buffer.IsEmpty && !_isChecked)
        {
            _isChecked = true;
            RequireWhole();
        }

        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
        }

        base.Dispose(disposing);
    }

    private void RequireWhole()
    {
        Span<byte> trailer = stackalloc byte[TrailerSize];
        var isLongEnough = _archive.Length >= SmallestFile
            && RandomAccess.Read(_archive.SafeFileHandle, trailer, _archive.Length - TrailerSize) == TrailerSize;
        var (crc, size) = (BinaryPrimitives.ReadUInt32LittleEndian(trailer), BinaryPrimitives.ReadUInt32LittleEndian(trailer[sizeof(uint)..]));
        var isWhole = isLongEnough && ((size == (uint)_size && crc == _crc.GetCurrentHashAsUInt32()) || (size < _size && crc == CrcOfLast(size)));
        if (!isWhole)
        {
            throw new ArchiveException("it ends too early, or its checksum is wrong.", advice: "Get the file again.");
        }
    }

    // A file can be several that were put one after the other. The end tells of the last of them, so that is read once more; the
    // framework compared the checksums of those before it.
    private uint CrcOfLast(long size)
    {
        _archive.Position = 0;
        using var content = new GZipStream(_archive, CompressionMode.Decompress, leaveOpen: true);
        var crc = new Crc32();
        var buffer = new byte[64 * 1024];
        var skipped = _size - size;
        while (content.Read(buffer) is var count and > 0)
        {
            _meter.ThrowIfCancelled();
            var skip = (int)Math.Min(skipped, count);
            skipped -= skip;
            crc.Append(buffer.AsSpan(skip, count - skip));
        }

        return crc.GetCurrentHashAsUInt32();
    }
}
