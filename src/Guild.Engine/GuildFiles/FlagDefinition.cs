using System.Collections.ObjectModel;

namespace Guild.Engine.GuildFiles;

/// <summary>The type that a flag's values must have.</summary>
public enum FlagType
{
    /// <summary>Whatever the value is.</summary>
    Auto,

    /// <summary>Text, kept as it is.</summary>
    String,

    /// <summary>A whole number.</summary>
    Int,

    /// <summary>A floating-point number.</summary>
    Float,

    /// <summary>A whole or floating-point number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A path, made absolute.</summary>
    Path,

    /// <summary>A path that must exist, made absolute.</summary>
    ExistingPath,
}

/// <summary>A flag: a parameter of an operation.</summary>
public sealed record FlagDefinition
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>What the flag means; the first line is its summary.</summary>
    public string Description { get; init; } = "";

    /// <summary>The default value, or null.</summary>
    public object? Default { get; init; }

    /// <summary>The type of its values.</summary>
    public FlagType Type { get; init; }

    /// <summary>True if it must have a value that is neither null nor empty.</summary>
    public bool IsRequired { get; init; }

    /// <summary>True if its value is not to be seen: it reaches the program by the environment only, and no record has it.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Another name for the command line, or null.</summary>
    public string? Alias { get; init; }

    /// <summary>The name of the program's option, or null for the flag's name.</summary>
    public string? ArgName { get; init; }

    /// <summary>True if it is not passed as an argument; null for the operation's default.</summary>
    public bool? ArgSkip { get; init; }

    /// <summary>True if <see cref="ArgSwitch"/> was given; null is the same as not given.</summary>
    public bool HasArgSwitch { get; init; }

    /// <summary>The value for which the bare option is passed; for any other nothing is passed.</summary>
    public object? ArgSwitch { get; init; }

    /// <summary>True if the value is split into several arguments.</summary>
    public bool SplitsArg { get; init; }

    /// <summary>What separates the arguments, or null for the words of a POSIX shell.</summary>
    public string? ArgSeparator { get; init; }

    /// <summary>Replacement texts for arguments: the value as text, to the argument.</summary>
    public IReadOnlyList<KeyValuePair<object?, string>> ArgEncoding { get; init; } = [];

    /// <summary>The name of the environment variable, or null for <c>FLAG_NAME</c>.</summary>
    public string? EnvName { get; init; }

    /// <summary>Replacement texts for the environment variable.</summary>
    public IReadOnlyList<KeyValuePair<object?, string>> EnvEncoding { get; init; } = [];

    /// <summary>The values to choose from, in file order; empty if any value goes.</summary>
    public IReadOnlyList<FlagChoice> Choices { get; init; } = [];

    /// <summary>True if other values than the choices are accepted.</summary>
    public bool AllowsOther { get; init; }

    /// <summary>How a null value is shown, or null for <c>default</c>.</summary>
    public string? NullLabel { get; init; }

    /// <summary>The least value, or null.</summary>
    public double? Minimum { get; init; }

    /// <summary>The greatest value, or null.</summary>
    public double? Maximum { get; init; }

    /// <summary>How searches draw values between minimum and maximum: <c>uniform</c>, <c>loguniform</c> or null.</summary>
    public string? Distribution { get; init; }

    /// <summary>Attributes that Guild has no meaning for; they are kept with the run.</summary>
    public IReadOnlyDictionary<string, object?> Extra { get; init; } = ReadOnlyDictionary<string, object?>.Empty;

    /// <summary>Where the definition begins.</summary>
    public TextPosition Position { get; init; }

    /// <summary>What the flag, or a part of its definition, was imported from: the name of a script or a configuration file. Null if all of it stands in the Guild file.</summary>
    public string? ImportedFrom { get; init; }

    /// <summary>The attributes that the Guild file gives. Only what it does not give is imported.</summary>
    internal IReadOnlyList<string> Given { get; init; } = [];
}

/// <summary>A value that a flag can be given.</summary>
public sealed record FlagChoice
{
    /// <summary>The value.</summary>
    public object? Value { get; init; }

    /// <summary>What the value means.</summary>
    public string Description { get; init; } = "";

    /// <summary>What the user can type for the value, or null.</summary>
    public string? Alias { get; init; }

    /// <summary>Extra arguments of the program: option name to value.</summary>
    public IReadOnlyDictionary<string, object?> Args { get; init; } = ReadOnlyDictionary<string, object?>.Empty;

    /// <summary>Flags that this choice sets unless the user sets them.</summary>
    public IReadOnlyDictionary<string, object?> Flags { get; init; } = ReadOnlyDictionary<string, object?>.Empty;
}
