namespace Guild.Engine.Flags;

/// <summary>The values of an operation's flags for one run.</summary>
public sealed record BoundFlags
{
    /// <summary>Every flag of the operation, null ones too, and unknown ones that were forced; in ordinal order of the names.</summary>
    public required IReadOnlyDictionary<string, object?> Values { get; init; }

    /// <summary>What the user gave, under the flags' own names and as the flags' types have it.</summary>
    public required IReadOnlyDictionary<string, object?> UserValues { get; init; }

    /// <summary>Extra options of the program that the chosen values bring: option name to value.</summary>
    public IReadOnlyDictionary<string, object?> ChoiceArgs { get; init; } = new Dictionary<string, object?>();

    /// <summary>True if flags were bound by force, so that also those without a definition are passed to the program.</summary>
    public bool IsForced { get; init; }

    /// <summary>What a user should know though the values can be used; one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>How flags are bound.</summary>
/// <param name="WorkingDirectory">The absolute path that relative paths are relative to.</param>
/// <param name="HomeFolder">What <c>~</c> stands for at the start of a path.</param>
/// <param name="IsForced">True if unknown flags, values that do not fit and missing values are accepted.</param>
public sealed record FlagBindingOptions(string WorkingDirectory, string HomeFolder, bool IsForced = false);
