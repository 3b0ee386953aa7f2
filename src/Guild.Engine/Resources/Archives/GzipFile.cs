using System.Buffers.Binary;

namespace Guild.Engine.Resources.Archives;

/// <summary>Reads a single file that is compressed with gzip. Its name is that of the archive without the ending.</summary>
internal static class GzipFile
{
    private const string Ending = ".gz";
    private const int TimeAt = 4;
    private const int HeaderSize = 10;

    /// <summary>The name of the content.</summary>
    public static string NameOf(string archive)
    {
        var name = Path.GetFileName(archive);
        return name.Length > Ending.Length && name.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) ? name[..^Ending.Length] : name;
    }

    /// <summary>Unpacks an archive. Raises <see cref="ArchiveException"/>, or whatever the decoder raises for damaged bytes.</summary>
    public static void Unpack(FileStream archive, UnpackedTree tree, UnpackMeter meter)
    {
        if (!Decompression.IsGzip(archive))
        {
            throw new ArchiveException("it is not compressed with gzip.");
        }

        var time = TimeOf(archive);
        using var content = new CountedBytes(new GzipBytes(archive, meter), meter);
        tree.AddFile(NameOf(archive.Name), content, mode: null, time);
    }

    private static DateTimeOffset TimeOf(FileStream archive)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        var count = archive.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false);
        archive.Position = 0;
        var seconds = count == HeaderSize ? BinaryPrimitives.ReadUInt32LittleEndian(header[TimeAt..]) : 0;
        return seconds > 0 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : File.GetLastWriteTimeUtc(archive.SafeFileHandle);
    }
}
