using System.Globalization;
using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;

namespace Guild.Engine.Search;

/// <summary>Checks what was set of an optimizer.</summary>
internal static class OptimizerOptions
{
    /// <summary>All options of the algorithm: those given, the others with their defaults. Numbers are long or double as their default is.</summary>
    /// <exception cref="RequestException">An option does not exist, or cannot have its value.</exception>
    public static IReadOnlyDictionary<string, object?> Check(OptimizerAlgorithm algorithm, IReadOnlyDictionary<string, object?> given)
    {
        var names = algorithm.Options.Select(option => option.Name).ToList();
        foreach (var name in given.Keys.Where(name => !names.Contains(name)))
        {
            throw new RequestException(
                $"The optimizer '{algorithm.Name}' has no option '{name}'. "
                + (names.Count == 0 ? "It has none." : $"These exist: {string.Join(", ", NearestNames.Sort(name, names))}."),
                name,
                names.Count == 0 ? "Leave the option out." : "Use one of these options.");
        }

        return algorithm.Options.ToDictionary(
            option => option.Name,
            option => given.TryGetValue(option.Name, out var value) && value is not null ? Value(algorithm, option, FlagValues.Normalize(value)!) : option.Default,
            StringComparer.Ordinal);
    }

    private static object Value(OptimizerAlgorithm algorithm, OptimizerOption option, object value)
    {
        double? number = value switch { long whole => whole, double real when double.IsFinite(real) => real, _ => null };
        if (option.Choices.FirstOrDefault(choice => string.Equals(choice, value as string, StringComparison.OrdinalIgnoreCase)) is { } chosen)
        {
            return chosen;
        }

        if (option.Minimum is { } minimum && number >= minimum && (option.Default is not long || value is long))
        {
            return option.Default is long ? value : number.Value;
        }

        var kind = option.Default is long ? "a whole number" : "a number";
        var expected = string.Join(
            " or ",
            new[]
            {
                option.Choices.Count > 0 ? $"one of {string.Join(", ", option.Choices)}" : null,
                option.Minimum is { } least ? string.Create(CultureInfo.InvariantCulture, $"{kind} of at least {least}") : null,
            }.OfType<string>());
        throw new RequestException(
            $"The option '{option.Name}' of optimizer '{algorithm.Name}' must be {expected}, but {FlagGrammar.Encode(value)} is not.", option.Name, $"Give {expected}.");
    }
}
