using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;

namespace Guild.Engine.Packages;

/// <summary>A name that neither the folder's project nor any installed package has: says what there is instead.</summary>
internal sealed class PackageMiss(string name, PackageProjects installed, PackageSearch packages)
{
    private readonly OperationName _wanted = OperationName.Parse(name);

    /// <summary>The error to raise.</summary>
    /// <param name="own">Why the folder's project does not have it.</param>
    public GuildException Explain(GuildException own)
    {
        if (BuiltinNames.Has(name))
        {
            return new NameNotFoundException(
                NameKind.Operation,
                name,
                $"'{name}' is an operation that comes with Guild AI itself. This module does not have it.",
                (own as NameNotFoundException)?.Candidates ?? [],
                "List the operations that there are with Get-GuildOperation -Installed (guild operations --installed).");
        }

        if (_wanted.Package is { } package)
        {
            return OfPackage(package);
        }

        return own is NameNotFoundException miss ? WithPackages(miss) : WithoutProject(own);
    }

    private NameNotFoundException OfPackage(string package)
    {
        var projects = installed.Projects.Where(p => p.Package!.IsNamed(package)).ToList();
        var names = NearestNames.Sort(name, Names(projects.Count == 0 ? installed.Projects : projects));
        return new NameNotFoundException(
            NameKind.Operation,
            name,
            projects.Count == 0
                ? $"There is no package '{package}' with a guild.yml.{packages.Instead(package)}"
                : $"Package '{projects[0].Package!.Name}' has no '{name[(name.LastIndexOf('/') + 1)..]}'.{OperationResolver.List(names)}",
            names,
            projects.Count == 0
                ? "Install the package, activate the environment that has it, or leave the package out to name an operation of this project."
                : "List what it has with Get-GuildOperation -Package NAME.");
    }

    // Somebody who leaves the package out may have meant a package's operation all the same.
    private NameNotFoundException WithPackages(NameNotFoundException own)
    {
        var meant = NearestNames.Sort(name, installed.Projects.SelectMany(p => p.Operations.Where(o => o.Name == _wanted.Operation).Select(p.NameOf)));
        return meant.Count == 0
            ? own
            : new NameNotFoundException(
                own.Kind,
                own.Name,
                $"{own.Message} Installed packages have: {string.Join(", ", meant.Take(12).Select(n => $"'{n}'"))}.",
                [.. own.Candidates, .. meant],
                own.RecommendedAction);
    }

    private GuildException WithoutProject(GuildException own)
    {
        if (installed.Projects.Count == 0)
        {
            return own;
        }

        var names = NearestNames.Sort(name, Names(installed.Projects));
        return own is GuildFileNotFoundException { DirectoryPath: var folder }
            ? new GuildFileNotFoundException(folder, $"No installed package has '{name}' either.{OperationResolver.List(names)}")
            : own;
    }

    private static IEnumerable<string> Names(IEnumerable<Project> projects) => projects.SelectMany(p => p.Operations.Select(p.NameOf));
}
