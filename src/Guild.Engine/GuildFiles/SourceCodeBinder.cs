using Guild.Engine.Yaml;

namespace Guild.Engine.GuildFiles;

/// <summary>Binds which files of the project are copied into a run.</summary>
internal static class SourceCodeBinder
{
    private static readonly SourceCodeRule ExcludeAll = new(IsInclude: false, SourceCodeRuleKind.Any, ["*"]);

    /// <summary>The definition; null if the value is null, and if it cannot be read, which is then reported.</summary>
    public static SourceCodeDefinition? Bind(YamlNode node, string subject, Findings findings)
    {
        if (node is YamlMapping mapping)
        {
            return BindMapping(mapping, subject, findings);
        }

        return node is YamlScalar { Value: null } ? null : BindRules(node, $"'sourcecode' of {subject}", findings);
    }

    private static SourceCodeDefinition BindMapping(YamlMapping mapping, string subject, Findings findings)
    {
        var attributes = new Attributes(mapping, $"'sourcecode' of {subject}", ItemAttributes.SourceCode, findings);
        var select = attributes.Node("select");
        var rules = select is null ? new() : BindRules(select, $"'select' of {attributes.Subject}", findings) ?? new();
        var definition = rules with
        {
            Root = attributes.Text("root"),
            HasDigest = attributes.Flag("digest") ?? true,
            Destination = TargetBinder.RelativePath(attributes, "dest"),
        };
        attributes.ReportUnknown();
        return definition;
    }

    private static SourceCodeDefinition? BindRules(YamlNode node, string subject, Findings findings)
    {
        switch (node)
        {
            case YamlScalar { Value: false } or YamlSequence { Items.Count: 0 }:
                return new() { IsDisabled = true };
            case YamlScalar { Value: string pattern }:
                return new() { ReplacesDefaults = true, Rules = [ExcludeAll, Include(pattern)] };
            case YamlSequence sequence when sequence.Items.All(i => i is YamlScalar):
                return new() { ReplacesDefaults = true, Rules = [ExcludeAll, .. Rules(sequence, subject, findings)] };
            case YamlSequence sequence:
                return new() { Rules = Rules(sequence, subject, findings) };
            case YamlMapping mapping when mapping.Find("include") is not null || mapping.Find("exclude") is not null:
                return new() { Rules = [.. new[] { Rule(mapping, subject, findings) }.OfType<SourceCodeRule>()] };
            default:
                findings.WrongType(node, subject, "a pattern, a list of patterns or rules, a mapping, or no");
                return null;
        }
    }

    private static List<SourceCodeRule> Rules(YamlSequence sequence, string subject, Findings findings)
    {
        var rules = new List<SourceCodeRule>();
        foreach (var item in sequence.Items)
        {
            switch (item)
            {
                case YamlScalar { Value: string pattern }:
                    rules.Add(Include(pattern));
                    break;
                case YamlMapping mapping when Rule(mapping, subject, findings) is { } rule:
                    rules.Add(rule);
                    break;
                case YamlMapping:
                    break;
                default:
                    findings.WrongType(item, subject, "a pattern, or a mapping with include or exclude");
                    break;
            }
        }

        return rules;
    }

    private static SourceCodeRule? Rule(YamlMapping mapping, string subject, Findings findings)
    {
        var attributes = new Attributes(mapping, $"a rule of {subject}", ItemAttributes.SourceCodeRule, findings);
        var (include, exclude) = (attributes.Entry("include"), attributes.Entry("exclude"));
        attributes.ReportUnknown();
        if ((include is null) == (exclude is null))
        {
            var found = include is null ? "neither" : "both; write two rules in the order in which they apply";
            findings.Error(DiagnosticIds.InvalidSourceCode, mapping.Start, $"A rule of {subject}: expected include or exclude, found {found}.");
            return null;
        }

        return Patterns(include is not null, (include ?? exclude)!, subject, findings);
    }

    private static SourceCodeRule? Patterns(bool isInclude, YamlEntry entry, string subject, Findings findings)
    {
        var what = $"'{entry.Key.Text}' of {subject}";
        if (entry.Value is not YamlMapping typed)
        {
            return new(isInclude, SourceCodeRuleKind.Any, TextLists.Read(entry.Value, what, findings));
        }

        if (typed.Entries is [{ Key.Text: "dir" or "text" or "binary" } only])
        {
            var kind = only.Key.Text switch
            {
                "dir" => SourceCodeRuleKind.Directory,
                "text" => SourceCodeRuleKind.Text,
                _ => SourceCodeRuleKind.Binary,
            };
            return new(isInclude, kind, TextLists.Read(only.Value, what, findings));
        }

        findings.Error(DiagnosticIds.InvalidSourceCode, typed.Start, $"{what}: expected a pattern, a list of patterns, or a mapping with one of dir, text and binary.");
        return null;
    }

    private static SourceCodeRule Include(string pattern) => new(IsInclude: true, SourceCodeRuleKind.Any, [pattern]);
}
