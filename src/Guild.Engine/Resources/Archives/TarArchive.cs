using System.Formats.Tar;

namespace Guild.Engine.Resources.Archives;

/// <summary>Reads tar files, plain or compressed, from beginning to end.</summary>
internal static class TarArchive
{
    private const int BlockSize = 512;

    /// <summary>Unpacks an archive. Raises <see cref="ArchiveException"/>, or whatever a decoder raises for damaged bytes.</summary>
    public static void Unpack(FileStream archive, UnpackedTree tree, UnpackMeter meter)
    {
        using var bytes = new CountedBytes(Decompression.Open(archive, meter), meter);
        using var reader = new TarReader(bytes, leaveOpen: true);
        while (Next(reader, bytes) is { } entry)
        {
            bytes.BeginContent();
            Add(entry, tree);
            entry.DataStream?.CopyTo(Stream.Null);
        }

        // Where a file was cut between two entries, nothing but the missing end tells.
        if (bytes.Zeros < BlockSize)
        {
            throw new ArchiveException("it ends too early: the end mark is missing.", advice: "Get the file again.");
        }

        // What is left holds the checksum of the compression.
        bytes.BeginContent();
        bytes.CopyTo(Stream.Null);
    }

    private static TarEntry? Next(TarReader reader, CountedBytes bytes)
    {
        bytes.BeginHeader();
        return reader.GetNextEntry(copyData: false);
    }

    private static void Add(TarEntry entry, UnpackedTree tree)
    {
        switch (entry.EntryType)
        {
            case TarEntryType.GlobalExtendedAttributes or TarEntryType.TapeVolume:
                break;
            case TarEntryType.Directory or TarEntryType.DirectoryList:
                tree.AddDirectory(entry.Name);
                break;
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                AddFile(entry, tree);
                break;
            case TarEntryType.SymbolicLink:
                tree.AddLink(entry.Name, entry.LinkName);
                break;
            case TarEntryType.HardLink:
                tree.AddHardLink(entry.Name, entry.LinkName);
                break;
            case TarEntryType.BlockDevice or TarEntryType.CharacterDevice or TarEntryType.Fifo:
                throw new ArchiveException("is a device or a pipe, which is not unpacked.", entry.Name);
            default:
                throw new ArchiveException($"is of the kind '{entry.EntryType}', which cannot be unpacked.", entry.Name);
        }
    }

    private static void AddFile(TarEntry entry, UnpackedTree tree)
    {
        // The first archives had no type for folders.
        if (entry.Name.EndsWith('/'))
        {
            tree.AddDirectory(entry.Name);
            return;
        }

        // Such a file is stored without its holes, and a map of them before it, which would pass for content.
        if (entry is PaxTarEntry pax && pax.ExtendedAttributes.Keys.Any(key => key.StartsWith("GNU.sparse.", StringComparison.Ordinal)))
        {
            throw new ArchiveException("is a sparse file, which cannot be unpacked.", entry.Name, "Make the archive without --sparse.");
        }

        tree.AddFile(entry.Name, entry.DataStream, entry.Mode, entry.ModificationTime);
    }
}
