using System.Globalization;
using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;

namespace Guild.Engine.Search;

/// <summary>Makes a search space of the values of flags.</summary>
/// <param name="definitions">The flags of the operation.</param>
internal sealed class SearchSpaceBuilder(IReadOnlyList<FlagDefinition> definitions)
{
    private readonly List<FlagProblem> problems = [];
    private bool isSearched;

    /// <summary>
    /// The space of a grid: lists are what their flags can be, and so are ranges. All other values are as they are.
    /// </summary>
    /// <param name="values">The flags with their values, in the order in which they are to vary.</param>
    /// <param name="definitions">The flags of the operation.</param>
    /// <exception cref="FlagException">A list or a range has no values.</exception>
    public static SearchSpace ForGrid(IEnumerable<KeyValuePair<string, object?>> values, IReadOnlyList<FlagDefinition> definitions) =>
        new SearchSpaceBuilder(definitions).Build(values, _ => false);

    /// <summary>
    /// The space of any other search: as that of a grid, but a flag that the user did not give can be any of its choices, or any number between its
    /// minimum and its maximum with the default as the first.
    /// </summary>
    /// <param name="values">The flags with their values, in the order in which they are to vary.</param>
    /// <param name="definitions">The flags of the operation.</param>
    /// <param name="given">The names of the flags that the user gave.</param>
    /// <exception cref="FlagException">A list or a range has no values, or cannot be used by a search.</exception>
    public static SearchSpace ForSearch(IEnumerable<KeyValuePair<string, object?>> values, IReadOnlyList<FlagDefinition> definitions, IEnumerable<string> given)
    {
        var names = given.ToHashSet(StringComparer.Ordinal);
        var space = new SearchSpaceBuilder(definitions).Build(values, name => !names.Contains(name));
        SearchSpaceErrors.RequirePlainLists(space);
        return space;
    }

    private SearchSpace Build(IEnumerable<KeyValuePair<string, object?>> values, Func<string, bool> isByDefinition)
    {
        var dimensions = new List<Dimension>();
        foreach (var (name, value) in values)
        {
            var definition = definitions.FirstOrDefault(candidate => candidate.Name == name) ?? new FlagDefinition { Name = name };
            dimensions.Add((isByDefinition(name) ? OfDefinition(definition, value) : null) ?? OfValue(definition, value));
        }

        return problems.Count == 0 ? new SearchSpace(dimensions) { IsSearched = isSearched } : throw new FlagException([.. problems]);
    }

    private Dimension? OfDefinition(FlagDefinition flag, object? value)
    {
        if (flag.IsSecret)
        {
            return null;
        }

        if (flag.Choices.Count > 0)
        {
            isSearched = true;
            return new ChoiceDimension(flag.Name, [.. flag.Choices.Select(choice => FlagValues.Normalize(choice.Value))]);
        }

        if (flag.Minimum is not { } low || flag.Maximum is not { } high || value is IReadOnlyList<object?> || (value is string text && FlagFunctions.IsSearchSpace(text)))
        {
            return null;
        }

        // The bounds are held as floats, so what the default is decides where the type does not say it.
        var isInteger = flag.Type == FlagType.Int || (flag.Type is FlagType.Auto or FlagType.Number && IsWhole(low) && IsWhole(high) && value is null or long);
        var written = string.Create(CultureInfo.InvariantCulture, $"{flag.Distribution ?? "uniform"}[{low}:{high}]");
        isSearched = true;
        return Range(flag, written, new RangeDimension(flag.Name, low, high)
        {
            IsInteger = isInteger,
            IsLogarithmic = flag.Distribution == "loguniform",
            Initial = Number(value),
        });
    }

