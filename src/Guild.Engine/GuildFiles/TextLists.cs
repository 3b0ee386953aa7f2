using Guild.Engine.Yaml;

namespace Guild.Engine.GuildFiles;

/// <summary>Reads values that are one string or a list of strings.</summary>
internal static class TextLists
{
    /// <summary>The strings; numbers and booleans are taken as they are written. What is neither is reported and left out.</summary>
    public static IReadOnlyList<string> Read(YamlNode node, string subject, Findings findings)
    {
        switch (node)
        {
            case YamlScalar { Value: null }:
                return [];
            case YamlScalar scalar:
                return Bracketed(scalar) ?? [scalar.Text];
            case YamlSequence sequence:
                return ReadItems(sequence, subject, findings);
            default:
                findings.WrongType(node, subject, "a string or a list of strings");
                return [];
        }
    }

    private static List<string> ReadItems(YamlSequence sequence, string subject, Findings findings)
    {
        var texts = new List<string>(sequence.Items.Count);
        foreach (var item in sequence.Items)
        {
            texts.AddRange(ReadItem(item, subject, findings));
        }

        return texts;
    }

    /// <summary>An item of such a list: its text, or nothing for what is none and is then reported.</summary>
    public static IReadOnlyList<string> ReadItem(YamlNode item, string subject, Findings findings)
    {
        if (item is YamlScalar { Value: not null } scalar)
        {
            return [scalar.Text];
        }

        findings.WrongType(item, subject, "a string in the list");
        return [];
    }

    // Guild AI reads a string "[a, b]" as a list, which is how a parameter can stand for one.
    private static IReadOnlyList<string>? Bracketed(YamlScalar scalar)
    {
        if (scalar.Text is not ['[', .., ']'])
        {
            return null;
        }

        var document = YamlComposer.Compose(scalar.Text, YamlLimits.Default);
        return document is { Root: YamlSequence sequence, Problems.Count: 0 } && sequence.Items.All(i => i is YamlScalar { Value: not null })
            ? [.. sequence.Items.Cast<YamlScalar>().Select(s => s.Text)]
            : null;
    }
}
