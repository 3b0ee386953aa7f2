namespace Guild.Engine.GuildFiles;

/// <summary>A model: a name under which operations and resources are found.</summary>
public sealed record ModelDefinition
{
    /// <summary>The name; <c>""</c> for the anonymous model.</summary>
    public required string Name { get; init; }

    /// <summary>What the model is; the first line is its summary.</summary>
    public string Description { get; init; } = "";

    /// <summary>True for the model that is meant when none is named. The only model of a file is its default.</summary>
    public bool IsDefault { get; init; }

    /// <summary>The operations, in ordinal order of their names.</summary>
    public IReadOnlyList<OperationDefinition> Operations { get; init; } = [];

    /// <summary>The named resources, in ordinal order of their names.</summary>
    public IReadOnlyList<ResourceDefinition> Resources { get; init; } = [];

    /// <summary>Web addresses shown in help.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>The rules of the source snapshot for all operations, or null for the default rules.</summary>
    public SourceCodeDefinition? SourceCode { get; init; }

    /// <summary>How resources are placed where neither source nor resource says it: <c>link</c>, <c>copy</c> or null.</summary>
    public string? DefaultTargetType { get; init; }

    /// <summary>
    /// The absolute paths of the folders of packages that the model inherits from, nearest first: files and Python modules that are not in the
    /// project's folder are looked for there.
    /// </summary>
    public IReadOnlyList<string> PackageDirectories { get; init; } = [];

    /// <summary>Where the definition begins.</summary>
    public TextPosition Position { get; init; }
}
