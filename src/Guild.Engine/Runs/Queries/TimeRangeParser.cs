namespace Guild.Engine.Runs.Queries;

/// <summary>Makes of the words of a time range what it means at the moment that a clock shows.</summary>
internal sealed class TimeRangeParser
{
    // "before after today" has a meaning. More than a few of these have none.
    private const int MostLevels = 4;

    private const string ExpectedRange = "today, yesterday, this UNIT, last [N] UNIT, N UNITS ago, before, after, between, a date or a time";
    private const string ExpectedPoint = "today, yesterday, this UNIT, last UNIT, N UNITS ago, a date or a time";
    private const string ExpectedUnit = "minutes, hours, days, weeks, months or years";

    private readonly string _text;
    private readonly List<TimeToken> _tokens;
    private readonly LocalCalendar _calendar;
    private int _at;

    public TimeRangeParser(string text, TimeProvider clock)
    {
        _text = text;
        _tokens = TimeRangeLexer.Read(text);
        _calendar = new LocalCalendar(clock);
    }

    private TimeToken Current => _tokens[_at];

    /// <summary>The range.</summary>
    public TimeRange Range()
    {
        var range = IsWord("between") ? Between() : IsWord("before") || IsWord("after") ? Side(0) : IsWord("last") ? Last() : IsDateTime ? ExactTime() : Period();
        RequireEnd();
        return range;
    }

    /// <summary>From the beginning of the range, or from the moment that lies some time ago.</summary>
    public TimeRange Since()
    {
        if (Current.Kind == TimeTokenKind.Number)
        {
            var (count, unit) = Amount();
            TakeWord("ago");
            RequireEnd();
            return new TimeRange(_calendar.Before(count, unit) ?? throw TooLongAgo(), null);
        }

        var range = Range();
        return range.Start is { } start ? new TimeRange(start, null) : throw new TimeRangeException(_text, 0, "the range has no beginning", ExpectedPoint);
    }

    private bool IsDateTime => Current.Kind is TimeTokenKind.Date or TimeTokenKind.Time;

    private bool IsWord(string word) => Current.Kind == TimeTokenKind.Word && Current.Text == word;

    private TimeRange Between()
    {
        _at++;
        var one = Point(0);
        TakeWord("and");
        var other = Point(0);
        return new TimeRange(Least(one.Start, other.Start), Greatest(one.End, other.End));
    }

    private TimeRange Side(int level)
    {
        var word = Current;
        _at++;
        var range = Point(level + 1);
        return word.Text == "before"
            ? new TimeRange(null, range.Start ?? throw new TimeRangeException(_text, word.Offset, "what comes before a range without a beginning is nothing", ExpectedPoint))
            : new TimeRange(range.End ?? throw new TimeRangeException(_text, word.Offset, "what comes after a range without an end is nothing", ExpectedPoint), null);
    }

    // What can stand behind before, after and between: a date or a time is a moment here, and not the whole of that day or minute.
    private TimeRange Point(int level)
    {
        if (level < MostLevels && (IsWord("before") || IsWord("after")))
        {
            return Side(level);
        }

        if (IsDateTime)
        {
            var (moment, _) = DateTime();
            var point = _calendar.Moment(moment);
            return new TimeRange(point, point);
        }

        return IsWord("last") ? Last() : Period();
    }

    private TimeRange Last()
    {
        _at++;
        if (Current.Kind == TimeTokenKind.Number)
        {
            var (count, unit) = Amount();
            return new TimeRange(_calendar.Before(count, unit) ?? throw TooLongAgo(), null);
        }

        // "last week" is to "this week" what "yesterday" is to "today"; but the last hour is the one that goes back from now.
        var single = Unit();
        return single is TimeUnit.Minute or TimeUnit.Hour or TimeUnit.Day
            ? new TimeRange(_calendar.Before(1, single) ?? throw TooLongAgo(), null)
            : _calendar.Period(1, single) ?? throw TooLongAgo();
    }

