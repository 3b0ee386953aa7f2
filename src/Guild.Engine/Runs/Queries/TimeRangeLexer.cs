using System.Globalization;
using System.Text.RegularExpressions;

namespace Guild.Engine.Runs.Queries;

/// <summary>The lengths of time that ranges are made of.</summary>
internal enum TimeUnit
{
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// <summary>What a word of a time range is.</summary>
internal enum TimeTokenKind
{
    End,
    Word,
    Unit,
    Number,
    Date,
    Time,
}

/// <summary>A word of a time range.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Offset">Where it begins in the text, from 0.</param>
/// <param name="Text">What stands there, in small letters.</param>
/// <param name="Numbers">The numbers in it.</param>
/// <param name="Unit">The unit that it names.</param>
internal sealed record TimeToken(TimeTokenKind Kind, int Offset, string Text, IReadOnlyList<int> Numbers, TimeUnit Unit = default);

/// <summary>Cuts a time range into its words.</summary>
internal static partial class TimeRangeLexer
{
    private const string Expected = "today, yesterday, this, last, before, after, between, a number, a date such as 2026-01-31, or a time such as 14:30";

    private static readonly string[] Words = ["after", "ago", "and", "before", "between", "last", "this", "today", "yesterday"];

    private static readonly Dictionary<string, TimeUnit> Units = new(StringComparer.Ordinal)
    {
        ["minute"] = TimeUnit.Minute,
        ["minutes"] = TimeUnit.Minute,
        ["min"] = TimeUnit.Minute,
        ["mins"] = TimeUnit.Minute,
        ["hour"] = TimeUnit.Hour,
        ["hours"] = TimeUnit.Hour,
        ["hr"] = TimeUnit.Hour,
        ["hrs"] = TimeUnit.Hour,
        ["day"] = TimeUnit.Day,
        ["days"] = TimeUnit.Day,
        ["week"] = TimeUnit.Week,
        ["weeks"] = TimeUnit.Week,
        ["month"] = TimeUnit.Month,
        ["months"] = TimeUnit.Month,
        ["year"] = TimeUnit.Year,
        ["years"] = TimeUnit.Year,
    };

    /// <summary>The words; the last of them is the end.</summary>
    /// <exception cref="TimeRangeException">A word is unknown.</exception>
    public static List<TimeToken> Read(string text)
    {
        var tokens = new List<TimeToken>();
        foreach (Match match in AnyWord().Matches(text))
        {
            tokens.AddRange(Tokens(text, match));
        }

        tokens.Add(new TimeToken(TimeTokenKind.End, text.Length, "", []));
        return tokens;
    }

    private static IEnumerable<TimeToken> Tokens(string text, Match match)
    {
        var word = match.Value.ToLowerInvariant();
        if (Array.IndexOf(Words, word) >= 0)
        {
            return [new TimeToken(TimeTokenKind.Word, match.Index, word, [])];
        }

        if (Units.TryGetValue(word, out var unit))
        {
            return [new TimeToken(TimeTokenKind.Unit, match.Index, word, [], unit)];
        }

        if (Number().IsMatch(word))
        {
            return [new TimeToken(TimeTokenKind.Number, match.Index, word, [Whole(text, match.Index, word)])];
        }

        // Both at once, as other tools write it: 2026-01-31T14:30.
        var halves = word.Split('t', 2);
        if (halves is [var day, var hour] && Date().IsMatch(day) && Time().IsMatch(hour))
        {
            return [Token(TimeTokenKind.Date, text, match.Index, day), Token(TimeTokenKind.Time, text, match.Index + day.Length + 1, hour)];
        }

        return Date().IsMatch(word) ? [Token(TimeTokenKind.Date, text, match.Index, word)]
            : Time().IsMatch(word) ? [Token(TimeTokenKind.Time, text, match.Index, word)]
            : throw new TimeRangeException(text, match.Index, $"'{match.Value}' means nothing", Expected);
    }

    private static TimeToken Token(TimeTokenKind kind, string text, int offset, string word) =>
        new(kind, offset, word, [.. word.Split('-', ':').Select(part => Whole(text, offset, part))]);

    private static int Whole(string text, int offset, string digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new TimeRangeException(text, offset, $"{digits} is too large", "a smaller number");

    [GeneratedRegex(@"\S+")]
    private static partial Regex AnyWord();

    [GeneratedRegex(@"^[0-9]+\z")]
    private static partial Regex Number();

    [GeneratedRegex(@"^([0-9]{4}-|[0-9]{2}-)?[0-9]{1,2}-[0-9]{1,2}\z")]
    private static partial Regex Date();

    [GeneratedRegex(@"^[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?\z")]
    private static partial Regex Time();
}
