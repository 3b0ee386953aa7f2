namespace Guild.Engine.GuildFiles;

/// <summary>Which files of the project are copied into a run.</summary>
public sealed record SourceCodeDefinition
{
    /// <summary>True if nothing is copied.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>True if the rules stand alone; false if they are appended to the default rules.</summary>
    public bool ReplacesDefaults { get; init; }

    /// <summary>The rules; the last that matches a file wins.</summary>
    public IReadOnlyList<SourceCodeRule> Rules { get; init; } = [];

    /// <summary>The folder, relative to the Guild file, that paths are relative to; null for the project's folder.</summary>
    public string? Root { get; init; }

    /// <summary>Whether a digest of the files is recorded.</summary>
    public bool HasDigest { get; init; } = true;

    /// <summary>The folder in the run directory, or null for the run directory itself.</summary>
    public string? Destination { get; init; }
}

/// <summary>What a rule of the source snapshot looks at.</summary>
public enum SourceCodeRuleKind
{
    /// <summary>Files of any kind.</summary>
    Any,

    /// <summary>Folders.</summary>
    Directory,

    /// <summary>Text files.</summary>
    Text,

    /// <summary>Binary files.</summary>
    Binary,
}

/// <summary>A rule of the source snapshot.</summary>
/// <param name="IsInclude">True if what matches is taken, false if it is left out.</param>
/// <param name="Kind">What it looks at.</param>
/// <param name="Patterns">Globs over paths with <c>/</c> between their parts.</param>
public sealed record SourceCodeRule(bool IsInclude, SourceCodeRuleKind Kind, IReadOnlyList<string> Patterns);
