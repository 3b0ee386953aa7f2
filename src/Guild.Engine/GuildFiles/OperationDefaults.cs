using Guild.Engine.Yaml;

namespace Guild.Engine.GuildFiles;

/// <summary>Completes an operation with what its model says for all of its operations.</summary>
internal static class OperationDefaults
{
    /// <summary>What a model says for all of its operations; null if it says nothing.</summary>
    public static YamlNode? Of(Attributes model)
    {
        if (model.Node("operation-defaults") is not { } defaults || AsMapping(defaults) is not null)
        {
            return model.Node("operation-defaults");
        }

        model.WrongType("operation-defaults", defaults, "a mapping of attributes, or a string (the main)");
        return null;
    }

    /// <summary>The operation as a mapping, or null if it is neither text nor a mapping. An attribute that it has is not touched.</summary>
    public static YamlMapping? Apply(YamlNode operation, YamlNode? defaults)
    {
        if (AsMapping(operation) is not { } own)
        {
            return null;
        }

        if (defaults is null || AsMapping(defaults) is not { } shared)
        {
            return own;
        }

        var missing = shared.Entries.Where(e => own.Find(e.Key.Text) is null);
        return new(own.Start, own.End, own.Tag, [.. own.Entries, .. missing]);
    }

    private static YamlMapping? AsMapping(YamlNode node) => node switch
    {
        YamlMapping mapping => mapping,
        YamlScalar { Value: string } scalar => new(
            scalar.Start,
            scalar.End,
            null,
            [new(new(scalar.Start, scalar.Start, null, "main", YamlScalarStyle.Plain, "main"), scalar)]),
        _ => null,
    };
}
