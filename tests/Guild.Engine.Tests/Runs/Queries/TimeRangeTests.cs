using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Guild.Engine.Runs.Queries;

namespace Guild.Engine.Tests.Runs.Queries;

public sealed class TimeRangeTests
{
    // Wednesday.
    private const string Now = "2019-05-01 14:35:23";

    [Theory]
    [InlineData("this minute", "2019-05-01 14:35:00", "2019-05-01 14:36:00")]
    [InlineData("1 minute ago", "2019-05-01 14:34:00", "2019-05-01 14:35:00")]
    [InlineData("5 MIN ago", "2019-05-01 14:30:00", "2019-05-01 14:31:00")]
    [InlineData("this hour", "2019-05-01 14:00:00", "2019-05-01 15:00:00")]
    [InlineData("5 hr ago", "2019-05-01 09:00:00", "2019-05-01 10:00:00")]
    [InlineData("24 hours ago", "2019-04-30 14:00:00", "2019-04-30 15:00:00")]
    [InlineData("Today", "2019-05-01 00:00:00", "2019-05-02 00:00:00")]
    [InlineData("this day", "2019-05-01 00:00:00", "2019-05-02 00:00:00")]
    [InlineData("yesterday", "2019-04-30 00:00:00", "2019-05-01 00:00:00")]
    [InlineData("0 days ago", "2019-05-01 00:00:00", "2019-05-02 00:00:00")]
    [InlineData("10 days ago", "2019-04-21 00:00:00", "2019-04-22 00:00:00")]
    [InlineData("this week", "2019-04-29 00:00:00", "2019-05-06 00:00:00")]
    [InlineData("1 week ago", "2019-04-22 00:00:00", "2019-04-29 00:00:00")]
    [InlineData("10 weeks ago", "2019-02-18 00:00:00", "2019-02-25 00:00:00")]
    // A month ends with its last day. In Guild AI that day is missing.
    [InlineData("this month", "2019-05-01 00:00:00", "2019-06-01 00:00:00")]
    [InlineData("1 month ago", "2019-04-01 00:00:00", "2019-05-01 00:00:00")]
    [InlineData("39 months ago", "2016-02-01 00:00:00", "2016-03-01 00:00:00")]
    [InlineData("after 12 months ago", "2018-06-01 00:00:00", null)]
    [InlineData("this year", "2019-01-01 00:00:00", "2020-01-01 00:00:00")]
    [InlineData("5 years ago", "2014-01-01 00:00:00", "2015-01-01 00:00:00")]
    [InlineData("before 2018-4-29", null, "2018-04-29 00:00:00")]
    [InlineData("before 2019-4-29 9:35", null, "2019-04-29 09:35:00")]
    [InlineData("before 19-4-29 9:35:05", null, "2019-04-29 09:35:05")]
    [InlineData("before 89-4-1", null, "2089-04-01 00:00:00")]
    [InlineData("before 4-29", null, "2019-04-29 00:00:00")]
    [InlineData("before 23:30", null, "2019-05-01 23:30:00")]
    [InlineData("before today", null, "2019-05-01 00:00:00")]
    [InlineData("before 10 minutes ago", null, "2019-05-01 14:25:00")]
    [InlineData("after 2018-4-29", "2018-04-29 00:00:00", null)]
    [InlineData("after 4-28 15:45", "2019-04-28 15:45:00", null)]
    [InlineData("after yesterday", "2019-05-01 00:00:00", null)]
    [InlineData("after 5 minutes ago", "2019-05-01 14:31:00", null)]
    [InlineData("after 2 weeks ago", "2019-04-22 00:00:00", null)]
    [InlineData("after before today", "2019-05-01 00:00:00", null)]
    [InlineData("last 2 minutes", "2019-05-01 14:33:23", null)]
    [InlineData("last hour", "2019-05-01 13:35:23", null)]
    [InlineData("last 10 days", "2019-04-21 14:35:23", null)]
    // Guild AI promises these and does not read them.
    [InlineData("last week", "2019-04-22 00:00:00", "2019-04-29 00:00:00")]
    [InlineData("last month", "2019-04-01 00:00:00", "2019-05-01 00:00:00")]
    [InlineData("last year", "2018-01-01 00:00:00", "2019-01-01 00:00:00")]
    [InlineData("last 2 weeks", "2019-04-17 14:35:23", null)]
    [InlineData("last 2 months", "2019-03-01 14:35:23", null)]
    [InlineData("last 1 year", "2018-05-01 14:35:23", null)]
    [InlineData("between yesterday and today", "2019-04-30 00:00:00", "2019-05-02 00:00:00")]
    [InlineData("between today and yesterday", "2019-04-30 00:00:00", "2019-05-02 00:00:00")]
    [InlineData("between 10 minutes ago and 5 minutes ago", "2019-05-01 14:25:00", "2019-05-01 14:31:00")]
    [InlineData("between 1-31 and 1-1", "2019-01-01 00:00:00", "2019-01-31 00:00:00")]
    [InlineData("between 1-1 0:00:05 and 1-1 12:00:45", "2019-01-01 00:00:05", "2019-01-01 12:00:45")]
    [InlineData("between 2018-1-1 and 10 days ago", "2018-01-01 00:00:00", "2019-04-22 00:00:00")]
    [InlineData("10:00", "2019-05-01 10:00:00", "2019-05-01 10:01:00")]
    [InlineData("2018-10-31 14:30:05", "2018-10-31 14:30:05", "2018-10-31 14:30:06")]
    [InlineData("2018-10-31T14:30", "2018-10-31 14:30:00", "2018-10-31 14:31:00")]
    [InlineData(" 2018-10-31 ", "2018-10-31 00:00:00", "2018-11-01 00:00:00")]
    public void A_range_has_a_start_and_an_end(string text, string? start, string? end) =>
        Assert.Equal((start, end), Shown(TimeRange.Parse(text, Clock(Now))));

