using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;

namespace Guild.Engine.Resources;

/// <summary>A resource that was found by its name.</summary>
/// <param name="Definition">The resource.</param>
/// <param name="Model">The model whose folders and defaults count for it, or null.</param>
/// <param name="Location">The absolute path of the folder that its files are looked for in.</param>
internal sealed record FoundResource(ResourceDefinition Definition, ModelDefinition? Model, string Location);

/// <summary>A resource of a package, as an operation requires it.</summary>
/// <param name="Operation">The full name of the operation.</param>
/// <param name="Spec">The whole name as it is written.</param>
/// <param name="Package">The package.</param>
/// <param name="Model">The model, or null where none is named.</param>
/// <param name="Name">The resource.</param>
internal sealed record PackageResourceName(string Operation, string Spec, string Package, string? Model, string Name);

/// <summary>Finds resources of packages: <c>PACKAGE/RESOURCE</c> and <c>PACKAGE/MODEL:RESOURCE</c>.</summary>
internal static class PackageResources
{
    /// <exception cref="NameNotFoundException">There is no such package or resource.</exception>
    /// <exception cref="AmbiguousNameException">More than one model of the package has a resource of the name.</exception>
    /// <exception cref="GuildFileException">The Guild file of the package has errors.</exception>
    public static FoundResource Find(PackageResourceName wanted, PackageSearch packages)
    {
        var files = Files(wanted.Package, packages);
        if (files.Count == 0)
        {
            throw NotFound(
                wanted,
                $"there is no package '{wanted.Package}' with a guild.yml.{packages.Instead(wanted.Package)}",
                [],
                "Install the package, or activate the environment that has it.");
        }

        var all = files
            .SelectMany(file => ProjectCache.Open(file, packages).Models.Select(model => (Model: model, Folder: Path.GetDirectoryName(file)!)))
            .SelectMany(m => m.Model.Resources.Select(r => (m.Model, m.Folder, Resource: r)))
            .ToList();
        var matches = all.Where(r => r.Resource.Name == wanted.Name && (wanted.Model is null || r.Model.Name == wanted.Model)).ToList();

        // What is written without a model means the anonymous model's first, as everywhere.
        var chosen = matches.Count == 1 ? matches : matches.Where(r => r.Model.Name.Length == 0).ToList();
        if (chosen.Count > 0)
        {
            return new FoundResource(chosen[0].Resource, chosen[0].Model, chosen[0].Folder);
        }

        string NameOf(string model, string resource) => model.Length == 0 ? $"{wanted.Package}/{resource}" : $"{wanted.Package}/{model}:{resource}";
        var names = NearestNames.Sort(wanted.Spec, (matches.Count > 0 ? matches : all).Select(r => NameOf(r.Model.Name, r.Resource.Name)));
        throw matches.Count > 0
            ? new AmbiguousNameException(
                NameKind.Resource,
                wanted.Spec,
                $"Resource '{wanted.Spec}', which operation '{wanted.Operation}' requires, could mean more than one." + OperationResolver.List(names),
                names,
                "Name the model too, as in PACKAGE/MODEL:RESOURCE.")
            : NotFound(wanted, $"package '{wanted.Package}' does not define it.{OperationResolver.List(names)}", names, "Correct the name under 'requires' in the Guild file.");
    }

    // The names of Guild AI's entry points are those of distributions; a package on Python's path that is not installed has just its folder.
    private static IReadOnlyList<string> Files(string package, PackageSearch packages) =>
        packages.Installed.Named(package)?.GuildFiles ?? (GuildFileLoader.Locate(package.Replace('-', '_'), packages) is { } file ? [file] : []);

    private static NameNotFoundException NotFound(PackageResourceName wanted, string reason, IReadOnlyList<string> candidates, string action) => new(
        NameKind.Resource,
        wanted.Spec,
        $"Resource '{wanted.Spec}', which operation '{wanted.Operation}' requires, is not there: {reason}",
        candidates,
        action);
}
