namespace Guild.Engine.GuildFiles;

/// <summary>The folders in which Guild files of Python packages are looked for: those of Python's path. They are found only when a file asks for a package.</summary>
public sealed class PackageSearch
{
    private readonly Lazy<IReadOnlyList<string>> _folders;

    /// <summary>Creates a search.</summary>
    /// <param name="key">Tells this search from others: equal keys mean equal folders.</param>
    /// <param name="folders">Finds the absolute paths of the folders, in order.</param>
    public PackageSearch(string key, Func<IReadOnlyList<string>> folders)
    {
        Key = key;
        _folders = new(folders);
    }

    /// <summary>A search that finds nothing.</summary>
    public static PackageSearch None { get; } = new("", static () => []);

    /// <summary>Tells this search from others: equal keys mean equal folders.</summary>
    public string Key { get; }

    /// <summary>The absolute paths of the folders, in order.</summary>
    public IReadOnlyList<string> Folders => _folders.Value;
}
