namespace Guild.Engine.Runs.Queries;

/// <summary>A range of time.</summary>
/// <param name="Start">The first moment of it; null if it has no beginning.</param>
/// <param name="End">The first moment after it; null if it has no end.</param>
public sealed record TimeRange(DateTimeOffset? Start, DateTimeOffset? End)
{
    /// <summary>True if a moment lies in the range.</summary>
    public bool Contains(DateTimeOffset time) => (Start is null || time >= Start) && (End is null || time < End);

    /// <summary>
    /// Reads a range in the language of Guild AI: <c>today</c>, <c>this week</c>, <c>2 hours ago</c>, <c>last 30 minutes</c>, <c>before 9:00</c>,
    /// <c>between 1-1 and 1-31</c>. Days and hours are those of the clock's time zone.
    /// </summary>
    /// <exception cref="TimeRangeException">The text is no range; the error says where and what was expected.</exception>
    public static TimeRange Parse(string text, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(clock);
        return new TimeRangeParser(text, clock).Range();
    }

    /// <summary>
    /// Reads where time begins to count: <c>2 hours ago</c> is that very moment; of any other range, such as <c>yesterday</c>, it is the beginning.
    /// </summary>
    /// <returns>The range from there on.</returns>
    /// <exception cref="TimeRangeException">The text is no range, or one without a beginning.</exception>
    public static TimeRange ParseSince(string text, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(clock);
        return new TimeRangeParser(text, clock).Since();
    }
}
