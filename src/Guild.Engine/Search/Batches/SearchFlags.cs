using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;

namespace Guild.Engine.Search.Batches;

/// <summary>Tells which flags have more than one value to try, and gives those that a search is free to choose the values that their definitions allow.</summary>
internal static class SearchFlags
{
    /// <summary>True if a flag has a list or a search space, so that its operation is run as a batch.</summary>
    public static bool AreSearched(OperationDefinition operation, BoundFlags flags) => FirstSearched(operation, flags) is not null;

    /// <summary>The first flag that has a list or a search space; null if none has.</summary>
    public static string? FirstSearched(OperationDefinition operation, BoundFlags flags)
    {
        foreach (var (name, value) in flags.Values)
        {
            if (IsList(value) ? Definition(operation, name) is not { SplitsArg: true } : IsSpace(operation, name, value))
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>True if a flag has a search space.</summary>
    public static bool HaveSpace(OperationDefinition operation, BoundFlags flags)
    {
        foreach (var (name, value) in flags.Values)
        {
            if (IsSpace(operation, name, value))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The values as an optimizer is given them, and as Guild AI records them: a flag that the user did not give is the list of its choices, or the range between its
    /// minimum and maximum that begins with its default.
    /// </summary>
    public static SortedList<string, object?> Encode(OperationDefinition operation, BoundFlags flags)
    {
        var result = new SortedList<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in flags.Values)
        {
            var definition = Definition(operation, name);
            result[name] = definition is null || definition.IsSecret || flags.UserValues.ContainsKey(name) || IsList(value) || IsSpace(operation, name, value) ? value : Encode(definition, value);
        }

        return result;
    }

    private static object? Encode(FlagDefinition flag, object? value)
    {
        if (flag.Choices.Count > 0)
        {
            return flag.Choices.Select(choice => FlagValues.Normalize(choice.Value)).ToList();
        }

        if (flag.Minimum is not { } low || flag.Maximum is not { } high || value is not (null or long or double))
        {
            return value;
        }

        // The bounds are held as floats, so what the default is decides where the type does not say it.
        var isInteger = flag.Type == FlagType.Int || (flag.Type is FlagType.Auto or FlagType.Number && low == Math.Floor(low) && high == Math.Floor(high) && value is null or long);
        object Bound(double bound) => isInteger ? (object)(long)bound : bound;
        var initial = value is null ? "" : ":" + FlagGrammar.Encode(value);
        return $"{flag.Distribution ?? "uniform"}[{FlagGrammar.Encode(Bound(low))}:{FlagGrammar.Encode(Bound(high))}{initial}]";
    }

    private static bool IsList(object? value) => value is IReadOnlyList<object?>;

    private static bool IsSpace(OperationDefinition operation, string name, object? value) =>
        value is string text and [.., ']']
        && Definition(operation, name) is not { Type: FlagType.String or FlagType.Path or FlagType.ExistingPath }
        && FlagFunctions.IsSearchSpace(text);

    private static FlagDefinition? Definition(OperationDefinition operation, string name)
    {
        foreach (var flag in operation.Flags)
        {
            if (flag.Name == name)
            {
                return flag;
            }
        }

        return null;
    }
}
