using System.IO.Compression;
using System.Text;

namespace Guild.Engine.Resources.Archives;

/// <summary>Reads zip files by their list of contents.</summary>
internal static class ZipFileArchive
{
    private const int KindBits = 0xf000;
    private const int NoKind = 0;
    private const int RegularFile = 0x8000;
    private const int Directory = 0x4000;
    private const int SymbolicLink = 0xa000;
    private const int LongestLink = 4096;

    /// <summary>Unpacks an archive. Raises <see cref="ArchiveException"/>, or whatever the decoder raises for damaged bytes.</summary>
    public static void Unpack(FileStream archive, UnpackedTree tree, UnpackMeter meter)
    {
        using var zip = Open(archive);
        foreach (var entry in zip.Entries)
        {
            Add(entry, NameOf(entry), tree, meter);
        }
    }

    /// <summary>Reads the list of contents. Raises <see cref="InvalidDataException"/> if there is none.</summary>
    public static ZipArchive Open(Stream archive) => new(archive, ZipArchiveMode.Read, leaveOpen: true, ZipNames.Instance);

    /// <summary>The name of an entry, with <c>/</c>: the format asks for slashes, and some programs on Windows write backslashes all the same.</summary>
    public static string NameOf(ZipArchiveEntry entry) => entry.FullName.Replace('\\', '/');

    /// <summary>Unpacks one entry under a name.</summary>
    public static void Add(ZipArchiveEntry entry, string name, UnpackedTree tree, UnpackMeter meter)
    {
        if (entry.IsEncrypted)
        {
            throw new ArchiveException("is encrypted.", entry.FullName, "Unpack the archive yourself, and name the folder in the Guild file.");
        }

        var mode = entry.ExternalAttributes >>> 16;
        switch (mode & KindBits)
        {
            case Directory:
            case NoKind or RegularFile when name.EndsWith('/'):
                tree.AddDirectory(name);
                break;
            case NoKind or RegularFile:
                AddFile(entry, name, mode == 0 ? null : (UnixFileMode)(mode & 0xfff), tree, meter);
                break;
            case SymbolicLink:
                tree.AddLink(name, LinkTarget(entry, meter));
                break;
            default:
                throw new ArchiveException("is a device or a pipe, which is not unpacked.", entry.FullName);
        }
    }

    private static void AddFile(ZipArchiveEntry entry, string name, UnixFileMode? mode, UnpackedTree tree, UnpackMeter meter)
    {
        using var content = Open(entry, meter);
        tree.AddFile(name, content, mode, entry.LastWriteTime);
    }

    private static string LinkTarget(ZipArchiveEntry entry, UnpackMeter meter)
    {
        if (entry.Length > LongestLink)
        {
            throw new ArchiveException("is a link to a path that no system allows.", entry.FullName);
        }

        using var reader = new StreamReader(Open(entry, meter), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static ZipBytes Open(ZipArchiveEntry entry, UnpackMeter meter)
    {
        try
        {
            return new ZipBytes(entry.Open(), entry.FullName, entry.Length, entry.Crc32, meter);
        }
        catch (InvalidDataException error)
        {
            throw new ArchiveException($"cannot be read: {error.Message}", entry.FullName, inner: error);
        }
    }

    /// <summary>
    /// Names that are not marked as UTF-8. The format says code page 437 then, yet many programs write UTF-8 without the mark; what is
    /// valid as UTF-8 is hardly ever anything else.
    /// </summary>
    private sealed class ZipNames : Encoding
    {
        private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        private static readonly Encoding CodePage437 = CodePagesEncodingProvider.Instance.GetEncoding(437)!;

        public static ZipNames Instance { get; } = new();

        public override string GetString(byte[] bytes, int index, int count)
        {
            try
            {
                return StrictUtf8.GetString(bytes, index, count);
            }
            catch (DecoderFallbackException)
            {
                return CodePage437.GetString(bytes, index, count);
            }
        }

        public override int GetCharCount(byte[] bytes, int index, int count) => GetString(bytes, index, count).Length;

        public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
        {
            var text = GetString(bytes, byteIndex, byteCount);
            text.CopyTo(0, chars, charIndex, text.Length);
            return text.Length;
        }

        public override int GetMaxCharCount(int byteCount) => byteCount;

        public override int GetByteCount(char[] chars, int index, int count) => StrictUtf8.GetByteCount(chars, index, count);

        public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
            StrictUtf8.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

        public override int GetMaxByteCount(int charCount) => StrictUtf8.GetMaxByteCount(charCount);
    }
}
