using Guild.Engine.Yaml;

namespace Guild.Engine.GuildFiles;

/// <summary>The forms of a whole Guild file: a list of items, one item, or the operations of the anonymous model.</summary>
internal static class TopLevel
{
    /// <summary>The attributes that say what an item is.</summary>
    public static IReadOnlyList<string> TypeKeys { get; } = ["model", "config", "package", "include", "test"];

    /// <summary>The attributes of a test beside its name.</summary>
    public static IReadOnlyList<string> TestKeys { get; } = ["description", "steps"];

    /// <summary>The items of a file in whichever form it is. What is no item is reported when it is bound.</summary>
    public static IReadOnlyList<YamlNode> Items(YamlNode? root, Findings findings)
    {
        switch (root)
        {
            case null or YamlScalar { Value: null }:
                return [];
            case YamlSequence sequence:
                return sequence.Items;
            case YamlMapping mapping:
                return [IsOneItem(mapping) ? mapping : Anonymous(mapping)];
            default:
                findings.WrongType(root, "A Guild file", "a list of models, or a mapping of operations");
                return [];
        }
    }

    /// <summary>The item, if it is an include and nothing else.</summary>
    public static YamlMapping? Include(YamlNode item) =>
        item is YamlMapping mapping && mapping.Find("include") is not null && TypeKeys.Count(t => mapping.Find(t) is not null) == 1 ? mapping : null;

    // The model without a name, whose operations are the entries of the mapping.
    private static YamlMapping Anonymous(YamlMapping operations)
    {
        var key = new YamlScalar(operations.Start, operations.Start, null, "operations", YamlScalarStyle.Plain, "operations");
        return new(operations.Start, operations.End, null, [new(key, operations)]);
    }

    // A file of the first age may be one item without a list; a later one is a mapping of operations, which may have any name.
    private static bool IsOneItem(YamlMapping mapping)
    {
        foreach (var type in TypeKeys)
        {
            if (mapping.Find(type)?.Value is YamlScalar { Value: string }
                && mapping.Entries.Count > 1
                && mapping.Entries.All(e => e.Key.Text == type || IsBeside(type, e.Key.Text)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsBeside(string type, string key) => type switch
    {
        "model" or "config" => key != "model" && ItemAttributes.Model.Has(key),
        "package" => ItemAttributes.Package.Has(key),
        "test" => TestKeys.Contains(key, StringComparer.Ordinal),
        _ => false,
    };
}
