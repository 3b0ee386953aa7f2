using System.Security.Cryptography;
using System.Text;
using Guild.Engine.Runs;

namespace Guild.Engine.Resources;

/// <summary>
/// Where a file of the web lies in the cache that all runs of a home share: <c>cache/resources/KEY/NAME</c>. The key is the SHA-256 of
/// the address, the name the last part of its path. What stands under that name is whole: it is moved there in one step.
/// </summary>
internal sealed class CachedFile
{
    private const string NoName = "download";
    private const int LongestName = 180;
    private const int LongestExtension = 40;

    private static readonly string[] ReservedNames = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

    private readonly CacheFolder _folder;

    public CachedFile(GuildHome home, Uri address)
    {
        _folder = new CacheFolder(home);
        Key = KeyOf(address);
        Directory = _folder.Entry(Key);
        Name = NameOf(address);
        Path = System.IO.Path.Join(Directory, Name);
        PartPath = System.IO.Path.Join(Directory, $".guild-cache-{Name}.part");
        PartInfoPath = System.IO.Path.Join(Directory, $".guild-cache-{Name}.part.json");
    }

    /// <summary>The name of the folder that belongs to the address.</summary>
    public string Key { get; }

    /// <summary>The absolute path of the folder that belongs to the address.</summary>
    public string Directory { get; }

    /// <summary>The file's name, which every file system can hold.</summary>
    public string Name { get; }

    /// <summary>The absolute path of the whole file, which need not be there.</summary>
    public string Path { get; }

    /// <summary>The absolute path of what has come so far.</summary>
    public string PartPath { get; }

    /// <summary>The absolute path of what is known of the file that the part belongs to.</summary>
    public string PartInfoPath { get; }

    /// <summary>Waits until nobody else downloads the file, and keeps others from it; as <see cref="CacheLock.Take"/>.</summary>
    public IDisposable Lock(Action onWait, CancellationToken cancellation) => CacheLock.Take(_folder.LockOf(Key), onWait, cancellation);

    /// <summary>
    /// The folder's name: the SHA-256 of scheme, host, port, path and query in lower-case hexadecimal. Name and password are no part of
    /// it, so that nobody can guess them from it and a new password leads to the same file.
    /// </summary>
    public static string KeyOf(Uri address) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped))));

    /// <summary>The last part of the address's path as a name that every file system can hold; <c>download</c> if it has none.</summary>
    public static string NameOf(Uri address)
    {
        var path = address.AbsolutePath;
        var name = Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
        var safe = Shortened(string.Concat(name.Select(c => char.IsControl(c) || char.IsSurrogate(c) || "/\\<>:\"|?*".Contains(c, StringComparison.Ordinal) ? '_' : c)))
            .TrimEnd('.', ' ');
        if (safe.Trim('.', ' ').Length == 0)
        {
            return NoName;
        }

        return IsReserved(safe) || safe.StartsWith(".guild", StringComparison.OrdinalIgnoreCase) ? $"_{safe}" : safe;
    }

    // Windows takes such a name for a device, whatever follows its first dot. (https://learn.microsoft.com/windows/win32/fileio/naming-a-file)
    private static bool IsReserved(string name)
    {
        var stem = name.Split('.')[0].TrimEnd().ToUpperInvariant();
        return ReservedNames.Contains(stem)
            || (stem.Length == 4 && (stem.StartsWith("COM", StringComparison.Ordinal) || stem.StartsWith("LPT", StringComparison.Ordinal))
                && (char.IsAsciiDigit(stem[3]) || stem[3] is '\u00B9' or '\u00B2' or '\u00B3'));
    }

    // File systems hold 255 bytes, some of which the part's name needs; the extension says what the file is, so it is kept.
    private static string Shortened(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) <= LongestName)
        {
            return name;
        }

        var extension = System.IO.Path.GetExtension(name) is { Length: <= LongestExtension } ending ? ending : "";
        var stem = name[..^extension.Length];
        while (Encoding.UTF8.GetByteCount(stem) + Encoding.UTF8.GetByteCount(extension) > LongestName)
        {
            stem = stem[..^1];
        }

        return stem + extension;
    }
}
