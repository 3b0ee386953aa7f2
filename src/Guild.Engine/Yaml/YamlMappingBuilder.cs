namespace Guild.Engine.Yaml;

/// <summary>Gathers the entries of a mapping: finds keys that are there twice, and applies merge keys (<c>&lt;&lt;</c>).</summary>
internal sealed class YamlMappingBuilder
{
    private readonly List<YamlEntry> _entries = [];
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private readonly List<YamlMapping> _merged = [];

    /// <summary>How many nodes the merge keys added.</summary>
    public int MergedSize { get; private set; }

    /// <summary>Adds an entry. Returns what is wrong with it, or null.</summary>
    public YamlProblem? Add(YamlScalar key, YamlNode value)
    {
        if (key is { Text: "<<", Style: YamlScalarStyle.Plain, Tag: null })
        {
            return AddMerge(key, value);
        }

        if (_indexes.TryAdd(key.Text, _entries.Count))
        {
            _entries.Add(new(key, value));
            return null;
        }

        var index = _indexes[key.Text];
        var first = _entries[index].Key.Start;
        _entries[index] = new(key, value);
        return new(YamlProblemKind.DuplicateKey, key.Start, $"The key '{key.Text}' is here a second time; the first is in line {first.Line}.");
    }

    /// <summary>The entries: the mapping's own, and of merged mappings the keys that are missing; the first mapping wins.</summary>
    public IReadOnlyList<YamlEntry> Build()
    {
        foreach (var mapping in _merged)
        {
            foreach (var entry in mapping.Entries)
            {
                if (_indexes.TryAdd(entry.Key.Text, _entries.Count))
                {
                    _entries.Add(entry);
                    MergedSize += 1 + entry.Value.Size;
                }
            }
        }

        return _entries;
    }

    private YamlProblem? AddMerge(YamlScalar key, YamlNode value)
    {
        switch (value)
        {
            case YamlMapping mapping:
                _merged.Add(mapping);
                return null;
            case YamlSequence sequence when sequence.Items.All(i => i is YamlMapping):
                _merged.AddRange(sequence.Items.Cast<YamlMapping>());
                return null;
            default:
                return new(YamlProblemKind.Syntax, key.Start, "A merge key '<<' needs a mapping or a list of mappings.");
        }
    }
}
