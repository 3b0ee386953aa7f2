using Guild.Engine.Yaml;

namespace Guild.Engine.GuildFiles;

/// <summary>Binds the sources of resources.</summary>
internal static class SourceBinder
{
    /// <summary>The attributes that say what kind of source it is.</summary>
    public static IReadOnlyList<string> TypeKeys { get; } = ["config", "file", "module", "operation", "url"];

    /// <summary>The sources in file order, without those that are none.</summary>
    public static IReadOnlyList<SourceDefinition> BindAll(YamlSequence sources, string resource, Findings findings) =>
        [.. sources.Items.Select(i => Bind(i, resource, findings)).OfType<SourceDefinition>()];

    /// <summary>One source; a string is a file. Null if it is none, which is then reported.</summary>
    public static SourceDefinition? Bind(YamlNode node, string resource, Findings findings)
    {
        switch (node)
        {
            case YamlScalar { Value: string { Length: > 0 } path }:
                return new() { Kind = SourceKind.File, Value = path, Position = node.Start };
            case YamlMapping mapping:
                var attributes = new Attributes(mapping, $"a source of {resource}", ItemAttributes.Source, findings);
                return Bind(attributes);
            default:
                findings.WrongType(node, $"A source of {resource}", $"a file's path, or a mapping with one of {string.Join(", ", TypeKeys)}");
                return null;
        }
    }

    /// <summary>A source that is a mapping. Null if it is none, which is then reported.</summary>
    public static SourceDefinition? Bind(Attributes attributes)
    {
        var types = TypeKeys.Where(t => attributes.Node(t) is not null and not YamlScalar { Value: "" }).ToArray();
        if (types.Length != 1)
        {
            ReportTypes(attributes, types);
            return null;
        }

        if (attributes.Text(types[0]) is not { } value)
        {
            return null;
        }

        var flagName = attributes.Node("flag-name") is YamlScalar { Value: false } ? null : attributes.Text("flag-name");
        var source = new SourceDefinition
        {
            Kind = Enum.Parse<SourceKind>(types[0], ignoreCase: true),
            Value = value,
            Name = attributes.AnyText("name"),
            Sha256 = Sha256(attributes),
            Unpack = attributes.Flag("unpack"),
            ArchiveType = attributes.Text("type"),
            Select = SelectionBinder.Select(attributes),
            Rename = SelectionBinder.Rename(attributes),
            Help = attributes.AnyText("help")?.Trim(),
            PostProcess = attributes.Text("post-process")?.ReplaceLineEndings(" ").Trim(),
            TargetPath = TargetBinder.Path(attributes),
            TargetType = TargetBinder.Type(attributes, "target-type"),
            ReplacesExisting = attributes.Flag("replace-existing") ?? false,
            PreservesPath = attributes.Flag("preserve-path") ?? false,
            WarnsIfEmpty = attributes.Flag("warn-if-empty") ?? true,
            FailsIfEmpty = attributes.Flag("fail-if-empty") ?? false,
            IsOptional = attributes.Flag("optional") ?? false,
            AlwaysResolves = attributes.Flag("always-resolve") ?? false,
            FlagName = flagName,
            IsFlagDisabled = attributes.Node("flag-name") is YamlScalar { Value: false },
            Params = attributes.Values("params"),
            Position = attributes.Position,
        };
        attributes.ReportUnknown();
        return source;
    }

    private static void ReportTypes(Attributes attributes, string[] types)
    {
        if (types.Length > 1)
        {
            attributes.Findings.Error(
                DiagnosticIds.ConflictingSourceTypes,
                attributes.Position,
                $"This is {attributes.Subject} with several types ({string.Join(", ", types)}). Expected one.");
            return;
        }

        foreach (var plugin in new[] { "dvcfile", "dvcstage" })
        {
            if (attributes.Foreign(plugin) is { } entry)
            {
                attributes.Findings.Error(DiagnosticIds.NotSupportedYet, entry.Key.Start, $"'{plugin}' of {attributes.Subject} is not supported in this version.");
                return;
            }
        }

        attributes.Findings.Error(
            DiagnosticIds.MissingSourceType,
            attributes.Position,
            $"This is {attributes.Subject} without a type. Expected one of {string.Join(", ", TypeKeys)}.");
    }

    // A digest that YAML took for a number is no longer the text of the file, and a check that is skipped is worse than none.
    private static string? Sha256(Attributes attributes)
    {
        if (attributes.Entry("sha256") is not { } entry)
        {
            return null;
        }

        if (entry.Value is YamlScalar { Value: string { Length: 64 } digest } && digest.All(char.IsAsciiHexDigit))
        {
            return digest;
        }

        var advice = entry.Value is YamlScalar { Value: long or double } ? " YAML reads this one as a number: quote it." : "";
        attributes.Findings.Error(
            DiagnosticIds.InvalidSha256,
            entry.Value.Start,
            $"'sha256' of {attributes.Subject}: expected 64 hexadecimal digits, found {Findings.Describe(entry.Value)}.{advice}");
        return null;
    }
}
