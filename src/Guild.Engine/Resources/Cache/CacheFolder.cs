using System.Security.Cryptography;
using Guild.Engine.Runs;

namespace Guild.Engine.Resources;

/// <summary>
/// The folder <c>cache/resources</c> of a home: one folder for each entry, and names with a dot in front for all that is no entry. So
/// an entry can be taken for whole by its name alone.
/// </summary>
internal sealed class CacheFolder
{
    private const string UnfinishedPrefix = ".unpacking-";
    private const string RemovedPrefix = ".removing-";
    private const int HexDigits = 8;

    public CacheFolder(GuildHome home) => Path = System.IO.Path.Join(home.CacheDirectory, "resources");

    /// <summary>The absolute path.</summary>
    public string Path { get; }

    /// <summary>The folder of an entry, which need not be there.</summary>
    public string Entry(string name) => System.IO.Path.Join(Path, name);

    /// <summary>The name of the entry that a path of the cache belongs to; null for a path elsewhere.</summary>
    public string? EntryOf(string path) => RealPath.IsWithin(path, Path) && path.Length > Path.Length + 1
        ? path[(Path.Length + 1)..].Split(System.IO.Path.DirectorySeparatorChar, 2)[0]
        : null;

    /// <summary>The names of the entries.</summary>
    public IEnumerable<string> Names() => Children().Where(name => name[0] != '.');

    /// <summary>A new name for a folder whose contents are not whole yet.</summary>
    public string Unfinished(string name) => System.IO.Path.Join(Path, UnfinishedPrefix + Unique(name));

    /// <summary>A new name for a folder that goes away, and cannot be taken for whole while it does.</summary>
    public string Removed(string name) => System.IO.Path.Join(Path, RemovedPrefix + Unique(name));

    /// <summary>What was left of an entry by who was killed. Only who holds the entry's lock may touch it.</summary>
    public IEnumerable<string> Left(string name) => LeftOvers().Where(left => left.Name == name).Select(left => left.Path);

    /// <summary>All that was left by who was killed, each with the name of its entry.</summary>
    public IEnumerable<(string Name, string Path)> LeftOvers() =>
        from child in Children()
        let prefix = Array.Find([UnfinishedPrefix, RemovedPrefix], prefix => child.StartsWith(prefix, StringComparison.Ordinal))
        where prefix is not null && child.Length > prefix.Length + HexDigits + 1
        select (child[prefix.Length..^(HexDigits + 1)], System.IO.Path.Join(Path, child));

    /// <summary>The file that who changes an entry holds open, in a folder that is there now.</summary>
    public string LockOf(string name) => System.IO.Path.Join(Directory.CreateDirectory(System.IO.Path.Join(Path, ".locks")).FullName, name);

    private IEnumerable<string> Children() => Directory.Exists(Path)
        ? new DirectoryInfo(Path).EnumerateDirectories().Where(child => child.LinkTarget is null).Select(child => child.Name)
        : [];

    private static string Unique(string name) => $"{name}-{RandomNumberGenerator.GetHexString(HexDigits, lowercase: true)}";
}