    private TimeRange Period()
    {
        if (Current.Kind == TimeTokenKind.Number)
        {
            var (count, unit) = Amount();
            TakeWord("ago");
            return _calendar.Period(count, unit) ?? throw TooLongAgo();
        }

        switch (Current)
        {
            case { Kind: TimeTokenKind.Word, Text: "today" }:
                _at++;
                return _calendar.Period(0, TimeUnit.Day)!;
            case { Kind: TimeTokenKind.Word, Text: "yesterday" }:
                _at++;
                return _calendar.Period(1, TimeUnit.Day) ?? throw TooLongAgo();
            case { Kind: TimeTokenKind.Word, Text: "this" }:
                _at++;
                return _calendar.Period(0, Unit())!;
            default:
                throw Unexpected(_at == 0 ? ExpectedRange : ExpectedPoint);
        }
    }

    private TimeRange ExactTime()
    {
        var (start, unit) = DateTime();
        try
        {
            var end = unit switch
            {
                null => start.AddSeconds(1),
                TimeUnit.Minute => start.AddMinutes(1),
                _ => start.AddDays(1),
            };
            return new TimeRange(_calendar.Moment(start), _calendar.Moment(end));
        }
        catch (ArgumentOutOfRangeException)
        {
            throw TooLongAgo();
        }
    }

    // The moment, and how long what was written lasts: a day, a minute, or null for a second.
    private (DateTime Moment, TimeUnit? Unit) DateTime()
    {
        var day = Current.Kind == TimeTokenKind.Date ? Day() : _calendar.Now.Date;
        if (Current.Kind != TimeTokenKind.Time)
        {
            return (day, TimeUnit.Day);
        }

        var token = _tokens[_at++];
        var second = token.Numbers.Count == 3 ? token.Numbers[2] : 0;
        return token.Numbers[0] < 24 && token.Numbers[1] < 60 && second < 60
            ? (day + new TimeSpan(token.Numbers[0], token.Numbers[1], second), token.Numbers.Count == 3 ? null : TimeUnit.Minute)
            : throw new TimeRangeException(_text, token.Offset, $"there is no time {token.Text}", "a time from 0:00 to 23:59:59");
    }

    private DateTime Day()
    {
        var token = _tokens[_at++];
        var (year, month, day) = token.Numbers switch
        {
            [var y, var m, var d] => (token.Text.IndexOf('-', StringComparison.Ordinal) == 2 ? (_calendar.Now.Year / 100 * 100) + y : y, m, d),
            _ => (_calendar.Now.Year, token.Numbers[0], token.Numbers[1]),
        };
        return year is > 0 and < 10000 && month is > 0 and < 13 && day > 0 && day <= System.DateTime.DaysInMonth(year, month)
            ? new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified)
            : throw new TimeRangeException(_text, token.Offset, $"there is no day {token.Text}", "a day as YEAR-MONTH-DAY or MONTH-DAY");
    }

    private (int Count, TimeUnit Unit) Amount()
    {
        var count = Current.Numbers[0];
        _at++;
        return (count, Unit());
    }

    private TimeUnit Unit() => Current.Kind == TimeTokenKind.Unit ? _tokens[_at++].Unit : throw Unexpected(ExpectedUnit);

    private void TakeWord(string word)
    {
        if (!IsWord(word))
        {
            throw Unexpected(word);
        }

        _at++;
    }

    private void RequireEnd()
    {
        if (Current.Kind != TimeTokenKind.End)
        {
            throw Unexpected("the end");
        }
    }

    private TimeRangeException TooLongAgo() => new(_text, 0, "that lies outside of the years 1 to 9999", "a time nearer to today");

    private TimeRangeException Unexpected(string expected) =>
        new(_text, Current.Offset, Current.Kind == TimeTokenKind.End ? "it ends too early" : $"'{_text.Substring(Current.Offset, Current.Text.Length)}' cannot stand here", expected);

    private static DateTimeOffset? Least(DateTimeOffset? one, DateTimeOffset? other) => one is null || other is null ? null : one < other ? one : other;

    private static DateTimeOffset? Greatest(DateTimeOffset? one, DateTimeOffset? other) => one is null || other is null ? null : one > other ? one : other;
}
