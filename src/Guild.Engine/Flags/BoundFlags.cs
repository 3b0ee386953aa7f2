namespace Guild.Engine.Flags;

/// <summary>The values of an operation's flags for one run.</summary>
public sealed record BoundFlags
{
    /// <summary>
    /// Every flag of the operation, null ones too, and unknown ones that were forced; in ordinal order of the names. Secrets are null here, whatever
    /// they were given, so that nothing made of these values can give one away.
    /// </summary>
    public required IReadOnlyDictionary<string, object?> Values { get; init; }

    /// <summary>What the user gave, under the flags' own names and as the flags' types have it; without secrets.</summary>
    public required IReadOnlyDictionary<string, object?> UserValues { get; init; }

    /// <summary>The secret flags, with or without a value: the flag's name to the name of its environment variable.</summary>
    public IReadOnlyDictionary<string, string> SecretVariables { get; init; } = new Dictionary<string, string>();

    /// <summary>The names of the secret flags that have a value, in ordinal order.</summary>
    public IReadOnlyList<string> GivenSecrets => [.. Secrets.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The values of the secret flags that have one. Only what makes a program's environment may read them.</summary>
    internal IReadOnlyDictionary<string, SecretValue> Secrets { get; init; } = new Dictionary<string, SecretValue>();

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
public sealed record FlagBindingOptions(string WorkingDirectory, string HomeFolder, bool IsForced = false)
{
    /// <summary>The environment of the session: a secret flag that is not given has the value of its own variable there.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
