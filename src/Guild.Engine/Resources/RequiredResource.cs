using Guild.Engine.GuildFiles;

namespace Guild.Engine.Resources;

/// <summary>A resource that an operation requires, with all that is known of it before it is resolved.</summary>
public sealed record RequiredResource
{
    /// <summary>The name, as messages and the run's record have it.</summary>
    public required string Name { get; init; }

    /// <summary>The name by which the operation requires it, its references to flags resolved, or null if it is defined in place.</summary>
    public string? Spec { get; init; }

    /// <summary>What it is made of.</summary>
    public required ResourceDefinition Definition { get; init; }

    /// <summary>The absolute path of the folder that relative paths of its sources start from.</summary>
    public required string Location { get; init; }

    /// <summary>Absolute paths of further folders to look in, in order, such as those of inherited models' packages.</summary>
    public IReadOnlyList<string> OtherLocations { get; init; } = [];

    /// <summary><c>link</c> or <c>copy</c> where neither source nor resource says which; null for <c>link</c>.</summary>
    public string? DefaultTargetType { get; init; }

    /// <summary>What the user put in place of the resource or of one of its sources.</summary>
    public IReadOnlyList<ResourceOverride> Overrides { get; init; } = [];

    /// <summary>
    /// The files and folders of the project that the resource takes whole, as absolute paths: they get into a run as resources and
    /// are no source code. A folder of which only some files are selected is not among them.
    /// </summary>
    public IReadOnlyList<string> LocalPaths =>
    [
        .. Definition.Sources
            .Where(source => source.Kind is SourceKind.File or SourceKind.Config && source.Value.Length > 0)
            .Select(source => (Path: Path.GetFullPath(source.Value, Location), IsSelected: source.Select.Count > 0))
            .Where(local => !(local.IsSelected && Directory.Exists(local.Path)))
            .Select(local => local.Path),
    ];
}

/// <summary>What a user put in place of a resource: <c>NAME=VALUE</c>.</summary>
/// <param name="Name">The name as the user wrote it; one of <see cref="ResourceNames.For"/>.</param>
/// <param name="Value">The value as the user wrote it: an existing path, a run, or the name of another resource.</param>
public sealed record ResourceOverride(string Name, string Value);

/// <summary>The names under which a user can put something in place of a resource.</summary>
public static class ResourceNames
{
    /// <summary>
    /// All names that mean the resource or one of its sources: how it is required, its own name, and for each source its
    /// <c>flag-name</c>, else its <c>name</c>, else for an operation <c>operation:OP</c> and <c>OP</c>. Each once.
    /// </summary>
    public static IReadOnlyList<string> For(RequiredResource resource) =>
        [.. OfWhole(resource).Concat(resource.Definition.Sources.SelectMany(Of)).Distinct(StringComparer.Ordinal)];

    /// <summary>The source as the run's record and messages name it.</summary>
    public static string Key(SourceDefinition source) => source.Name ?? source.FlagName ?? source.Uri;

    internal static IEnumerable<string> OfWhole(RequiredResource resource) => IsOneThatIsNotSet(resource)
        ? []
        : new[] { resource.Spec, resource.Name, resource.Definition.Name }.OfType<string>();

    // A resource of one source in place has no name but that source's, so what goes for the source goes for it.
    private static bool IsOneThatIsNotSet(RequiredResource resource) =>
        resource.Spec is null && resource.Definition.Sources is [{ IsFlagDisabled: true } only] && resource.Definition.Name == Key(only);

    internal static IEnumerable<string> Of(SourceDefinition source)
    {
        if (source.IsFlagDisabled)
        {
            return [];
        }

        return (source.FlagName ?? source.Name) is { } name ? [name]
            : source.Kind == SourceKind.Operation ? [source.Uri, source.Value]
            : [];
    }
}
