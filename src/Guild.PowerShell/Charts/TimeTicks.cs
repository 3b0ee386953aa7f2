using System.Globalization;

namespace Guild.PowerShell.Charts;

/// <summary>Round times on an axis.</summary>
internal static class TimeTicks
{
    private const int Minute = 60;
    private const int Hour = 60 * Minute;
    private const int Day = 24 * Hour;

    private const double MostExact = 1e15;

    private static readonly int[] Steps =
    [
        1, 2, 5, 10, 15, 30, Minute, 2 * Minute, 5 * Minute, 10 * Minute, 15 * Minute, 30 * Minute, Hour, 2 * Hour, 3 * Hour, 6 * Hour, 12 * Hour,
        Day, 2 * Day, 5 * Day, 10 * Day, 20 * Day, 50 * Day, 100 * Day, 200 * Day, 500 * Day,
    ];

    /// <summary>Ticks for times since a beginning, such as <c>1h30m</c>.</summary>
    /// <param name="minimum">The first time, in seconds.</param>
    /// <param name="maximum">The last time, in seconds.</param>
    /// <param name="count">About how many there should be.</param>
    public static IReadOnlyList<TickMark> Since(double minimum, double maximum, int count)
    {
        var rough = (maximum - minimum) / Math.Max(count, 1);
        if (rough < 0.5)
        {
            return [.. NumberTicks.Between(minimum, maximum, count).Select(tick => tick with { Text = tick.Text + "s" })];
        }

        var step = StepOf(rough);
        return [.. Multiples(minimum, maximum, step).Select(seconds => new TickMark(seconds, Span(seconds)))];
    }

    /// <summary>Ticks for points in time, with the clock's times or, for days, dates.</summary>
    /// <param name="minimum">The first time, in seconds since 1970.</param>
    /// <param name="maximum">The last time, in seconds since 1970.</param>
    /// <param name="count">About how many there should be.</param>
    /// <param name="zone">The time zone of the clock.</param>
    public static IReadOnlyList<TickMark> Clock(double minimum, double maximum, int count, TimeZoneInfo zone)
    {
        var rough = (maximum - minimum) / Math.Max(count, 1);
        if (rough < 0.5)
        {
            // Counted from a whole second, since seconds since 1970 leave few digits for a fraction.
            var second = Math.Floor(minimum);
            return [.. NumberTicks.Between(minimum - second, maximum - second, count, leastExponent: -3)
                .Select(tick => new TickMark(second + tick.Value, TimeZoneInfo.ConvertTime(At(second + tick.Value), zone).ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)))];
        }

        var step = StepOf(rough);
        var format = step switch
        {
            < Minute => "HH:mm:ss",
            < Day => "HH:mm",
            _ => "yyyy-MM-dd",
        };

        // Round hours and days are those of the clock on the wall.
        var offset = zone.GetUtcOffset(At(minimum)).TotalSeconds;
        return [.. Multiples(minimum + offset, maximum + offset, step).Select(local => local - offset)
            .Select(seconds => new TickMark(seconds, TimeZoneInfo.ConvertTime(At(seconds), zone).ToString(format, CultureInfo.InvariantCulture)))];
    }

    /// <summary>A point in time.</summary>
    /// <param name="seconds">Seconds since 1970.</param>
    public static DateTimeOffset At(double seconds) => DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond));

    private static double StepOf(double rough)
    {
        foreach (var step in Steps)
        {
            if (step >= rough)
            {
                return step;
            }
        }

        return Math.Ceiling(rough / Steps[^1]) * Steps[^1];
    }

    private static IEnumerable<double> Multiples(double minimum, double maximum, double step)
    {
        // Where numbers are so large that one more is the same number, there is no next tick.
        for (var i = Math.Ceiling(minimum / step - 1e-9); i <= Math.Floor(maximum / step + 1e-9) && Math.Abs(i) < MostExact; i++)
        {
            yield return i * step;
        }
    }

    private static string Span(double seconds)
    {
        var rest = (long)Math.Abs(seconds);
        if (rest == 0)
        {
            return "0";
        }

        var parts = new List<string>();
        foreach (var (length, unit) in new[] { (Day, "d"), (Hour, "h"), (Minute, "m"), (1, "s") })
        {
            if (rest >= length)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{rest / length}{unit}"));
                rest %= length;
            }
        }

        return (seconds < 0 ? "-" : "") + string.Concat(parts);
    }
}
