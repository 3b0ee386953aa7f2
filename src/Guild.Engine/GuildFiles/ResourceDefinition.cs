namespace Guild.Engine.GuildFiles;

/// <summary>A requirement of an operation: a resource by name, or defined in place.</summary>
public sealed record RequirementDefinition
{
    /// <summary>The resource's name (<c>RES</c>, <c>MODEL:RES</c>, <c>PKG/RES</c>, <c>PKG/MODEL:RES</c>; may refer to flags), or null if <see cref="Inline"/> is set.</summary>
    public string? Spec { get; init; }

    /// <summary>The resource that is defined in place, or null.</summary>
    public ResourceDefinition? Inline { get; init; }

    /// <summary>What it is needed for, or <c>""</c>.</summary>
    public string Description { get; init; } = "";

    /// <summary>Where the requirement stands.</summary>
    public TextPosition Position { get; init; }
}

/// <summary>A resource: files that an operation needs, from one or more sources.</summary>
public sealed record ResourceDefinition
{
    /// <summary>The name. A resource defined in place is named as it says, else by its sources joined with commas.</summary>
    public required string Name { get; init; }

    /// <summary>What it is.</summary>
    public string Description { get; init; } = "";

    /// <summary>Where its files come from, in file order.</summary>
    public IReadOnlyList<SourceDefinition> Sources { get; init; } = [];

    /// <summary>The folder in the run directory that its files go to, or null for the run directory itself.</summary>
    public string? TargetPath { get; init; }

    /// <summary><c>link</c>, <c>copy</c>, or null for the default.</summary>
    public string? TargetType { get; init; }

    /// <summary>True if lists do not show it.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>Whether archives are unpacked where a source does not say.</summary>
    public bool DefaultUnpack { get; init; } = true;

    /// <summary>Web addresses shown in help.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Where the definition begins.</summary>
    public TextPosition Position { get; init; }
}
