using Guild.Engine.Execution;
using Guild.Engine.Operations;
using Guild.Engine.Runs;
using Guild.Engine.Runs.Comparing;
using Guild.Engine.Runs.Queries;
using Guild.Engine.Tests.Execution;
using Guild.Engine.Tests.Operations;
using Guild.Engine.Tests.Runs;

namespace Guild.Engine.Tests.Faults;

/// <summary>What comes of clocks that were wrong, or are set while a run goes on.</summary>
public sealed class ClockFaultTests : IDisposable
{
    private static readonly StandingClock Later = new(DateTimeOffset.UtcNow.AddHours(1));

    private readonly TestHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void A_run_that_ended_before_it_began_took_no_time()
    {
        var directory = _home.AddRun();
        directory.WriteAttribute("started", RunClock.FromTime(DateTimeOffset.UnixEpoch.AddHours(5)));
        directory.WriteAttribute("stopped", RunClock.FromTime(DateTimeOffset.UnixEpoch.AddHours(2)));

        var run = _home.Read(directory);

        Assert.Equal(TimeSpan.Zero, run.Duration);
        Assert.Equal(TimeSpan.Zero, new AttributeReader(TimeProvider.System).Read(run, CoreColumns.Time));
        Assert.Equal("0:00:00", FilterAttributes.Known(run, "time"));
    }

    [Fact]
    public void A_run_that_goes_on_and_begins_in_the_future_took_no_time_yet()
    {
        var directory = _home.AddRun(exitStatus: null);
        directory.WriteAttribute("started", RunClock.FromTime(DateTimeOffset.UtcNow.AddDays(1)));
        File.WriteAllText(directory.LockPath, "77");
        _home.Processes[77] = 5;

        var run = _home.Read(directory);

        Assert.Equal(RunStatus.Running, run.Status);
        Assert.Null(run.Duration);
        Assert.Equal(TimeSpan.Zero, new AttributeReader(TimeProvider.System).Read(run, CoreColumns.Time));
    }

    [UnixFact]
    public void A_run_during_which_the_clock_is_set_back_ends_after_it_began()
    {
        using var project = new TempProject("{op: {exec: 'true'}}");
        var clock = new FallingClock();
        var context = project.Context with { Time = clock };

        var result = new OperationRunner(context).Run(Planner.Plan(project.Request("op"), context), new RunOptions(), project.Events, CancellationToken.None);

        var run = project.Store.TryRead(result.Directory)!;
        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.True(run.Stopped > run.Started, $"It ended at {run.Stopped:O} and began at {run.Started:O}.");
    }

    [Fact]
    public void Changes_of_a_run_whose_times_lie_in_the_future_are_seen_through_the_index()
    {
        var directory = _home.AddRun();
        directory.WriteAttribute("started", RunClock.FromTime(DateTimeOffset.UtcNow.AddYears(1)));
        directory.WriteAttribute("label", "first");
        Future(directory);
        var other = _home.AddRun();
        Assert.Equal([directory.Id, other.Id], List().Select(run => run.Id));

        // The times are the same again, as by a clock that was set back and came to the same moment.
        directory.WriteAttribute("label", "second");
        directory.WriteAttribute("marked", true);
        Future(directory);

        Assert.Equal(("second", true), (List()[0].Label, List()[0].IsMarked));
    }

    [Fact]
    public void A_change_that_seems_older_than_the_one_before_it_is_seen_through_the_index()
    {
        var directory = _home.AddRun();
        directory.WriteAttribute("label", "first");
        List();
        Assert.Equal("first", List()[0].Label);

        directory.WriteAttribute("label", "second");
        Set(directory, DateTime.UtcNow.AddDays(-30));

        Assert.Equal("second", List()[0].Label);
    }

    private List<Run> List() => [.. _home.Indexed(Later).List()];

    private static void Future(RunDirectory directory) => Set(directory, new DateTime(2099, 1, 1, 0, 0, 0, DateTimeKind.Utc));

    private static void Set(RunDirectory directory, DateTime time)
    {
        foreach (var path in Directory.GetFiles(directory.AttributesPath).Append(directory.AttributesPath).Append(directory.GuildPath))
        {
            if (Directory.Exists(path))
            {
                Directory.SetLastWriteTimeUtc(path, time);
            }
            else
            {
                File.SetLastWriteTimeUtc(path, time);
            }
        }
    }

    /// <summary>A clock that is an hour earlier each time it is asked.</summary>
    private sealed class FallingClock : TimeProvider
    {
        private long _hours;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow.AddHours(-Interlocked.Increment(ref _hours));
    }
}
