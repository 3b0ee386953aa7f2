using Guild.PowerShell.Charts;

namespace Guild.PowerShell.Tests.Charts;

/// <summary>The numbers at axes.</summary>
public sealed class NumberTicksTests
{
    [Theory]
    [InlineData(0, 1, 5, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(0.08, 0.75, 5, "0.2 0.4 0.6")]
    [InlineData(-3, 3, 6, "-3 -2 -1 0 1 2 3")]
    [InlineData(12, 87, 4, "20 40 60 80")]
    [InlineData(0, 999_999, 5, "0 200000 400000 600000 800000")]
    [InlineData(0, 3e9, 3, "0e+0 1e+9 2e+9 3e+9")]
    [InlineData(1.2e-7, 4.8e-7, 4, "2e-7 3e-7 4e-7")]
    [InlineData(0.99985, 0.99995, 4, "0.99985 0.99990 0.99995")]
    [InlineData(-1.7e308, 1.7e308, 3, "-1e+308 0e+0 1e+308")]
    public void Ticks_are_round_and_read_alike(double minimum, double maximum, int count, string expected) =>
        Assert.Equal(expected, string.Join(' ', NumberTicks.Between(minimum, maximum, count).Select(tick => tick.Text)));

    [Theory]
    [InlineData(1e300, 1e300)]
    [InlineData(9e18, 9.000000000000001e18)]
    [InlineData(double.MinValue, double.MaxValue)]
    [InlineData(0, double.Epsilon)]
    public void Ranges_at_the_ends_of_what_a_double_holds_have_few_ticks_or_none(double minimum, double maximum)
    {
        Assert.InRange(NumberTicks.Between(minimum, maximum, 5).Count, 0, 10);
        Assert.InRange(TimeTicks.Since(minimum, maximum, 5).Count, 0, 10);
    }

    [Fact]
    public void Ticks_of_steps_are_whole_numbers() =>
        Assert.Equal("0 1 2", string.Join(' ', NumberTicks.Between(0, 2, 10, leastExponent: 0).Select(tick => tick.Text)));

    [Theory]
    [InlineData(0.001, 1000, 10, "0.001 0.01 0.1 1 10 100 1000")]
    [InlineData(1e-12, 1e12, 5, "1e-12 1e-7 0.01 1000 1e+8")]
    [InlineData(0.08, 0.75, 5, "0.1 0.2 0.5")]
    [InlineData(0.31, 0.34, 3, "0.31 0.32 0.33 0.34")]
    public void A_logarithmic_axis_has_powers_of_ten_where_it_can(double minimum, double maximum, int count, string expected) =>
        Assert.Equal(expected, string.Join(' ', LogTicks.Between(minimum, maximum, count).Select(tick => tick.Text)));

    [Theory]
    [InlineData(0, 0.4, "0.0s 0.1s 0.2s 0.3s 0.4s")]
    [InlineData(0, 100, "0 30s 1m 1m30s")]
    [InlineData(0, 20_000, "0 2h 4h")]
    [InlineData(0, 400_000, "0 2d 4d")]
    [InlineData(-60, 60, "-1m -30s 0 30s 1m")]
    public void Time_since_the_beginning_has_units(double minimum, double maximum, string expected) =>
        Assert.Equal(expected, string.Join(' ', TimeTicks.Since(minimum, maximum, 4).Select(tick => tick.Text)));

    [Theory]
    [InlineData(1_700_000_000.2, 1_700_000_000.5, "22:13:20.300 22:13:20.400 22:13:20.500")]
    [InlineData(1_700_000_000, 1_700_000_100, "22:13:30 22:14:00 22:14:30 22:15:00")]
    [InlineData(1_700_000_000, 1_700_020_000, "00:00 02:00")]
    [InlineData(1_700_000_000, 1_700_400_000, "2023-11-15 2023-11-17 2023-11-19")]
    public void Clock_times_are_round_on_the_clock_of_the_user(double minimum, double maximum, string expected)
    {
        var zone = TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.Zero, "test", "test");
        Assert.Equal(expected, string.Join(' ', TimeTicks.Clock(minimum, maximum, 4, zone).Select(tick => tick.Text)));

        // The same instants where the clock is half an hour ahead: round there, not in Greenwich.
        var ahead = TimeZoneInfo.CreateCustomTimeZone("ahead", TimeSpan.FromMinutes(30), "ahead", "ahead");
        Assert.Equal(expected, string.Join(' ', TimeTicks.Clock(minimum - 1800, maximum - 1800, 4, ahead).Select(tick => tick.Text)));
    }
}
