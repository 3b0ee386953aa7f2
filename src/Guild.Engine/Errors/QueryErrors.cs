namespace Guild.Engine;

/// <summary>A filter of runs cannot be read. Says where, and what was expected there.</summary>
public sealed class FilterException : GuildException
{
    private FilterException(string filter, int line, int column, string problem, string expected)
        : base(
            FormattableString.Invariant($"The filter '{filter}' cannot be read: at line {line}, column {column}, {problem}. Expected here: {expected}."),
            filter,
            "Correct the filter. Compare as in: lr < 0.1 and status = completed")
    {
        Line = line;
        Column = column;
        Expected = expected;
    }

    /// <summary>The line of the place that cannot be read, from 1.</summary>
    public int Line { get; }

    /// <summary>The column of that place in its line, from 1.</summary>
    public int Column { get; }

    /// <summary>What was expected there.</summary>
    public string Expected { get; }

    internal static FilterException At(string filter, int offset, string problem, string expected)
    {
        var before = filter.AsSpan(0, offset);
        var line = before.Count('\n') + 1;
        return new FilterException(filter, line, offset - before.LastIndexOf('\n'), problem, expected);
    }
}

/// <summary>A range of time, such as <c>last 3 days</c>, cannot be read. Says where, and what was expected there.</summary>
public sealed class TimeRangeException : GuildException
{
    internal TimeRangeException(string range, int offset, string problem, string expected)
        : base(
            FormattableString.Invariant($"The time range '{range}' cannot be read: at column {offset + 1}, {problem}. Expected here: {expected}."),
            range,
            "Write it as in: today, last 30 minutes, this week, 3 days ago, after 2026-01-31, between 9:00 and 12:30")
    {
        Column = offset + 1;
        Expected = expected;
    }

    /// <summary>The column of the place that cannot be read, from 1.</summary>
    public int Column { get; }

    /// <summary>What was expected there.</summary>
    public string Expected { get; }
}
