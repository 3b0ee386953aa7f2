using SharpCompress.Compressors;
using SharpCompress.Compressors.BZip2;
using SharpCompress.Compressors.Xz;
using ZstdSharp;

namespace Guild.Engine.Resources.Archives;

/// <summary>Undoes the compression of a whole file.</summary>
internal static class Decompression
{
    private const int LongestMagic = 6;

    /// <summary>The bytes of a file without the compression that its first bytes tell of; the file itself if they tell of none.</summary>
    public static Stream Open(FileStream archive, UnpackMeter meter)
    {
        Span<byte> start = stackalloc byte[LongestMagic];
        var count = archive.ReadAtLeast(start, LongestMagic, throwOnEndOfStream: false);
        archive.Position = 0;
        return start[..count] switch
        {
            [0x1f, 0x8b, ..] => new GzipBytes(archive, meter),
            [(byte)'B', (byte)'Z', (byte)'h', ..] => BZip2Stream.Create(
                archive, CompressionMode.Decompress, decompressConcatenated: true, leaveOpen: true),
            [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, ..] => new XZStream(archive),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => new DecompressionStream(archive, leaveOpen: true),
            _ => archive,
        };
    }

    /// <summary>Whether a file begins as files of gzip do.</summary>
    public static bool IsGzip(FileStream archive)
    {
        Span<byte> start = stackalloc byte[2];
        var count = archive.ReadAtLeast(start, 2, throwOnEndOfStream: false);
        archive.Position = 0;
        return start[..count] is [0x1f, 0x8b];
    }
}
