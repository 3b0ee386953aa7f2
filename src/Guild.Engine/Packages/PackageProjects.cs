using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;

namespace Guild.Engine.Packages;

/// <summary>The Guild files of installed packages, read.</summary>
/// <param name="Projects">A project for each Guild file, in the order of the packages.</param>
/// <param name="Warnings">What is wrong with packages that are left out, and what the Guild files warn of; one sentence each.</param>
public sealed record PackageProjects(IReadOnlyList<Project> Projects, IReadOnlyList<string> Warnings)
{
    /// <summary>Reads the Guild files of installed packages. A package whose Guild file cannot be used is left out, with a warning.</summary>
    /// <param name="packages">Where packages are looked for.</param>
    /// <param name="isWanted">Says of a package's name whether it is wanted; null for all.</param>
    public static PackageProjects Of(PackageSearch packages, Func<string, bool>? isWanted = null)
    {
        ArgumentNullException.ThrowIfNull(packages);
        var warnings = new List<string>(packages.Installed.Problems);
        List<Project> projects =
        [
            .. packages.Installed.All
                .Where(p => isWanted is null || isWanted(p.Name))
                .SelectMany(p => Opened(p, packages, warnings)),
        ];
        return new PackageProjects(projects, [.. warnings.Distinct(StringComparer.Ordinal)]);
    }

    private static List<Project> Opened(InstalledPackage package, PackageSearch packages, List<string> warnings)
    {
        var opened = new List<Project>();
        foreach (var file in package.GuildFiles)
        {
            try
            {
                opened.Add(ProjectCache.Open(file, packages).Of(package));
            }
            catch (Exception error) when (error is GuildFileException or GuildFileNotFoundException or IOException or UnauthorizedAccessException)
            {
                warnings.Add($"Package '{package.Name}' is left out, because its Guild file cannot be used: {error.Message}");
                return [];
            }
        }

        // A package can hold Guild files that are no part of what it offers, such as those of its samples.
        var offered = package.ModelNames.Count == 0 ? opened : opened.FindAll(p => p.Models.Any(m => package.ModelNames.Contains(m.Name, StringComparer.Ordinal)));
        if (offered.Count == 0)
        {
            warnings.Add($"Package '{package.Name}' is left out: it says that it has model '{package.ModelNames[0]}', but {Listed(package.GuildFiles)} has none of that name.");
        }

        warnings.AddRange(offered.SelectMany(p => p.File.Warnings).Select(w => w.ToString()));
        return offered;
    }

    private static string Listed(IReadOnlyList<string> files) => string.Join(" or ", files.Select(f => $"'{f}'"));
}
