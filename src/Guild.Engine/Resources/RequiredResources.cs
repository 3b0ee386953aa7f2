using System.Text.RegularExpressions;
using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;

namespace Guild.Engine.Resources;

/// <summary>What finding the resources of an operation needs beside the Guild file.</summary>
public sealed record RequirementOptions
{
    /// <summary>The values of the flags, which names of resources can refer to.</summary>
    public IReadOnlyDictionary<string, object?> Flags { get; init; } = new Dictionary<string, object?>();

    /// <summary>The secret flags, which names of resources cannot refer to: name to environment variable.</summary>
    public IReadOnlyDictionary<string, string> SecretVariables { get; init; } = new Dictionary<string, string>();

    /// <summary>What the user put in place of resources; each is handed to the resources that have its name.</summary>
    public IReadOnlyList<ResourceOverride> Overrides { get; init; } = [];

    /// <summary><c>default-target-type</c> of the user's configuration, used where the model has none; null for <c>link</c>.</summary>
    public string? DefaultTargetType { get; init; }

    /// <summary>Where packages are looked for whose resources are required.</summary>
    public PackageSearch Packages { get; init; } = PackageSearch.None;
}

/// <summary>Finds the resources that an operation requires, by their names in the Guild file.</summary>
public static partial class RequiredResources
{
    /// <summary>
    /// The resources in the order in which they are required. Raises <see cref="NameNotFoundException"/> for a name that names no
    /// resource, <see cref="FlagReferenceException"/> for one that refers to a flag that is not there, and
    /// <see cref="RequestException"/> for one that cannot be a name.
    /// </summary>
    /// <param name="file">The Guild file.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="options">Flags, what the user gave, and defaults.</param>
    public static IReadOnlyList<RequiredResource> Of(GuildFile file, OperationDefinition operation, RequirementOptions options)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(options);
        return [.. operation.Requires.Select(requirement => Of(file, operation, requirement, options))];
    }

    /// <summary>
    /// The names under which a user can put something in place of a resource of the operation. Requirements that cannot be found yet,
    /// such as those whose names refer to flags without a value, have none.
    /// </summary>
    /// <param name="file">The Guild file.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="flags">The values of flags as far as they are known.</param>
    /// <param name="packages">Where packages are looked for whose resources are required; null for nowhere.</param>
    public static IReadOnlyList<string> Names(
        GuildFile file, OperationDefinition operation, IReadOnlyDictionary<string, object?> flags, PackageSearch? packages = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(operation);
        var options = new RequirementOptions { Flags = flags, Packages = packages ?? PackageSearch.None };
        return [.. operation.Requires.SelectMany(requirement => NamesOf(file, operation, requirement, options)).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The resources of a Guild file by the names that a value can have: <c>RES</c> of the model itself, and <c>MODEL:RES</c>.</summary>
    public static IReadOnlyDictionary<string, ResourceDefinition> InProject(GuildFile file, string modelName)
    {
        ArgumentNullException.ThrowIfNull(file);
        var found = new Dictionary<string, ResourceDefinition>(StringComparer.Ordinal);
        foreach (var model in file.Models)
        {
            foreach (var resource in model.Resources)
            {
                found[$"{model.Name}:{resource.Name}"] = resource;
                if (model.Name == modelName)
                {
                    found[resource.Name] = resource;
                }
            }
        }

        return found;
    }

    private static RequiredResource Of(GuildFile file, OperationDefinition operation, RequirementDefinition requirement, RequirementOptions options)
    {
        FlagReferences.RefuseSecrets(requirement.Spec, options.SecretVariables);
        var spec = requirement.Spec is null ? null : FlagReferences.ResolveText(requirement.Spec, options.Flags);
        var (definition, model, location) = requirement.Inline is { } inline
            ? new FoundResource(inline, ModelOf(file, operation.ModelName), file.Directory)
            : Find(file, operation, spec ?? "", options.Packages);
        var resource = new RequiredResource
        {
            Name = definition.Name,
            Spec = spec,
            Definition = definition,
            Location = location,
            OtherLocations = model?.PackageDirectories ?? [],
            DefaultTargetType = model?.DefaultTargetType ?? options.DefaultTargetType,
        };
        var names = ResourceNames.For(resource);
        return resource with { Overrides = [.. options.Overrides.Where(given => names.Contains(given.Name))] };
    }

    /// <summary>The resource of one requirement, or null if it cannot be found yet: what is wrong with it is said when the run is planned.</summary>
    internal static RequiredResource? Find(GuildFile file, OperationDefinition operation, RequirementDefinition requirement, RequirementOptions options)
    {
        try
        {
            return Of(file, operation, requirement, options);
        }
        catch (GuildException)
        {
            return null;
        }
    }

    private static IReadOnlyList<string> NamesOf(GuildFile file, OperationDefinition operation, RequirementDefinition requirement, RequirementOptions options) =>
        Find(file, operation, requirement, options) is { } resource ? ResourceNames.For(resource) : [];

    private static FoundResource Find(GuildFile file, OperationDefinition operation, string spec, PackageSearch packages)
    {
        var match = Spec().Match(spec);
        if (!match.Success)
        {
            throw new RequestException(
                $"'{spec}', which operation '{operation.FullName}' requires, cannot be the name of a resource.",
                spec,
                "Write RESOURCE, MODEL:RESOURCE or PACKAGE/RESOURCE under 'requires' in the Guild file.");
        }

        var name = match.Groups["name"].Value;
        var modelName = match.Groups["model"] is { Success: true, Value: var given } ? given : null;
        if (match.Groups["package"] is { Success: true, Value: var package })
        {
            return PackageResources.Find(new(operation.FullName, spec, package, modelName, name), packages);
        }

        if (ModelOf(file, modelName ?? operation.ModelName) is not { } model)
        {
            throw NotFound(file, operation, spec, $"the Guild file has no model '{modelName}'");
        }

        var definition = model.Resources.FirstOrDefault(resource => resource.Name == name)
            ?? throw NotFound(file, operation, spec, model.Name.Length == 0 ? "it is not defined" : $"model '{model.Name}' does not define it");
        return new FoundResource(definition, ModelOf(file, operation.ModelName), file.Directory);
    }

    private static NameNotFoundException NotFound(GuildFile file, OperationDefinition operation, string spec, string reason)
    {
        var candidates = NearestNames.Sort(spec, InProject(file, operation.ModelName).Keys);
        return new NameNotFoundException(
            NameKind.Resource,
            spec,
            $"Resource '{spec}', which operation '{operation.FullName}' requires, is not there: {reason}.",
            candidates,
            candidates.Count > 0 ? $"Did you mean '{candidates[0]}'?" : "Define it under 'resources' in the Guild file.");
    }

    private static ModelDefinition? ModelOf(GuildFile file, string name) => file.Models.FirstOrDefault(model => model.Name == name);

    [GeneratedRegex(@"\A(?:(?<package>[a-zA-Z0-9_.-]+)/)?(?:(?<model>[a-zA-Z0-9_.-]+):)?(?<name>[a-zA-Z0-9_.-]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Spec();
}
