using Guild.Engine.Yaml;

namespace Guild.Engine.GuildFiles;

/// <summary>Binds the choices of a flag.</summary>
internal static class ChoiceBinder
{
    /// <summary>The choices in file order.</summary>
    public static IReadOnlyList<FlagChoice> BindAll(Attributes flag)
    {
        var name = flag.Today("choices", "options");
        switch (flag.Node(name))
        {
            case null:
                return [];
            case YamlSequence sequence:
                return [.. sequence.Items.Select(i => Bind(i, flag)).OfType<FlagChoice>()];
            case var node:
                flag.WrongType(name, node, "a list of values or mappings");
                return [];
        }
    }

    private static FlagChoice? Bind(YamlNode node, Attributes flag)
    {
        if (node is not YamlMapping mapping)
        {
            return new() { Value = YamlValues.Of(node) };
        }

        var attributes = new Attributes(mapping, $"a choice of {flag.Subject}", ItemAttributes.Choice, flag.Findings);
        if (attributes.Entry("value") is not { } value)
        {
            flag.Findings.Error(DiagnosticIds.InvalidFlag, mapping.Start, $"A choice of {flag.Subject} has no 'value'.");
            return null;
        }

        if (attributes.Entry("args") is { } args)
        {
            flag.Findings.Warning(
                DiagnosticIds.OldName,
                args.Key.Start,
                $"'args' of {attributes.Subject} is an old attribute; today a choice sets 'flags'.");
        }

        var choice = new FlagChoice
        {
            Value = YamlValues.Of(value.Value),
            Description = attributes.Description(),
            Alias = attributes.AnyText("alias"),
            Args = attributes.Values("args"),
            Flags = attributes.Values("flags"),
        };
        attributes.ReportUnknown();
        return choice;
    }
}
