using Guild.Engine.Text;
using Guild.Engine.Yaml;

namespace Guild.Engine.GuildFiles;

/// <summary>Binds which files of a source are taken, and how they are renamed.</summary>
internal static class SelectionBinder
{
    /// <summary>The patterns of <c>select</c>, <c>select-min</c> and <c>select-max</c>.</summary>
    public static IReadOnlyList<SelectDefinition> Select(Attributes attributes) =>
    [
        .. Patterns(attributes, "select", SelectReduction.All),
        .. Patterns(attributes, "select-min", SelectReduction.Minimum),
        .. Patterns(attributes, "select-max", SelectReduction.Maximum),
    ];

    /// <summary>The rules of <c>rename</c>: a string, a mapping, or a list of them.</summary>
    public static IReadOnlyList<RenameDefinition> Rename(Attributes attributes) => attributes.Node("rename") switch
    {
        null => [],
        YamlSequence rules => [.. rules.Items.Select(r => RenameRule(r, attributes)).OfType<RenameDefinition>()],
        var rule => RenameRule(rule, attributes) is { } renaming ? [renaming] : [],
    };

    private static List<SelectDefinition> Patterns(Attributes attributes, string name, SelectReduction reduction)
    {
        var patterns = new List<SelectDefinition>();
        var node = attributes.Node(name);
        foreach (var item in node is YamlSequence list ? list.Items : node is null ? [] : [node])
        {
            if (item is not YamlScalar { Value: not null } pattern)
            {
                attributes.Findings.Error(
                    DiagnosticIds.InvalidSelect,
                    item.Start,
                    $"'{name}' of {attributes.Subject}: expected a pattern or a list of patterns, found {Findings.Describe(item)}.");
                continue;
            }

            CheckPattern(pattern.Text, item.Start, name, DiagnosticIds.InvalidSelect, attributes);
            patterns.Add(new(pattern.Text, reduction));
        }

        return patterns;
    }

    private static RenameDefinition? RenameRule(YamlNode node, Attributes attributes)
    {
        var rule = node switch
        {
            YamlScalar { Value: string text } => FromWords(text),
            YamlMapping mapping => FromMapping(mapping, attributes),
            _ => null,
        };
        if (rule is not null)
        {
            CheckPattern(rule.Pattern, node.Start, "rename", DiagnosticIds.InvalidRename, attributes);
            return rule;
        }

        attributes.Findings.Error(
            DiagnosticIds.InvalidRename,
            node.Start,
            $"'rename' of {attributes.Subject}: expected 'PATTERN REPLACEMENT', a new name, or a mapping with 'pattern' and 'repl', found {Findings.Describe(node)}.");
        return null;
    }

    private static RenameDefinition? FromWords(string text)
    {
        try
        {
            return ShellWords.Split(text) switch
            {
                [var name] => new(".*", name),
                [var pattern, var replacement] => new(pattern, replacement),
                _ => null,
            };
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static RenameDefinition? FromMapping(YamlMapping mapping, Attributes source)
    {
        var attributes = new Attributes(mapping, $"'rename' of {source.Subject}", ItemAttributes.Rename, source.Findings);
        var (pattern, replacement) = (attributes.AnyText("pattern"), attributes.AnyText("repl"));
        attributes.ReportUnknown();
        return pattern is null && replacement is null ? null : new(pattern ?? "", replacement ?? "");
    }

    // A pattern that refers to flags is known only when the operation runs.
    private static void CheckPattern(string pattern, TextPosition position, string name, string id, Attributes attributes)
    {
        if (pattern.Contains("${", StringComparison.Ordinal))
        {
            return;
        }

        try
        {
            PythonRegex.Translate(pattern);
        }
        catch (ArgumentException exception)
        {
            attributes.Findings.Error(id, position, $"'{name}' of {attributes.Subject}: '{pattern}' is no regular expression: {exception.Message}");
        }
    }
}
