namespace Guild.Engine.Yaml;

/// <summary>What a mapping holds.</summary>
/// <param name="Entries">Its entries, with those of its merge keys.</param>
/// <param name="MergedSize">How many nodes the merge keys added.</param>
internal readonly record struct MappingContent(YamlEntry[] Entries, long MergedSize);

/// <summary>Gathers the entries of one mapping after the other: finds keys that are there twice, and applies merge keys (<c>&lt;&lt;</c>).</summary>
internal sealed class YamlMappingBuilder
{
    // Most mappings are small: to look through them costs less than a dictionary.
    private const int Few = 8;

    private readonly List<YamlEntry> _entries = [];
    private Dictionary<string, int>? _indexes;
    private List<YamlMapping>? _merged;

    /// <summary>Adds an entry. Returns what is wrong with it, or null.</summary>
    public YamlProblem? Add(YamlScalar key, YamlNode value)
    {
        if (key is { Text: "<<", Style: YamlScalarStyle.Plain, Tag: null })
        {
            return AddMerge(key, value);
        }

        var index = IndexOf(key.Text);
        if (index < 0)
        {
            Append(new(key, value));
            return null;
        }

        var first = _entries[index].Key.Start;
        _entries[index] = new(key, value);
        return new(YamlProblemKind.DuplicateKey, key.Start, $"The key '{key.Text}' is here a second time; the first is in line {first.Line}.");
    }

    /// <summary>The mapping's own entries, and of merged mappings the keys that are missing; the first mapping wins. The builder is then empty.</summary>
    public MappingContent Build()
    {
        var mergedSize = 0L;
        foreach (var mapping in _merged ?? [])
        {
            foreach (var entry in mapping.Entries)
            {
                if (IndexOf(entry.Key.Text) < 0)
                {
                    Append(entry);
                    mergedSize += 1 + entry.Value.Size;
                }
            }
        }

        var content = new MappingContent([.. _entries], mergedSize);
        _entries.Clear();
        _indexes = null;
        _merged = null;
        return content;
    }

    private void Append(YamlEntry entry)
    {
        _indexes?.Add(entry.Key.Text, _entries.Count);
        _entries.Add(entry);
        if (_indexes is null && _entries.Count > Few)
        {
            _indexes = new(StringComparer.Ordinal);
            for (var i = 0; i < _entries.Count; i++)
            {
                _indexes.Add(_entries[i].Key.Text, i);
            }
        }
    }

    private int IndexOf(string key)
    {
        if (_indexes is not null)
        {
            return _indexes.TryGetValue(key, out var index) ? index : -1;
        }

        for (var i = 0; i < _entries.Count; i++)
        {
            if (string.Equals(_entries[i].Key.Text, key, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    private YamlProblem? AddMerge(YamlScalar key, YamlNode value)
    {
        switch (value)
        {
            case YamlMapping mapping:
                (_merged ??= []).Add(mapping);
                return null;
            case YamlSequence sequence when sequence.Items.All(i => i is YamlMapping):
                (_merged ??= []).AddRange(sequence.Items.Cast<YamlMapping>());
                return null;
            default:
                return new(YamlProblemKind.Syntax, key.Start, "A merge key '<<' needs a mapping or a list of mappings.");
        }
    }
}
