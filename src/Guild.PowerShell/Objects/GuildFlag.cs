using Guild.Engine.GuildFiles;

namespace Guild.PowerShell;

/// <summary>A flag: a parameter of an operation.</summary>
public sealed class GuildFlag
{
    internal GuildFlag(FlagDefinition flag)
    {
        Name = flag.Name;
        Description = flag.Description;
        Type = TypeName(flag.Type);
        Default = flag.IsSecret ? null : Table.Value(flag.Default);
        Secret = flag.IsSecret;
        Required = flag.IsRequired;
        Choices = [.. flag.Choices.Select(c => new GuildFlagChoice(c))];
        Minimum = flag.Minimum;
        Maximum = flag.Maximum;
        Alias = flag.Alias;
        ImportedFrom = flag.ImportedFrom;
    }

    /// <summary>The type as a Guild file has it.</summary>
    internal static string TypeName(FlagType type) => type switch
    {
        FlagType.ExistingPath => "existing-path",
        FlagType.Auto => "auto",
        _ => type.ToString().ToLowerInvariant(),
    };

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>What it means.</summary>
    public string Description { get; }

    /// <summary>The type of its values: auto, string, int, float, number, boolean, path or existing-path.</summary>
    public string Type { get; }

    /// <summary>The value that it has when none is given, or null; null for a secret.</summary>
    public object? Default { get; }

    /// <summary>True if it must be given a value.</summary>
    public bool Required { get; }

    /// <summary>True if its value is not shown and not recorded.</summary>
    public bool Secret { get; }

    /// <summary>The values to choose from; empty if any value goes.</summary>
    public GuildFlagChoice[] Choices { get; }

    /// <summary>The least value, or null.</summary>
    public double? Minimum { get; }

    /// <summary>The greatest value, or null.</summary>
    public double? Maximum { get; }

    /// <summary>Another name for it, or null.</summary>
    public string? Alias { get; }

    /// <summary>The script or the file that the flag, or a part of its definition, was imported from; null if all of it stands in the Guild file.</summary>
    public string? ImportedFrom { get; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

/// <summary>A value that a flag can be given.</summary>
public sealed class GuildFlagChoice
{
    internal GuildFlagChoice(FlagChoice choice)
    {
        Value = Table.Value(choice.Value);
        Description = choice.Description;
        Alias = choice.Alias;
    }

    /// <summary>The value.</summary>
    public object? Value { get; }

    /// <summary>What it means.</summary>
    public string Description { get; }

    /// <summary>What can be typed for it, or null.</summary>
    public string? Alias { get; }

    /// <summary>The value as text.</summary>
    public override string ToString() => Guild.Engine.Flags.FlagGrammar.Encode(Value);
}
