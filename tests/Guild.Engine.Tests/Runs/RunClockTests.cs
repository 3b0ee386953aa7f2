using Guild.Engine.Runs;

namespace Guild.Engine.Tests.Runs;

public sealed class RunClockTests
{
    [Fact]
    public void Stamps_go_up_though_the_time_stands_still()
    {
        var clock = new RunClock(new StandingClock(DateTimeOffset.UnixEpoch.AddSeconds(5)));
        Assert.Equal([5_000_000, 5_000_001, 5_000_002], [clock.Next(), clock.Next(), clock.Next()]);
    }

    [Fact]
    public void Stamps_go_up_though_the_time_goes_back()
    {
        var time = new StandingClock(DateTimeOffset.UnixEpoch.AddSeconds(5));
        var clock = new RunClock(time);
        clock.Next();
        time.Now = DateTimeOffset.UnixEpoch;
        Assert.Equal(5_000_001, clock.Next());
    }

    [Fact]
    public void Two_clocks_of_the_system_never_give_the_same_stamp()
    {
        var stamps = new System.Collections.Concurrent.ConcurrentBag<long>();
        Parallel.For(0, 1000, _ => stamps.Add(new RunClock(TimeProvider.System).Next()));
        Assert.Equal(stamps.Count, stamps.Distinct().Count());
    }

    [Fact]
    public void A_stamp_becomes_the_moment_that_it_was_made_of()
    {
        var moment = new DateTimeOffset(2026, 11, 22, 21, 12, 24, TimeSpan.Zero).AddMicroseconds(566006);
        Assert.Equal(moment, RunClock.ToTime(RunClock.FromTime(moment)));
        Assert.Equal(1_795_381_944_566_006, RunClock.FromTime(moment));
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void A_stamp_beyond_the_calendar_is_refused(long stamp) => Assert.Throws<ArgumentOutOfRangeException>(() => RunClock.ToTime(stamp));
}
