namespace Guild.Engine.Yaml;

/// <summary>Turns nodes into plain values.</summary>
internal static class YamlValues
{
    /// <summary>The node as null, bool, long, double, string, list or dictionary with keys as they are written.</summary>
    public static object? Of(YamlNode? node) => node switch
    {
        YamlScalar scalar => scalar.Value,
        YamlSequence sequence => OfSequence(sequence),
        YamlMapping mapping => OfMapping(mapping),
        _ => null,
    };

    /// <summary>The list as values.</summary>
    public static IReadOnlyList<object?> OfSequence(YamlSequence sequence)
    {
        var items = new object?[sequence.Items.Count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = Of(sequence.Items[i]);
        }

        return items;
    }

    /// <summary>The mapping as values, in file order.</summary>
    public static IReadOnlyDictionary<string, object?> OfMapping(YamlMapping mapping)
    {
        var values = new Dictionary<string, object?>(mapping.Entries.Count, StringComparer.Ordinal);
        foreach (var (key, value) in mapping.Entries)
        {
            values[key.Text] = Of(value);
        }

        return values;
    }
}