    private Dimension OfValue(FlagDefinition flag, object? value)
    {
        switch (value)
        {
            // The program takes the list as it is.
            case IReadOnlyList<object?> when flag.SplitsArg:
                return new FixedDimension(flag.Name, value);
            case IReadOnlyList<object?> { Count: 0 }:
                problems.Add(SearchSpaceErrors.EmptyList(flag.Name));
                return new FixedDimension(flag.Name, null);
            case IReadOnlyList<object?> list:
                isSearched = true;
                return new ChoiceDimension(flag.Name, list) { Spaces = SpacesIn(flag, list) };
            case string text when OfText(flag, text) is { } dimension:
                isSearched = true;
                return dimension;
            default:
                return new FixedDimension(flag.Name, value);
        }
    }

    private RangeDimension?[] SpacesIn(FlagDefinition flag, IReadOnlyList<object?> list)
    {
        RangeDimension?[] spaces = [.. list.Select(item => item is string text ? OfText(flag, text) as RangeDimension : null)];
        return spaces.All(space => space is null) ? [] : spaces;
    }

    // Null if the text is just text.
    private Dimension? OfText(FlagDefinition flag, string text)
    {
        if (flag.Type is FlagType.String or FlagType.Path or FlagType.ExistingPath || FlagFunctions.Call(text) is not { } call)
        {
            return null;
        }

        var areNumbers = call.Arguments.All(argument => argument is long or double);
        if (call.Name is not (null or "uniform" or "loguniform"))
        {
            if (!areNumbers || call.Arguments.Count < 2)
            {
                return null;
            }

            problems.Add(SearchSpaceErrors.UnknownFunction(flag.Name, text, call.Name));
            return new FixedDimension(flag.Name, text);
        }

        if (!areNumbers && call.Name is null)
        {
            return null;
        }

        if (!areNumbers || call.Arguments.Count is not (2 or 3))
        {
            problems.Add(SearchSpaceErrors.WrongArguments(flag.Name, text));
            return new FixedDimension(flag.Name, text);
        }

        var isLogarithmic = call.Name == "loguniform";
        return Range(flag, text, new RangeDimension(flag.Name, Number(call.Arguments[0])!.Value, Number(call.Arguments[1])!.Value)
        {
            IsInteger = flag.Type == FlagType.Int || (flag.Type != FlagType.Float && !isLogarithmic && call.Arguments[0] is long && call.Arguments[1] is long),
            IsLogarithmic = isLogarithmic,
            Initial = call.Arguments.Count > 2 ? Number(call.Arguments[2]) : null,
        });
    }

    private Dimension Range(FlagDefinition flag, string text, RangeDimension written)
    {
        var range = written.IsInteger ? written with { Low = Math.Ceiling(written.Low), High = Math.Floor(written.High) } : written;
        var problem =
            !double.IsFinite(written.Low) || !double.IsFinite(written.High) ? SearchSpaceErrors.NotFinite(flag.Name, text)
            : written.Low > written.High ? SearchSpaceErrors.Reversed(flag.Name, text, written.Low, written.High)
            : range.Low > range.High ? SearchSpaceErrors.NoWholeNumber(flag.Name, text)
            : range.IsLogarithmic && range.Low <= 0 ? SearchSpaceErrors.NoLogarithm(flag.Name, text, written.Low)
            : range.Initial is { } initial && !(initial >= range.Low && initial <= range.High && (!range.IsInteger || IsWhole(initial))) ? SearchSpaceErrors.WrongInitial(flag.Name, text, initial)
            : range.Low < flag.Minimum ? SearchSpaceErrors.BeyondFlag(flag.Name, text, "minimum", flag.Minimum.Value)
            : range.High > flag.Maximum ? SearchSpaceErrors.BeyondFlag(flag.Name, text, "maximum", flag.Maximum.Value)
            : null;
        if (problem is not null)
        {
            problems.Add(problem);
            return new FixedDimension(flag.Name, text);
        }

        return range;
    }

    private static bool IsWhole(double number) => number == Math.Floor(number);

    private static double? Number(object? value) => value switch { long whole => whole, double real => real, _ => null };
}
