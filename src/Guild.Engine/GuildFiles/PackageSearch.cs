using Guild.Engine.Packages;

namespace Guild.Engine.GuildFiles;

/// <summary>Where Guild files of packages are looked for: the folders of Python's path and of PowerShell's module path. They are found only when a package is asked for.</summary>
public sealed class PackageSearch
{
    private readonly Lazy<IReadOnlyList<string>> _folders;
    private readonly Lazy<IReadOnlyList<string>> _moduleFolders;
    private readonly Lazy<InstalledPackages> _installed;

    /// <summary>Creates a search.</summary>
    /// <param name="key">Tells this search from others: equal keys mean equal folders.</param>
    /// <param name="folders">Finds the absolute paths of the folders of Python's path, in order.</param>
    /// <param name="moduleFolders">Finds the absolute paths of the folders of PowerShell's module path, in order; null for none.</param>
    public PackageSearch(string key, Func<IReadOnlyList<string>> folders, Func<IReadOnlyList<string>>? moduleFolders = null)
    {
        Key = key;
        _folders = new(folders);
        _moduleFolders = new(moduleFolders ?? (static () => []));
        _installed = new(() => InstalledPackages.Find(Folders, ModuleFolders));
    }

    /// <summary>A search that finds nothing.</summary>
    public static PackageSearch None { get; } = new("", static () => []);

    /// <summary>Tells this search from others: equal keys mean equal folders.</summary>
    public string Key { get; }

    /// <summary>The absolute paths of the folders of Python's path, in order.</summary>
    public IReadOnlyList<string> Folders => _folders.Value;

    /// <summary>The absolute paths of the folders of PowerShell's module path, in order.</summary>
    public IReadOnlyList<string> ModuleFolders => _moduleFolders.Value;

    /// <summary>The packages with models that are installed in these folders.</summary>
    public InstalledPackages Installed => _installed.Value;

    /// <summary>The end of a message about a package that is not there: what there is, nearest first, and where it was looked for.</summary>
    internal string Instead(string name)
    {
        var names = NearestNames.Sort(name, Installed.All.Select(p => p.Name));
        var known = names.Count == 0 ? "" : $" There is: {string.Join(", ", names.Take(12).Select(n => $"'{n}'"))}{(names.Count > 12 ? ", …" : ".")}";
        return $"{known}{Places("Python's path", Folders)}{Places("the module path", ModuleFolders)}";
    }

    private static string Places(string what, IReadOnlyList<string> folders) => folders.Count == 0 ? "" : $" Looked in {what}: {string.Join(", ", folders.Select(f => $"'{f}'"))}.";
}
