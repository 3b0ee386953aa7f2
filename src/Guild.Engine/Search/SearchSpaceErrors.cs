using System.Globalization;
using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Text;

namespace Guild.Engine.Search;

/// <summary>What can be wrong with what a search is to draw from.</summary>
internal static class SearchSpaceErrors
{
    private static readonly string[] Functions = ["uniform", "loguniform", "range", "linspace", "logspace"];

    /// <summary>Refuses a space in which no flag has a list or a range.</summary>
    public static void RequireSearched(SearchSpace space)
    {
        if (!space.IsSearched)
        {
            var flags = string.Join(" ", space.Dimensions.OfType<FixedDimension>().Select(fixedFlag => $"{fixedFlag.Flag}={FlagGrammar.Encode(fixedFlag.Value)}"));
            throw new RequestException(
                flags.Length == 0 ? "There are no flags to search over." : $"None of the flags has a list or a range to search over: {flags}.",
                flags,
                "Give a range for one or more of the flags: NAME=[MIN:MAX].");
        }
    }

    /// <summary>Refuses a list with a space in it where only single values can be chosen.</summary>
    public static void RequirePlainLists(SearchSpace space)
    {
        if (space.Dimensions.OfType<ChoiceDimension>().FirstOrDefault(choice => choice.HasSpaces) is { } mixed)
        {
            throw new FlagException(
                [new FlagProblem(FlagProblemKind.BadSpace, mixed.Flag, mixed.Values, $"The list of flag '{mixed.Flag}' has the range '{mixed.Values.First(FlagIsSpace)}' in it, which only a grid search can use.")],
                "Give either a range or a list of single values, or use the optimizer 'grid'.");
        }

        static bool FlagIsSpace(object? value) => value is string text && FlagFunctions.IsSearchSpace(text);
    }

    public static FlagProblem EmptyList(string flag) => Problem(flag, Array.Empty<object?>(), $"Flag '{flag}' has an empty list: there is no value to try.");

    public static FlagProblem UnknownFunction(string flag, string text, string name) => Problem(
        flag, text, $"Flag '{flag}' has the unknown function '{name}': {text}. These exist: {string.Join(", ", NearestNames.Sort(name, Functions))}.");

    public static FlagProblem WrongArguments(string flag, string text) => Problem(
        flag, text, $"The range of flag '{flag}' must have two numbers, or three with an initial value, but '{text}' has not.");

    public static FlagProblem Reversed(string flag, string text, double low, double high) => Problem(
        flag, text, $"The range of flag '{flag}' is empty, since {Show(low)} is greater than {Show(high)}: {text}.");

    public static FlagProblem NoLogarithm(string flag, string text, double low) => Problem(
        flag, text, $"The range of flag '{flag}' must begin above 0, since loguniform has a logarithmic scale, but it begins at {Show(low)}: {text}.");

    public static FlagProblem NotFinite(string flag, string text) => Problem(flag, text, $"The range of flag '{flag}' must have finite ends: {text}.");

    public static FlagProblem NoWholeNumber(string flag, string text) => Problem(flag, text, $"The range of flag '{flag}' has no whole number in it, which the flag must be: {text}.");

    public static FlagProblem WrongInitial(string flag, string text, double initial) => Problem(
        flag, text, $"The initial value {Show(initial)} of flag '{flag}' is none that the range can give: {text}.");

    public static FlagProblem BeyondFlag(string flag, string text, string bound, double value) => Problem(
        flag, text, $"The range of flag '{flag}' goes beyond the {bound} {Show(value)} of the flag: {text}.");

    private static FlagProblem Problem(string flag, object? value, string message) => new(FlagProblemKind.BadSpace, flag, value, message);

    private static string Show(double number) => number == Math.Floor(number) && Math.Abs(number) < 1e15
        ? number.ToString("F0", CultureInfo.InvariantCulture)
        : PythonText.Float(number);
}
