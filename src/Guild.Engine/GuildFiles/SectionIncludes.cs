using System.Text.RegularExpressions;
using Guild.Engine.Yaml;

namespace Guild.Engine.GuildFiles;

/// <summary>
/// Replaces <c>$include</c> in operations, resources and flags by the same part of other models, configs or operations. What is included comes
/// first; entries of the same name merge key by key, and the later ones win. A name is looked for in the file itself and then in the packages
/// that the model inherits from.
/// </summary>
internal sealed partial class SectionIncludes(IReadOnlyList<FileItems> items, ExpansionBudget budget, Findings findings)
{
    /// <summary>The part with all that it includes.</summary>
    public YamlMapping Resolve(YamlMapping section, string name)
    {
        if (section.Find("$include") is null)
        {
            return section;
        }

        var resolved = new Merged(name switch { "operations" => Section.Operations, "flags" => Section.Flags, _ => Section.Other });
        Add(section, name, resolved, new(StringComparer.Ordinal), depth: 0);
        return new(section.Start, section.End, section.Tag, resolved.Entries);
    }

    private void Add(YamlMapping section, string name, Merged resolved, HashSet<string> seen, int depth)
    {
        if (section.Find("$include") is { } include)
        {
            foreach (var reference in TextLists.Read(include.Value, "'$include'", findings))
            {
                // What was included once is there already; Guild AI then ends the list.
                if (!seen.Add(reference))
                {
                    break;
                }

                if (depth >= ExpansionBudget.Depth)
                {
                    Report(reference, include.Value.Start, $"includes lead through more than {ExpansionBudget.Depth} others");
                    break;
                }

                if (Target(reference, name, include.Value.Start) is { } target && budget.TrySpend(target))
                {
                    Add(target, name, resolved, seen, depth + 1);
                }
            }
        }

        foreach (var entry in section.Entries.Where(e => e.Key.Text != "$include"))
        {
            resolved.Add(entry);
        }
    }

    private YamlMapping? Target(string reference, string section, TextPosition position)
    {
        var match = Reference().Match(reference);
        if (!match.Success)
        {
            Report(reference, position, "expected CONFIG[#NAMES] or MODEL:OPERATION[#NAMES]");
            return null;
        }

        var owner = items.Select(i => i.Find(match.Groups["item"].Value)).FirstOrDefault(i => i is not null);
        if (owner is not null && match.Groups["operation"].Success)
        {
            var operation = match.Groups["operation"].Value;
            owner = (owner.Find("operations")?.Value as YamlMapping)?.Find(operation)?.Value is { } node
                ? OperationDefaults.Apply(node, null)
                : null;
        }

        if (owner is null)
        {
            Report(reference, position, "there is no such model, config or operation");
            return null;
        }

        if (owner.Find(section)?.Value is not YamlMapping target)
        {
            return null;
        }

        return match.Groups["names"].Success ? Only(target, match.Groups["names"].Value) : target;
    }

    private void Report(string reference, TextPosition position, string reason) =>
        findings.Error(DiagnosticIds.InvalidReference, position, $"'$include' of '{reference}': {reason}.");

    private static YamlMapping Only(YamlMapping mapping, string names)
    {
        var kept = names.Split(',', StringSplitOptions.TrimEntries);
        return new(mapping.Start, mapping.End, mapping.Tag, [.. mapping.Entries.Where(e => kept.Contains(e.Key.Text, StringComparer.Ordinal))]);
    }

    [GeneratedRegex(@"^(?:(?<item>[^:#]*):(?<operation>[^#]+)|(?<item>[^:#]+))(?:#(?<names>.+))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();

    /// <summary>Entries in the order in which their names first came.</summary>
    private sealed class Merged(Section section)
    {
        private readonly List<YamlEntry> _entries = [];
        private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);

        public YamlEntry[] Entries => [.. _entries];

        public void Add(YamlEntry entry)
        {
            var value = Sections.WriteOut(entry.Value, Sections.Below(section, entry.Key.Text));
            if (_indexes.TryAdd(entry.Key.Text, _entries.Count))
            {
                _entries.Add(entry with { Value = value });
                return;
            }

            var index = _indexes[entry.Key.Text];
            _entries[index] = _entries[index].Value is YamlMapping first && value is YamlMapping later
                ? new(entry.Key, Override(first, later))
                : new(entry.Key, value);
        }

        private static YamlMapping Override(YamlMapping first, YamlMapping later) =>
            new(later.Start, later.End, later.Tag, [.. first.Entries.Where(e => later.Find(e.Key.Text) is null), .. later.Entries]);
    }
}
