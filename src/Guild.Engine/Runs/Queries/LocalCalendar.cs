namespace Guild.Engine.Runs.Queries;

/// <summary>Days, weeks and the like as a clock on the wall has them, also where the clock is put forward or back.</summary>
internal sealed class LocalCalendar
{
    private readonly TimeZoneInfo _zone;
    private readonly DateTimeOffset _now;

    public LocalCalendar(TimeProvider clock)
    {
        _zone = clock.LocalTimeZone;
        _now = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), _zone);
        Now = _now.DateTime;
    }

    /// <summary>What the clock on the wall shows.</summary>
    public DateTime Now { get; }

    /// <summary>The moment at which the clock on the wall shows a time: the first, if it does twice; the first after it, if it never does.</summary>
    public DateTimeOffset Moment(DateTime local)
    {
        if (_zone.IsInvalidTime(local))
        {
            // The offset before the gap leads as far behind the gap as the time lies in it.
            return new DateTimeOffset(local, _zone.GetUtcOffset(local.AddHours(-3))).ToOffset(_zone.GetUtcOffset(local.AddHours(3)));
        }

        var offset = _zone.IsAmbiguousTime(local) ? _zone.GetAmbiguousTimeOffsets(local).Max() : _zone.GetUtcOffset(local);

        // At the ends of the calendar an offset leads out of it.
        var ticks = Math.Clamp(local.Ticks - offset.Ticks, System.DateTime.MinValue.Ticks, System.DateTime.MaxValue.Ticks);
        return new DateTimeOffset(ticks, TimeSpan.Zero);
    }

    /// <summary>The whole minute, day, week … that lies some units before the present one; null if it lies outside of the calendar.</summary>
    public TimeRange? Period(int count, TimeUnit unit)
    {
        try
        {
            // Hours of the clock, not of the day: the one before 3:00 is 1:00 where the clock is put forward.
            if (unit is TimeUnit.Minute or TimeUnit.Hour)
            {
                var length = unit == TimeUnit.Minute ? TimeSpan.FromMinutes(1) : TimeSpan.FromHours(1);
                var into = new TimeSpan(Now.Ticks % length.Ticks);
                var begin = (_now - into - TimeSpan.FromTicks(checked(length.Ticks * count))).ToUniversalTime();
                return new TimeRange(begin, begin + length);
            }

            var start = Add(StartOf(unit), -count, unit);
            return new TimeRange(Moment(start), Moment(Add(start, 1, unit)));
        }
        catch (Exception error) when (error is ArgumentOutOfRangeException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>The moment some units before now; null if it lies outside of the calendar.</summary>
    public DateTimeOffset? Before(int count, TimeUnit unit)
    {
        try
        {
            return unit switch
            {
                TimeUnit.Minute => _now.AddMinutes(-count).ToUniversalTime(),
                TimeUnit.Hour => _now.AddHours(-count).ToUniversalTime(),
                _ => Moment(Add(Now, -count, unit)),
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private DateTime StartOf(TimeUnit unit) => unit switch
    {
        TimeUnit.Day => Now.Date,
        TimeUnit.Week => Now.Date.AddDays(-(((int)Now.DayOfWeek + 6) % 7)),
        TimeUnit.Month => new DateTime(Now.Year, Now.Month, 1, 0, 0, 0, DateTimeKind.Unspecified),
        _ => new DateTime(Now.Year, 1, 1, 0, 0, 0, DateTimeKind.Unspecified),
    };

    private static DateTime Add(DateTime time, int count, TimeUnit unit) => unit switch
    {
        TimeUnit.Day => time.AddDays(count),
        TimeUnit.Week => time.AddDays(7.0 * count),
        TimeUnit.Month => time.AddMonths(count),
        _ => time.AddYears(count),
    };
}