    [Theory]
    [InlineData("2 hours ago", "2019-05-01 12:35:23")]
    [InlineData("1 day ago", "2019-04-30 14:35:23")]
    [InlineData("1 month ago", "2019-04-01 14:35:23")]
    [InlineData("yesterday", "2019-04-30 00:00:00")]
    [InlineData("last week", "2019-04-22 00:00:00")]
    [InlineData("last 3 hours", "2019-05-01 11:35:23")]
    [InlineData("9:00", "2019-05-01 09:00:00")]
    [InlineData("2019-4-2", "2019-04-02 00:00:00")]
    [InlineData("after 9:00", "2019-05-01 09:00:00")]
    public void Since_counts_from_a_moment(string text, string start) =>
        Assert.Equal((start, null), Shown(TimeRange.ParseSince(text, Clock(Now))));

    [Theory]
    [InlineData("", 1, "ends too early")]
    [InlineData("aftr last week", 1, "'aftr' means nothing")]
    [InlineData("after the equinox", 7, "'the' means nothing")]
    [InlineData("yearsss", 1, "'yearsss' means nothing")]
    [InlineData("2015-01-03-01", 1, "means nothing")]
    [InlineData("today today", 7, "'today' cannot stand here")]
    [InlineData("5 ago", 3, "'ago' cannot stand here")]
    [InlineData("5 days", 7, "ends too early")]
    [InlineData("this", 5, "ends too early")]
    [InlineData("This Ago", 6, "'Ago' cannot stand here")]
    [InlineData("last", 5, "ends too early")]
    [InlineData("between today", 14, "ends too early")]
    [InlineData("between today and", 18, "ends too early")]
    [InlineData("before", 7, "ends too early")]
    [InlineData("before before today", 1, "without a beginning")]
    [InlineData("after last 5 days", 1, "without an end")]
    [InlineData("before 2018-4-31", 8, "there is no day 2018-4-31")]
    [InlineData("2-29", 1, "there is no day 2-29")]
    [InlineData("2018-13-1", 1, "there is no day")]
    [InlineData("0000-1-1", 1, "there is no day")]
    [InlineData("between 11:00 and 24:00", 19, "there is no time 24:00")]
    [InlineData("9:60", 1, "there is no time")]
    [InlineData("9:00:60", 1, "there is no time")]
    [InlineData("99999999999 days ago", 1, "too large")]
    [InlineData("2147483647 years ago", 1, "years 1 to 9999")]
    [InlineData("2147483647 minutes ago", 1, "years 1 to 9999")]
    [InlineData("last 2147483647 weeks", 1, "years 1 to 9999")]
    [InlineData("9999-12-31", 1, "years 1 to 9999")]
    public void What_is_no_range_is_an_error_with_its_place(string text, int column, string problem)
    {
        var error = Assert.Throws<TimeRangeException>(() => TimeRange.Parse(text, Clock(Now)));

        Assert.Equal((column, text), (error.Column, error.Subject));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Contains(error.Expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("before today")]
    [InlineData("2 hours")]
    [InlineData("2 hours ago today")]
    public void Since_needs_a_beginning(string text) => Assert.Throws<TimeRangeException>(() => TimeRange.ParseSince(text, Clock(Now)));

    [Theory]
    // The clock goes from 2:00 to 3:00, and that day has 23 hours.
    [InlineData("2026-03-29 12:00:00", "today", "2026-03-28T23:00Z", "2026-03-29T22:00Z")]
    [InlineData("2026-03-29 03:10:00", "1 hour ago", "2026-03-29T00:00Z", "2026-03-29T01:00Z")]
    [InlineData("2026-03-29 03:10:00", "last hour", "2026-03-29T00:10Z", null)]
    [InlineData("2026-03-29 12:00:00", "after 2:30", "2026-03-29T01:30Z", null)]
    [InlineData("2026-03-30 02:30:00", "last day", "2026-03-29T01:30Z", null)]
    // The clock goes from 3:00 to 2:00, and 2:30 comes twice.
    [InlineData("2026-10-25 12:00:00", "today", "2026-10-24T22:00Z", "2026-10-25T23:00Z")]
    [InlineData("2026-10-25 12:00:00", "after 2:30", "2026-10-25T00:30Z", null)]
    public void Days_and_hours_are_those_of_the_time_zone(string now, string text, string start, string? end)
    {
        var range = TimeRange.Parse(text, Clock(now, CentralEurope));
        Assert.Equal((Moment(start), Moment(end)), (range.Start, range.End));
    }

    [Fact]
    public void The_start_belongs_to_a_range_and_the_end_does_not()
    {
        var range = TimeRange.Parse("today", Clock(Now));
        Assert.True(range.Contains(range.Start!.Value));
        Assert.False(range.Contains(range.End!.Value));
        Assert.False(range.Contains(range.Start.Value.AddTicks(-1)));
    }

    [Property(MaxTest = 500)]
    public bool Any_text_is_a_range_or_an_error_within_it(string? text) => IsRangeOrError(text ?? "");

    [Property(Arbitrary = [typeof(RangeWords)], MaxTest = 2000)]
    public bool Any_row_of_words_is_a_range_or_an_error_within_it(IReadOnlyList<string> words) => IsRangeOrError(string.Join(' ', words));

    [Property(MaxTest = 500)]
    public bool This_period_has_now_and_begins_where_the_last_ends(DateTime moment, byte unit)
    {
        if (moment.Year is < 3 or > 9990)
        {
            return true;
        }

        var name = new[] { "minute", "hour", "day", "week", "month", "year" }[unit % 6];
        var clock = new ZonedClock(new DateTimeOffset(moment.Ticks, TimeSpan.Zero), TimeZoneInfo.Utc);
        var present = TimeRange.Parse($"this {name}", clock);
        return present.Contains(clock.GetUtcNow()) && TimeRange.Parse($"1 {name} ago", clock).End == present.Start;
    }

    private static readonly TimeZoneInfo CentralEurope = TimeZoneInfo.CreateCustomTimeZone(
        "test",
        TimeSpan.FromHours(1),
        "test",
        "test",
        "test",
        [TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
            System.DateTime.MinValue.Date,
            System.DateTime.MaxValue.Date,
            TimeSpan.FromHours(1),
            TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 2, 0, 0), 3, 5, DayOfWeek.Sunday),
            TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 3, 0, 0), 10, 5, DayOfWeek.Sunday))]);

    private static bool IsRangeOrError(string text)
    {
        try
        {
            var range = TimeRange.Parse(text, Clock(Now));
            return range.Start is not null || range.End is not null || text.Contains("between", StringComparison.OrdinalIgnoreCase);
        }
        catch (TimeRangeException error)
        {
            return error.Column >= 1 && error.Column <= text.Length + 1;
        }
    }

    private static ZonedClock Clock(string now, TimeZoneInfo? zone = null)
    {
        zone ??= TimeZoneInfo.Utc;
        var local = System.DateTime.ParseExact(now, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return new ZonedClock(new DateTimeOffset(local, zone.GetUtcOffset(local)), zone);
    }

    private static (string?, string?) Shown(TimeRange range) => (Shown(range.Start), Shown(range.End));

    private static string? Shown(DateTimeOffset? time) => time?.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static DateTimeOffset? Moment(string? text) => text is null ? null : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private sealed class ZonedClock(DateTimeOffset now, TimeZoneInfo zone) : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => zone;

        public override DateTimeOffset GetUtcNow() => now.ToUniversalTime();
    }

    public static class RangeWords
    {
        private static readonly string[] All =
            ["today", "yesterday", "this", "last", "before", "after", "between", "and", "ago", "minute", "hours", "day", "week", "months", "year", "0", "3", "999999", "4-29", "2018-10-31", "10:00", "23:59:59"];

        public static Arbitrary<IReadOnlyList<string>> Words() =>
            Gen.Elements(All).ListOf().Select(words => (IReadOnlyList<string>)[.. words]).ToArbitrary();
    }
}
