namespace Guild.Engine.Packages;

/// <summary>Where a package comes from.</summary>
public enum PackageKind
{
    /// <summary>A Python distribution that says in its metadata that it has models.</summary>
    Python,

    /// <summary>A PowerShell module with a Guild file beside its manifest.</summary>
    PowerShell,
}

/// <summary>An installed package with models, as its files say. Its Guild files have not been read.</summary>
public sealed record InstalledPackage
{
    /// <summary>The name, such as <c>gpkg.mnist</c>; for a PowerShell module the module's name.</summary>
    public required string Name { get; init; }

    /// <summary>The version; <c>""</c> if the package does not say it.</summary>
    public string Version { get; init; } = "";

    /// <summary>Where it comes from.</summary>
    public required PackageKind Kind { get; init; }

    /// <summary>The absolute path of the folder that it was found in: that of its metadata, or the module's own.</summary>
    public required string Location { get; init; }

    /// <summary>The absolute paths of its Guild files that exist.</summary>
    public IReadOnlyList<string> GuildFiles { get; init; } = [];

    /// <summary>The names of the models that it says it has; empty if its Guild files alone say it.</summary>
    public IReadOnlyList<string> ModelNames { get; init; } = [];

    /// <summary>True if it is under development: its files are in a project's folder, not among those of other packages.</summary>
    public bool IsEditable { get; init; }

    /// <summary>True if a name that a user wrote is this package's. Case does not count, nor do Python's <c>-</c>, <c>_</c> and <c>.</c> differ.</summary>
    public bool IsNamed(string name) => PackageNames.AreSame(Kind, Name, name);
}
