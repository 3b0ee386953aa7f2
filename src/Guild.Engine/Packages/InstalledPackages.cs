namespace Guild.Engine.Packages;

/// <summary>The packages with models that are installed.</summary>
/// <param name="All">The packages: Python's in the order of Python's path, then PowerShell's in the order of the module path.</param>
/// <param name="Problems">What is wrong with packages that are therefore left out or found twice, one sentence each.</param>
public sealed record InstalledPackages(IReadOnlyList<InstalledPackage> All, IReadOnlyList<string> Problems)
{
    /// <summary>No packages.</summary>
    public static InstalledPackages None { get; } = new([], []);

    /// <summary>The package of a name, or null.</summary>
    public InstalledPackage? Named(string name) => All.FirstOrDefault(p => p.IsNamed(name));

    /// <summary>Looks for packages. Only files are read: no Python and no module is loaded.</summary>
    /// <param name="pythonFolders">The absolute paths of the folders of Python's path, in order.</param>
    /// <param name="moduleFolders">The absolute paths of the folders of PowerShell's module path, in order.</param>
    public static InstalledPackages Find(IReadOnlyList<string> pythonFolders, IReadOnlyList<string> moduleFolders)
    {
        ArgumentNullException.ThrowIfNull(pythonFolders);
        ArgumentNullException.ThrowIfNull(moduleFolders);
        var problems = new List<string>();
        var found = pythonFolders.SelectMany(f => PythonPackages.In(f, problems)).ToList();
        found.AddRange(moduleFolders.SelectMany(PowerShellModules.In));
        return new InstalledPackages(FirstOfEachName(found, problems), problems);
    }

    // As in Python and PowerShell themselves, the first on the path counts.
    private static List<InstalledPackage> FirstOfEachName(List<InstalledPackage> found, List<string> problems)
    {
        var kept = new List<InstalledPackage>();
        foreach (var package in found)
        {
            var first = kept.Find(p => p.IsNamed(package.Name) || package.IsNamed(p.Name));
            if (first is null)
            {
                kept.Add(package);
            }
            else if (!IsSamePlace(first, package))
            {
                problems.Add($"Package '{package.Name}' is there twice: that in '{first.Location}' counts, that in '{package.Location}' does not.");
            }
        }

        return kept;
    }

    // Some systems have a second name for a folder of Python's path.
    private static bool IsSamePlace(InstalledPackage first, InstalledPackage second) =>
        first.GuildFiles.Select(Resources.RealPath.Of).SequenceEqual(second.GuildFiles.Select(Resources.RealPath.Of), StringComparer.Ordinal);
}
