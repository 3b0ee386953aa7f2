using System.Collections.Concurrent;
using Guild.Engine.Execution;
using Guild.Engine.Metrics;
using Guild.Engine.Scalars;
using Guild.Engine.Tests.EndToEnd;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.Metrics;

/// <summary>What becomes of a run whose measuring goes wrong: nothing.</summary>
public sealed class MetricsRecorderTests
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(5);

    private readonly ConcurrentQueue<ScalarPoint> _points = new();
    private readonly RecordedEvents _events = new();

    [Fact]
    public async Task A_source_that_fails_is_one_warning_and_the_others_are_still_measured()
    {
        var calls = 0;
        using var recorder = Recorder(
            points => Array.ForEach([.. points], _points.Enqueue),
            new Source("cpu", (_, _) => throw new InvalidOperationException($"call {++calls}")),
            new Source("memory", (values, _) => values.Add("seen", 1)));

        recorder.Start(new NoTree());
        await Eventually.Is(() => _points.Count > 3);
        recorder.Finish();

        Assert.Equal(["Values of the system are missing (cpu): call 1"], _events.Warnings);
        Assert.Equal(_events.Warnings, recorder.Notes);
    }

    [Fact]
    public async Task A_disk_that_takes_nothing_is_one_warning()
    {
        var calls = 0;
        using var recorder = Recorder(_ => throw new IOException("No space left"), new Source("cpu", (values, _) => values.Add("seen", ++calls)));

        recorder.Start(new NoTree());
        await Eventually.Is(() => calls > 3);
        recorder.Finish();

        Assert.EndsWith("No space left", Assert.Single(_events.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Processes_that_cannot_be_looked_at_are_one_warning()
    {
        using var recorder = Recorder(points => Array.ForEach([.. points], _points.Enqueue), new Source("cpu", (values, _) => values.Add("seen", 1)));

        recorder.Start(new BadTree());
        await Eventually.Is(() => _points.Count > 3);
        recorder.Finish();

        Assert.Equal(["Values of the system are missing (processes): no look"], _events.Warnings);
    }

    [Fact]
    public async Task The_end_of_the_run_ends_a_wait_for_a_source()
    {
        using var waits = new ManualResetEventSlim();
        using var recorder = Recorder(_ => { }, new Source("gpu", (_, stop) =>
        {
            waits.Set();
            stop.WaitHandle.WaitOne();
        }));

        recorder.Start(new NoTree());
        await Eventually.Is(() => waits.IsSet);
        recorder.Finish();

        Assert.Empty(_events.Warnings);
    }

    [Fact]
    public void What_is_no_number_is_left_out()
    {
        var values = new MetricValues();

        values.Add("a", null);
        values.Add("b", double.NaN);
        values.Add("c", double.PositiveInfinity);
        values.Add("d", 0);

        Assert.Equal("d", Assert.Single(values.All).Key);
    }

    private MetricsRecorder Recorder(Action<IReadOnlyList<ScalarPoint>> write, params IMetricSource[] sources) =>
        new(sources, write, _events, TimeProvider.System) { FirstWait = Often, Period = Often };

    private sealed class Source(string plugin, Action<MetricValues, CancellationToken> measure) : IMetricSource
    {
        public string Plugin => plugin;

        public void Measure(MetricMoment moment, MetricValues values, CancellationToken stop) => measure(values, stop);
    }

    private class NoTree : ProgramTree
    {
        internal override bool IsEmpty() => true;

        internal override void Signal(StopStep step)
        {
        }
    }

    private sealed class BadTree : NoTree
    {
        internal override TreeUsage? Usage() => throw new InvalidOperationException("no look");
    }
}
