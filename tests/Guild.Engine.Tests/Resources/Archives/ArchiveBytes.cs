using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Guild.Engine.GuildFiles;

namespace Guild.Engine.Tests.Resources.Archives;

/// <summary>Archives that tests make in memory, honest and hostile ones.</summary>
internal static class ArchiveBytes
{
    public const UnixFileMode Plain = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    // A zip file holds even seconds only.
    public static DateTimeOffset Time { get; } = new(2020, 1, 2, 3, 4, 6, TimeSpan.Zero);

    public static byte[] Tar(params TarEntry[] entries)
    {
        using var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes, leaveOpen: true))
        {
            foreach (var entry in entries)
            {
                writer.WriteEntry(entry);
            }
        }

        return bytes.ToArray();
    }

    public static TarEntry Entry(string name, string text = "text\n", UnixFileMode mode = Plain) => new PaxTarEntry(TarEntryType.RegularFile, name)
    {
        DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
        Mode = mode,
        ModificationTime = Time,
    };

    public static TarEntry Other(TarEntryType type, string name) => new PaxTarEntry(type, name);

    public static TarEntry Link(string name, string target) => new PaxTarEntry(TarEntryType.SymbolicLink, name) { LinkName = target };

    public static TarEntry HardLink(string name, string target) => new PaxTarEntry(TarEntryType.HardLink, name) { LinkName = target };

    public static byte[] Gzip(byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return bytes.ToArray();
    }

    public static byte[] Zip(params ZipMember[] members) => ZipWith(CompressionLevel.Fastest, null, members);

    public static byte[] ZipWith(CompressionLevel level, Encoding? names, params ZipMember[] members)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true, names))
        {
            foreach (var member in members)
            {
                var entry = zip.CreateEntry(member.Name, level);
                entry.ExternalAttributes = member.Mode << 16;
                entry.LastWriteTime = Time.ToLocalTime();
                using var content = entry.Open();
                content.Write(Encoding.UTF8.GetBytes(member.Text));
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Sets the flags of every entry of a zip file, as what is encrypted or not marked as UTF-8 has them.</summary>
    public static byte[] WithFlags(byte[] zip, Func<byte, byte> first, Func<byte, byte> second)
    {
        var changed = (byte[])zip.Clone();
        for (var i = 0; i < changed.Length - 10; i++)
        {
            var at = changed.AsSpan(i) switch
            {
                [(byte)'P', (byte)'K', 3, 4, ..] => i + 6,
                [(byte)'P', (byte)'K', 1, 2, ..] => i + 8,
                _ => -1,
            };
            if (at >= 0)
            {
                (changed[at], changed[at + 1]) = (first(changed[at]), second(changed[at + 1]));
            }
        }

        return changed;
    }

    public static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static byte[] Fixture(string name) =>
        File.ReadAllBytes(Path.Join(AppContext.BaseDirectory, "Fixtures", "archives", name));

    /// <summary>Puts an archive into the project, and names it as a source.</summary>
    public static SourceDefinition Put(this ResourceFolder folder, string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.At(path))!);
        File.WriteAllBytes(folder.At(path), bytes);
        return ResourceFolder.FileSource(path);
    }

    /// <summary>What was unpacked in the home, or is left of what was not: names of folders in the cache.</summary>
    public static string[] Unpacked(this ResourceFolder folder)
    {
        var cache = Path.Join(folder.Home.CacheDirectory, "resources");
        return Directory.Exists(cache)
            ? [.. Directory.EnumerateDirectories(cache).Select(path => Path.GetFileName(path)).Where(name => name is not (".locks" or ".seen")).Order(StringComparer.Ordinal)]
            : [];
    }

    /// <summary>The text of a link in a run to what was unpacked.</summary>
    public static string InCache(byte[] archive, string kind, string path) => $"../../cache/resources/{Sha256(archive)}-{kind}/files/{path}";
}

/// <summary>An entry of a zip file.</summary>
/// <param name="Name">The name as it is written.</param>
/// <param name="Text">The content.</param>
/// <param name="Mode">The kind and the rights as Unix has them, or 0 for none.</param>
internal sealed record ZipMember(string Name, string Text = "text\n", int Mode = 0);
