using Guild.Engine.Yaml;

namespace Guild.Engine.GuildFiles;

/// <summary>
/// Completes models with what they extend. The child wins; of several parents the first. Mappings merge key by key, lists and scalars do not.
/// </summary>
internal sealed class Inheritance(FileItems items, ExpansionBudget budget, Findings findings)
{
    private static readonly HashSet<string> Inheritable = new(StringComparer.Ordinal)
    {
        "description", "extra", "flags", "operation-defaults", "operations", "params", "references", "resources", "sourcecode",
    };

    // Parents are completed once, however many children they have.
    private readonly Dictionary<string, YamlMapping> _completed = new(StringComparer.Ordinal);

    /// <summary>The model or config with all that it inherits. What cannot be found is reported and left out.</summary>
    public YamlMapping Complete(YamlMapping item) => Complete(item, []);

    private YamlMapping Complete(YamlMapping item, IReadOnlyList<string> path)
    {
        if (item.Find("extends")?.Value is not { } extends)
        {
            return item;
        }

        var completed = item;
        foreach (var name in TextLists.Read(extends, "'extends'", findings))
        {
            if (Parent(name, extends.Start, path) is { } parent)
            {
                completed = AddMissing(completed, parent, Section.Model);
            }
        }

        return completed;
    }

    private YamlMapping? Parent(string name, TextPosition position, IReadOnlyList<string> path)
    {
        if (path.Contains(name, StringComparer.Ordinal))
        {
            findings.Error(DiagnosticIds.InvalidReference, position, $"'extends' goes round in a circle: {string.Join(" -> ", path)} -> {name}.");
            return null;
        }

        if (path.Count >= ExpansionBudget.Depth)
        {
            findings.Error(DiagnosticIds.TooLarge, position, $"'extends' leads through more than {ExpansionBudget.Depth} parents.");
            return null;
        }

        if (_completed.TryGetValue(name, out var known))
        {
            return known;
        }

        if (items.Find(name) is { } parent)
        {
            var completed = Complete(parent, [.. path, name]);
            _completed[name] = completed;
            return budget.TrySpend(completed) ? completed : null;
        }

        if (name.Contains('/', StringComparison.Ordinal))
        {
            findings.Error(DiagnosticIds.NotSupportedYet, position, $"'extends' of a model in a package ('{name}') is not supported in this version.");
            return null;
        }

        var hint = NearestNames.Nearest(name, items.Names) is { } nearest ? $" Did you mean '{nearest}'?" : "";
        findings.Error(DiagnosticIds.InvalidReference, position, $"'extends': there is no model or config '{name}'.{hint}");
        return null;
    }

    private static YamlMapping AddMissing(YamlMapping child, YamlMapping parent, Section section)
    {
        var entries = child.Entries.ToList();
        var indexes = entries.Select((e, i) => (e.Key.Text, i)).ToDictionary(e => e.Text, e => e.i, StringComparer.Ordinal);
        foreach (var (key, value) in parent.Entries)
        {
            if (section == Section.Model && !Inheritable.Contains(key.Text))
            {
                continue;
            }

            if (!indexes.TryGetValue(key.Text, out var index))
            {
                entries.Add(new(key, value));
                continue;
            }

            var below = Sections.Below(section, key.Text);
            if (Sections.WriteOut(entries[index].Value, below) is YamlMapping own && Sections.WriteOut(value, below) is YamlMapping inherited)
            {
                entries[index] = new(entries[index].Key, AddMissing(own, inherited, below));
            }
        }

        return new(child.Start, child.End, child.Tag, entries);
    }
}
