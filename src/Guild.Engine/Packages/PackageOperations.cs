using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;

namespace Guild.Engine.Packages;

/// <summary>
/// Finds the project that a name means: the folder's own comes first, then the installed packages. Packages are looked for only when the folder's project has no such name.
/// </summary>
internal static class PackageOperations
{
    /// <summary>The project of an operation.</summary>
    public static Project OpenFor(string directoryOrFile, string operation, PackageSearch packages) => Open(directoryOrFile, operation, packages, HasOperation, FindOperation);

    /// <summary>The project of an operation or a model, or that of a package.</summary>
    public static Project OpenAbout(string directoryOrFile, string name, PackageSearch packages) => Open(
        directoryOrFile,
        name,
        packages,
        static (project, wanted) => project.FindModel(wanted) is not null || HasOperation(project, wanted),
        static (wanted, found) => FindPackageOrModel(wanted, found) ?? FindOperation(wanted, found));

    private static Project Open(
        string directoryOrFile, string name, PackageSearch packages, Func<Project, string, bool> has, Func<string, PackageProjects, Project?> find)
    {
        GuildException reason;
        try
        {
            var own = Project.Open(directoryOrFile, packages);
            if (name.Length == 0 || has(own, name))
            {
                return AsPackage(own, name, packages);
            }

            reason = new GuildFileNotFoundException(own.Directory);
        }
        catch (NameNotFoundException error)
        {
            reason = error;
        }
        catch (GuildFileNotFoundException error) when (name.Length > 0)
        {
            reason = error;
        }

        var installed = PackageProjects.Of(packages);
        return find(name, installed) ?? throw new PackageMiss(name, installed, packages).Explain(reason);
    }

    // An operation of a package that was listed before is opened by its folder, and still is the package's.
    private static Project AsPackage(Project own, string name, PackageSearch packages) =>
        name.Contains('/', StringComparison.Ordinal) && OperationName.Parse(name).Package is { } package
            && packages.Installed.Named(package) is { } installed && installed.GuildFiles.Contains(own.File.Path, StringComparer.Ordinal)
            ? own.Of(installed)
            : own;

    // Raises what is wrong with the name, so that it can be said if no package has it either.
    private static bool HasOperation(Project project, string name) => OperationResolver.Resolve(project, name) is not null;

    private static Project? FindOperation(string name, PackageProjects installed)
    {
        var wanted = OperationName.Parse(name);
        var projects = InPackage(installed.Projects, wanted.Package);
        if (wanted.Model is null)
        {
            var matches = projects.Where(p => wanted.Package is null ? HasAnonymous(p, wanted.Operation) : p.Operations.Any(o => o.Name == wanted.Operation)).ToList();
            return Only(name, matches.SelectMany(p => p.Operations.Where(o => o.Name == wanted.Operation).Select(o => (p, o.ModelName, p.NameOf(o)))));
        }

        var models = projects.SelectMany(p => p.Models.Select(m => (Project: p, Model: m))).ToList();
        var exact = models.FindAll(m => m.Model.Name == wanted.Model);
        var meant = exact.Count > 0 || wanted.Model.Length == 0 ? exact : models.FindAll(m => m.Model.Name.Contains(wanted.Model, StringComparison.Ordinal));
        var able = meant.FindAll(m => wanted.Operation is null || m.Model.Operations.Any(o => o.Name == wanted.Operation));
        return Only(name, (able.Count > 0 ? able : meant).Select(m => (m.Project, m.Model.Name, NameOf(m.Project, m.Model) + (wanted.Operation is null ? "" : ":" + wanted.Operation))));
    }

    private static Project? FindPackageOrModel(string name, PackageProjects installed)
    {
        if (installed.Projects.FirstOrDefault(p => p.Package!.IsNamed(name)) is { } package)
        {
            return package;
        }

        var slash = name.LastIndexOf('/');
        var model = name[(slash + 1)..];
        return model.Length == 0
            ? null
            : Only(name, InPackage(installed.Projects, slash < 0 ? null : name[..slash]).Where(p => p.FindModel(model) is not null).Select(p => (p, model, NameOf(p, p.FindModel(model)!))));
    }

    private static bool HasAnonymous(Project project, string? operation) => project.FindModel("")?.Operations.Any(o => o.Name == operation) == true;

    private static string NameOf(Project project, ModelDefinition model) => $"{project.Package!.Name}/{model.Name}";

    // A package is named exactly, else by a part of its name, as a model is.
    private static List<Project> InPackage(IReadOnlyList<Project> projects, string? package)
    {
        if (package is null)
        {
            return [.. projects];
        }

        var exact = projects.Where(p => p.Package!.IsNamed(package)).ToList();
        return exact.Count > 0 ? exact : [.. projects.Where(p => p.Package!.Name.Contains(package, StringComparison.Ordinal))];
    }

    // Two models of one project are told apart by who resolves the operation in it.
    private static Project? Only(string name, IEnumerable<(Project Project, string Model, string FullName)> matches)
    {
        var all = matches.ToList();
        if (all.Select(m => m.Project).Distinct().Count() < 2)
        {
            return all.Count == 0 ? null : all[0].Project;
        }

        var names = NearestNames.Sort(name, all.Select(m => m.FullName));
        throw new AmbiguousNameException(
            NameKind.Operation,
            name,
            $"'{name}' could mean something of more than one installed package.{OperationResolver.List(names)}",
            names,
            "Name the package too, as in PACKAGE/MODEL:OPERATION.");
    }
}
