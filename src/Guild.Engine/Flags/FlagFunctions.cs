using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Guild.Engine.Flags;

/// <summary>What a function of the flag grammar comes to.</summary>
/// <param name="Values">The values of a sequence, or null if the function stays text.</param>
/// <param name="Warning">Why it stays text though it looks like a sequence, or what was ignored; else null.</param>
internal sealed record FlagFunctionResult(IReadOnlyList<object?>? Values, string? Warning);

/// <summary>A text that has the form of a function.</summary>
/// <param name="Name">The name, or null of <c>[1:10]</c>.</param>
/// <param name="Arguments">The arguments, as the grammar reads them.</param>
internal sealed record FlagFunctionCall(string? Name, IReadOnlyList<object?> Arguments);

/// <summary>
/// Functions in flag values: <c>range[1:10]</c>, <c>linspace[0:1]</c> and <c>logspace[-3:0]</c> are sequences and become lists;
/// <c>uniform[0:1]</c>, <c>loguniform[0:1]</c> and <c>[0:1]</c> are spaces that searches draw from, and stay text.
/// </summary>
internal static partial class FlagFunctions
{
    // More values than this are a slip of the keyboard, not a list of trials.
    private const int MostValues = 100_000;

    private static readonly SearchValues<char> ListCharacters = SearchValues.Create("[]{}'\",");

    /// <summary>True if the text is a space that searches draw values from.</summary>
    public static bool IsSearchSpace(string text)
    {
        var match = Named().Match(text);
        if (match.Success)
        {
            return match.Groups[1].Value is "uniform" or "loguniform" && AreNumbers(match.Groups[2].Value);
        }

        return IsAnonymous(text) && AreNumbers(text[1..^1]);
    }

    /// <summary>The function that the text has the form of, known or not; null if it has not.</summary>
    public static FlagFunctionCall? Call(string text)
    {
        if (IsAnonymous(text))
        {
            return new FlagFunctionCall(null, Arguments(text[1..^1]));
        }

        var match = Named().Match(text);
        return match.Success ? new FlagFunctionCall(match.Groups[1].Value, Arguments(match.Groups[2].Value)) : null;
    }

    /// <summary>The result of the function that the text is, or null if it is none that this grammar knows.</summary>
    public static FlagFunctionResult? Read(string text)
    {
        if (IsAnonymous(text))
        {
            return new FlagFunctionResult(null, null);
        }

        var match = Named().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var arguments = Arguments(match.Groups[2].Value);
        return match.Groups[1].Value switch
        {
            "range" => Expand(text, arguments, least: 1, most: 3, Range),
            "linspace" => Expand(text, arguments, least: 2, most: 3, Linear),
            "logspace" => Expand(text, arguments, least: 2, most: 4, Logarithmic),
            "geomspace" => new FlagFunctionResult(null, $"The value '{text}' stays text, since geomspace is not supported."),
            _ => null,
        };
    }

    // YAML reads [1:2] as a list that holds a time of day; quotes, brackets and commas tell a real list.
    private static bool IsAnonymous(string text) =>
        text.Length > 3 && text[0] == '[' && text[^1] == ']'
        && text.IndexOf(':', StringComparison.Ordinal) is var colon && colon > 0
        && text.AsSpan(1, text.Length - 2).IndexOfAny(ListCharacters) < 0
        && text.IndexOf(": ", StringComparison.Ordinal) < 0;

    private static bool AreNumbers(string inner) => Arguments(inner) is { Count: >= 2 } arguments && arguments.All(argument => argument is long or double);

    private static List<object?> Arguments(string inner) =>
        inner.Trim().Length == 0 ? [] : [.. inner.Split(':').Select(argument => FlagGrammar.Decode(argument.Trim()))];

    private static FlagFunctionResult Expand(
        string text, List<object?> arguments, int least, int most, Func<List<object?>, IReadOnlyList<object?>?> sequence)
    {
        if (arguments.Count < least)
        {
            return new FlagFunctionResult(null, $"The value '{text}' stays text, since the function needs at least {least} argument{(least == 1 ? "" : "s")}.");
        }

        var used = arguments.Take(most).ToList();
        if (used.FirstOrDefault(argument => argument is not (long or double)) is { } wrong || used.Contains(null))
        {
            var shown = FlagGrammar.Encode(used.First(argument => argument is not (long or double)));
            return new FlagFunctionResult(null, $"The value '{text}' stays text, since '{shown}' is not a number.");
        }

        if (sequence(used) is not { } values)
        {
            return new FlagFunctionResult(null, $"The value '{text}' stays text, since its arguments give no sequence of at most {MostValues} values.");
        }

        var ignored = string.Join(", ", arguments.Skip(most).Select(FlagGrammar.Encode));
        return new FlagFunctionResult(values, ignored.Length == 0 ? null : $"Arguments of '{text}' are ignored that the function does not have: {ignored}.");
    }

    private static List<object?>? Range(List<object?> arguments)
    {
        object start = 0L;
        var end = arguments[0]!;
        object step = 1L;
        if (arguments.Count > 1)
        {
            start = arguments[0]!;
            step = arguments.Count > 2 ? arguments[2]! : 1L;

            // With a start, the end is meant to be part of the sequence.
            end = arguments[1] is long last && step is long by ? last + Math.Min(by, 1L) : (object)(Double(arguments[1]) + Math.Min(Double(step), 1));
        }

        // Without the tolerance the noise of binary fractions adds a value beyond the end, such as 0.4 to range[0.1:0.3:0.1].
        var count = Math.Ceiling(((Double(end) - Double(start)) / Double(step)) - 1e-9);
        if (double.IsNaN(count) || count > MostValues)
        {
            return null;
        }

        var isInteger = start is long && end is long && step is long;
        return [.. Enumerable.Range(0, (int)Math.Max(0, count)).Select(index => isInteger
            ? (object?)((long)start + (index * (long)step))
            : Rounded(Double(start) + (index * Double(step))))];
    }

    private static List<object?>? Linear(List<object?> arguments) =>
        Spaced(arguments) is { } values ? [.. values.Select(value => (object?)Rounded(value))] : null;

    private static List<object?>? Logarithmic(List<object?> arguments)
    {
        var power = arguments.Count > 3 ? Double(arguments[3]) : 10;
        return Spaced(arguments) is { } values ? [.. values.Select(value => (object?)Rounded(Math.Pow(power, value)))] : null;
    }

    private static IEnumerable<double>? Spaced(List<object?> arguments)
    {
        var (start, end) = (Double(arguments[0]), Double(arguments[1]));
        if ((arguments.Count > 2 ? arguments[2] : 5L) is not long count || count is < 0 or > MostValues)
        {
            return null;
        }

        var step = count > 1 ? (end - start) / (count - 1) : 0;
        return Enumerable.Range(0, (int)count).Select(index => index > 0 && index == count - 1 ? end : start + (index * step));
    }

    // Eight places hide the noise of binary fractions; smaller values would lose their digits.
    private static double Rounded(double value) => value > 1e-8 && double.IsFinite(value)
        ? double.Parse(value.ToString("F8", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
        : value;

    private static double Double(object? value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A([a-zA-Z0-9_.-]+)\[(.*)\]\z", RegexOptions.CultureInvariant)]
    private static partial Regex Named();
}
