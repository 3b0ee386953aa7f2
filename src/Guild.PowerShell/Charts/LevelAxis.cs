namespace Guild.PowerShell.Charts;

/// <summary>What a chart has to the right: what it is called and how its ticks are chosen.</summary>
internal sealed class LevelAxis
{
    private readonly Func<double, string> _name;
    private readonly Func<double, double, int, IReadOnlyList<TickMark>> _ticks;

    private LevelAxis(Func<double, string> name, Func<double, double, int, IReadOnlyList<TickMark>> ticks)
    {
        _name = name;
        _ticks = ticks;
    }

    /// <summary>Steps, which are whole numbers.</summary>
    public static LevelAxis Step { get; } = new(_ => "step", (minimum, maximum, count) => NumberTicks.Between(minimum, maximum, count, leastExponent: 0));

    /// <summary>Seconds since the first value.</summary>
    public static LevelAxis RelativeTime { get; } = new(_ => "time since the first value", TimeTicks.Since);

    /// <summary>Seconds since 1970, as a clock shows them.</summary>
    /// <param name="zone">The time zone of the clock.</param>
    public static LevelAxis Time(TimeZoneInfo zone) => new(
        minimum => FormattableString.Invariant($"time from {TimeZoneInfo.ConvertTime(TimeTicks.At(minimum), zone):yyyy-MM-dd HH:mm:ss}"),
        (minimum, maximum, count) => TimeTicks.Clock(minimum, maximum, count, zone));

    /// <summary>What it is called.</summary>
    /// <param name="minimum">Its left end.</param>
    public string Name(double minimum) => _name(minimum);

    /// <summary>The ticks inside a range.</summary>
    public IReadOnlyList<TickMark> Ticks(double minimum, double maximum, int count) => _ticks(minimum, maximum, count);
}
