using Guild.Engine.Yaml;

namespace Guild.Engine.GuildFiles;

/// <summary>Binds the optimizers of an operation and what they aim for.</summary>
internal static class OptimizerBinder
{
    /// <summary>The optimizers in ordinal order of their names.</summary>
    public static IReadOnlyList<OptimizerDefinition> BindAll(Attributes operation)
    {
        var (single, several) = (operation.Node("optimizer"), operation.Node("optimizers"));
        if (single is not null && several is not null)
        {
            operation.Findings.Error(
                DiagnosticIds.InvalidOptimizer,
                operation.Entry("optimizer")!.Key.Start,
                $"{Upper(operation.Subject)} has both 'optimizer' and 'optimizers'. Expected one of them.");
            return [];
        }

        var bound = single is not null ? Single(single, operation) : Several(several, operation);
        if (bound.Count == 1)
        {
            return [bound[0] with { IsDefault = true }];
        }

        foreach (var other in bound.Where(o => o.IsDefault).Skip(1))
        {
            operation.Findings.Warning(
                DiagnosticIds.MultipleDefaults,
                other.Position,
                $"Several optimizers of {operation.Subject} are the default: '{bound.First(o => o.IsDefault).Name}' and '{other.Name}'. The first by name counts.");
        }

        return bound;
    }

    /// <summary>What a search minimizes or maximizes, or null.</summary>
    public static ObjectiveDefinition? Objective(Attributes operation)
    {
        switch (operation.Node("objective"))
        {
            case null:
                return null;
            case YamlScalar { Value: string { Length: > 1 } key } when key[0] == '-':
                return new(key[1..].TrimStart(), IsMaximized: true);
            case YamlScalar { Value: string { Length: > 0 } key }:
                return new(key, IsMaximized: false);
            case YamlMapping { Entries: [{ Key.Text: "minimize" or "maximize", Value: YamlScalar { Value: string { Length: > 0 } column } } only] }:
                return new(column, only.Key.Text == "maximize");
            case var node:
                operation.WrongType("objective", node, "a scalar's name, or a mapping with 'minimize' or 'maximize'");
                return null;
        }
    }

    private static List<OptimizerDefinition> Single(YamlNode node, Attributes operation)
    {
        if (node is YamlMapping mapping && mapping.Find("algorithm") is null)
        {
            operation.Findings.Error(DiagnosticIds.InvalidOptimizer, node.Start, $"'optimizer' of {operation.Subject} has no 'algorithm'.");
            return [];
        }

        return Bind(null, node.Start, node, operation) is { } optimizer ? [optimizer] : [];
    }

    private static List<OptimizerDefinition> Several(YamlNode? node, Attributes operation)
    {
        switch (node)
        {
            case null:
                return [];
            case YamlMapping mapping:
                return [.. mapping.Entries
                    .Select(e => Names.OfKey(e.Key, "optimizer", operation.Findings) is { } name ? Bind(name, e.Key.Start, e.Value, operation) : null)
                    .OfType<OptimizerDefinition>()
                    .OrderBy(o => o.Name, StringComparer.Ordinal)];
            case YamlSequence:
                return [.. operation.PlacedTextList("optimizers")
                    .DistinctBy(o => o.Text, StringComparer.Ordinal)
                    .Select(o => new OptimizerDefinition { Name = o.Text, Algorithm = o.Text, Position = o.Position })
                    .OrderBy(o => o.Name, StringComparer.Ordinal)];
            default:
                operation.WrongType("optimizers", node, "a mapping of optimizers or a list of their names");
                return [];
        }
    }

    // Whatever is not one of the two attributes of every optimizer is a flag of its algorithm.
    private static OptimizerDefinition? Bind(string? name, TextPosition position, YamlNode node, Attributes operation)
    {
        switch (node)
        {
            case YamlScalar { Value: null } when name is not null:
                return new() { Name = name, Algorithm = name, Position = position };
            case YamlScalar { Value: string { Length: > 0 } algorithm }:
                return new() { Name = name ?? algorithm, Algorithm = algorithm, Position = position };
            case YamlMapping mapping:
                var attributes = new Attributes(mapping, $"{(name is null ? "the optimizer" : $"optimizer '{name}'")} of {operation.Subject}", ItemAttributes.Optimizer, operation.Findings);
                var given = attributes.Text("algorithm") ?? name;
                var isDefault = attributes.Flag("default") ?? false;
                var flags = attributes.Unknown().ToDictionary(e => e.Key.Text, e => YamlValues.Of(e.Value), StringComparer.Ordinal);
                return given is null ? null : new() { Name = name ?? given, Algorithm = given, IsDefault = isDefault, Flags = flags, Position = position };
            default:
                operation.Findings.WrongType(node, $"An optimizer of {operation.Subject}", "an algorithm's name or a mapping");
                return null;
        }
    }

    private static string Upper(string subject) => char.ToUpperInvariant(subject[0]) + subject[1..];
}
