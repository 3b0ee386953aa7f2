using Guild.Engine.Text;

namespace Guild.Engine.GuildFiles;

/// <summary>What kind of source it is.</summary>
public enum SourceKind
{
    /// <summary>A file or folder of the project.</summary>
    File,

    /// <summary>A file on the web.</summary>
    Url,

    /// <summary>A Python module that must be there; it brings no files.</summary>
    Module,

    /// <summary>Files of another operation's run.</summary>
    Operation,

    /// <summary>A configuration file that is rewritten with flag values.</summary>
    Config,
}

/// <summary>One source of a resource.</summary>
public sealed record SourceDefinition
{
    /// <summary>What kind it is.</summary>
    public required SourceKind Kind { get; init; }

    /// <summary>The path, web address, module or operations; may refer to flags as <c>${flag}</c>.</summary>
    public required string Value { get; init; }

    /// <summary>The source's own name, or null.</summary>
    public string? Name { get; init; }

    /// <summary>The expected SHA-256 in hexadecimal, or null.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Whether an archive is unpacked; null for the resource's default.</summary>
    public bool? Unpack { get; init; }

    /// <summary>The kind of archive, if not told by the file's name.</summary>
    public string? ArchiveType { get; init; }

    /// <summary>Which files are taken: patterns as Python's regular expressions, matched against whole relative paths.</summary>
    public IReadOnlyList<SelectDefinition> Select { get; init; } = [];

    /// <summary>How base names are changed; the first that changes a name wins.</summary>
    public IReadOnlyList<RenameDefinition> Rename { get; init; } = [];

    /// <summary>What to tell when the source cannot be resolved, or null.</summary>
    public string? Help { get; init; }

    /// <summary>A shell command that is run once on what was acquired, or null.</summary>
    public string? PostProcess { get; init; }

    /// <summary>The folder in the run directory, or null for the resource's.</summary>
    public string? TargetPath { get; init; }

    /// <summary><c>link</c>, <c>copy</c>, or null for the resource's.</summary>
    public string? TargetType { get; init; }

    /// <summary>True if a file that is already there is replaced.</summary>
    public bool ReplacesExisting { get; init; }

    /// <summary>True if selected files keep their relative folders.</summary>
    public bool PreservesPath { get; init; }

    /// <summary>True if it is warned of when nothing is resolved.</summary>
    public bool WarnsIfEmpty { get; init; } = true;

    /// <summary>True if it is an error when nothing is resolved.</summary>
    public bool FailsIfEmpty { get; init; }

    /// <summary>True if the run goes on without it.</summary>
    public bool IsOptional { get; init; }

    /// <summary>True if it is resolved again when a run is restarted.</summary>
    public bool AlwaysResolves { get; init; }

    /// <summary>The name under which the user overrides it, or null for the default one.</summary>
    public string? FlagName { get; init; }

    /// <summary>True if the user cannot override it under a flag's name (<c>flag-name: no</c>).</summary>
    public bool IsFlagDisabled { get; init; }

    /// <summary>Values written into a configuration file.</summary>
    public IReadOnlyDictionary<string, object?> Params { get; init; } = new Dictionary<string, object?>();

    /// <summary>Where the definition begins.</summary>
    public TextPosition Position { get; init; }

    /// <summary>The source as messages and records name it: <c>file:data.csv</c>, <c>operation:train</c>, or the web address itself with <c>***</c> in place of a name and password.</summary>
    public string Uri => Kind switch
    {
        SourceKind.Url => UrlText.Masked(Value),
        SourceKind.File => $"file:{Value}",
        SourceKind.Module => $"module:{Value}",
        SourceKind.Operation => $"operation:{Value}",
        _ => $"config:{Value}",
    };
}

/// <summary>Which way a selection reduces its matches.</summary>
public enum SelectReduction
{
    /// <summary>All matches are taken.</summary>
    All,

    /// <summary>The match whose first group is numerically smallest.</summary>
    Minimum,

    /// <summary>The match whose first group is numerically greatest.</summary>
    Maximum,
}

/// <summary>One pattern of a selection.</summary>
/// <param name="Pattern">A Python regular expression, matched against the whole relative path with <c>/</c> between its parts; may refer to flags.</param>
/// <param name="Reduction">Which of the matches are taken.</param>
public sealed record SelectDefinition(string Pattern, SelectReduction Reduction = SelectReduction.All);

/// <summary>One rule of renaming.</summary>
/// <param name="Pattern">A Python regular expression that is searched in the base name; may refer to flags.</param>
/// <param name="Replacement">The replacement, with <c>\1</c> for groups; may refer to flags.</param>
public sealed record RenameDefinition(string Pattern, string Replacement);
