using System.Collections.ObjectModel;
using Guild.Engine.Yaml;

namespace Guild.Engine.GuildFiles;

/// <summary>Binds the flags of an operation.</summary>
internal static class FlagBinding
{
    private static readonly string[] OnlyDefault = ["default"];

    private static readonly Dictionary<string, FlagType> Types = new(StringComparer.Ordinal)
    {
        ["auto"] = FlagType.Auto,
        ["string"] = FlagType.String,
        ["int"] = FlagType.Int,
        ["float"] = FlagType.Float,
        ["number"] = FlagType.Number,
        ["boolean"] = FlagType.Boolean,
        ["path"] = FlagType.Path,
        ["existing-path"] = FlagType.ExistingPath,
    };

    // For a while the section of flags also said where flags go and which are imported.
    private static readonly (string Directive, string Today)[] Directives = [("$dest", "flags-dest"), ("$import", "flags-import")];

    /// <summary>What a type is called in a Guild file.</summary>
    public static string NameOf(FlagType type)
    {
        foreach (var pair in Types)
        {
            if (pair.Value == type)
            {
                return pair.Key;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(type), type, "A flag type without a name.");
    }

    /// <summary>The flags in ordinal order of their names, and what the section says beside them.</summary>
    public static FlagSection BindAll(Attributes operation, SectionIncludes includes)
    {
        if (operation.Mapping("flags") is not { } flags)
        {
            return new([], null, null);
        }

        var bound = new List<FlagDefinition>();
        Dictionary<string, YamlNode>? directives = null;
        foreach (var (key, value) in includes.Resolve(flags, "flags").Entries)
        {
            if (Array.Find(Directives, d => d.Directive == key.Text).Today is { } today)
            {
                operation.Findings.Warning(DiagnosticIds.OldName, key.Start, $"'{key.Text}' among the flags of {operation.Subject} is an old name; today it is '{today}' of the operation.");
                (directives ??= new(StringComparer.Ordinal))[today] = value;
                continue;
            }

            if (key.Text.StartsWith('$'))
            {
                operation.Findings.Error(DiagnosticIds.NotSupportedYet, key.Start, $"'{key.Text}' is not supported in this version.");
                continue;
            }

            if (Names.OfKey(key, "flag", operation.Findings) is { } name)
            {
                bound.Add(Bind(name, key.Start, value, operation));
            }
        }

        bound.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return new(bound, directives?.GetValueOrDefault("flags-dest"), directives?.GetValueOrDefault("flags-import"));
    }

    private static FlagDefinition Bind(string name, TextPosition position, YamlNode node, Attributes operation)
    {
        // Anything that is no mapping is the flag's default; a list makes one trial of each of its values.
        if (node is not YamlMapping mapping)
        {
            return new() { Name = name, Default = YamlValues.Of(node), Position = position, Given = OnlyDefault };
        }

        var attributes = new Attributes(mapping, name, operation);
        var split = attributes.Node("arg-split");
        var argSwitch = attributes.Node("arg-switch");
        var flag = new FlagDefinition
        {
            Name = name,
            Description = attributes.Description(),
            Default = YamlValues.Of(attributes.Node(attributes.Today("default", "value"))),
            Type = Type(attributes),
            IsRequired = attributes.Flag("required") ?? false,
            IsSecret = attributes.Flag("secret") ?? false,
            Alias = attributes.Text("alias"),
            ArgName = attributes.Text("arg-name"),
            ArgSkip = attributes.Flag("arg-skip"),
            HasArgSwitch = argSwitch is not null,
            ArgSwitch = YamlValues.Of(argSwitch),
            SplitsArg = split is not null and not YamlScalar { Value: false },
            ArgSeparator = Separator(attributes, split),
            ArgEncoding = Encoding(attributes, "arg-encoding") ?? [],
            EnvName = attributes.Text("env-name"),
            EnvEncoding = Encoding(attributes, "env-encoding") ?? [],
            Choices = ChoiceBinder.BindAll(attributes),
            AllowsOther = attributes.Flag("allow-other") ?? false,
            NullLabel = attributes.AnyText("null-label"),
            Minimum = attributes.Number("min"),
            Maximum = attributes.Number("max"),
            Distribution = Distribution(attributes),
            Position = position,
            Given = Given(mapping),

            // What is left over is known when all else was asked for.
            Extra = Extra(attributes),
        };
        if (flag.Minimum > flag.Maximum)
        {
            attributes.Findings.Error(DiagnosticIds.InvalidFlag, attributes.Node("min")!.Start, $"'min' of {attributes.Subject} is greater than its 'max'.");
        }

        if (flag is { IsSecret: true, Default: not null })
        {
            attributes.Findings.Warning(
                DiagnosticIds.SecretDefault,
                attributes.Node("default")?.Start ?? position,
                $"The default of {attributes.Subject} stands in the file, so it is no secret, and runs keep a copy of the file. Give the value when you run instead.");
        }

        return flag;
    }

    private static string[] Given(YamlMapping mapping)
    {
        var given = new string[mapping.Entries.Count];
        for (var i = 0; i < given.Length; i++)
        {
            given[i] = Today(mapping.Entries[i].Key.Text);
        }

        return given;
    }

    private static string Today(string attribute) => attribute switch
    {
        "value" => "default",
        "options" => "choices",
        _ => attribute,
    };

    private static FlagType Type(Attributes attributes)
    {
        if (attributes.Text("type") is not { } type)
        {
            return FlagType.Auto;
        }

        if (Types.TryGetValue(type, out var known))
        {
            return known;
        }

        attributes.Findings.Warning(
            DiagnosticIds.UnknownFlagType,
            attributes.Node("type")!.Start,
            $"'type' of {attributes.Subject}: '{type}' is not known and means auto. Expected one of {string.Join(", ", Types.Keys.Order(StringComparer.Ordinal))}.");
        return FlagType.Auto;
    }

    private static string? Separator(Attributes attributes, YamlNode? split)
    {
        switch (split)
        {
            case null or YamlScalar { Value: bool or "shlex" }:
                return null;
            case YamlScalar { Value: string { Length: > 0 } separator }:
                return separator;
            default:
                attributes.WrongType("arg-split", split, "yes, no, shlex or a separator");
                return null;
        }
    }

    private static string? Distribution(Attributes attributes)
    {
        var distribution = attributes.Text("distribution");
        if (distribution is null or "uniform" or "loguniform")
        {
            return distribution;
        }

        attributes.Findings.Error(
            DiagnosticIds.InvalidFlag,
            attributes.Node("distribution")!.Start,
            $"'distribution' of {attributes.Subject}: expected uniform or loguniform, found '{distribution}'.");
        return null;
    }

    private static List<KeyValuePair<object?, string>>? Encoding(Attributes attributes, string name)
    {
        if (attributes.Mapping(name) is not { } mapping)
        {
            return null;
        }

        var encoding = new List<KeyValuePair<object?, string>>();
        foreach (var (key, value) in mapping.Entries)
        {
            if (value is YamlScalar scalar)
            {
                encoding.Add(new(key.Value, scalar.Text));
                continue;
            }

            attributes.WrongType(name, value, "a string for each value");
        }

        return encoding;
    }

    // What Guild has no meaning for is kept with the flag, for plugins and optimizers. A misspelled attribute is more likely, so a near miss is told.
    private static IReadOnlyDictionary<string, object?> Extra(Attributes attributes)
    {
        if (attributes.Unknown() is not { Count: > 0 } unknown)
        {
            return ReadOnlyDictionary<string, object?>.Empty;
        }

        var extra = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, value) in unknown)
        {
            extra[key.Text] = YamlValues.Of(value);
            if (attributes.NearestKnown(key.Text) is { } nearest)
            {
                attributes.Findings.Warning(
                    DiagnosticIds.UnknownAttribute,
                    key.Start,
                    $"'{key.Text}' is no attribute of {attributes.Subject}. Did you mean '{nearest}'?");
            }
        }

        return extra;
    }
}

/// <summary>The section of an operation's flags.</summary>
/// <param name="Flags">The flags.</param>
/// <param name="Destination">Where they go, as the section says it; null if it does not.</param>
/// <param name="Import">Which are imported, as the section says it; null if it does not.</param>
internal sealed record FlagSection(IReadOnlyList<FlagDefinition> Flags, YamlNode? Destination, YamlNode? Import);
