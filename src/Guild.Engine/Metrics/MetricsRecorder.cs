using Guild.Engine.Execution;
using Guild.Engine.Scalars;

namespace Guild.Engine.Metrics;

/// <summary>
/// Measures while a program runs, on a thread of its own, and hands on what it finds as scalars. The step of each is the seconds since the start. What goes wrong
/// is said once, and never harms the run.
/// </summary>
/// <param name="sources">What is measured, the slowest last.</param>
/// <param name="write">Takes the scalars of one moment.</param>
/// <param name="events">Where warnings go.</param>
/// <param name="time">The clock.</param>
internal sealed class MetricsRecorder(IReadOnlyList<IMetricSource> sources, Action<IReadOnlyList<ScalarPoint>> write, IEventSink events, TimeProvider time) : IDisposable
{
    // To read of a process can hang with it. The run's end does not wait for that.
    private static readonly TimeSpan LastSampleTime = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _notes = [];
    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private ProgramTree? _tree;
    private Thread? _thread;
    private long _began;
    private DateTimeOffset _beganAt;
    private TimeSpan _lastSample;
    private bool _cannotWrite;

    /// <summary>The time between two moments. At first it is shorter, so that a run of some seconds has some points.</summary>
    internal TimeSpan Period { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The time from the start to the first moment. Each wait is twice as long as the one before, up to the period.</summary>
    internal TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What was said, one sentence each.</summary>
    public IReadOnlyList<string> Notes
    {
        get
        {
            lock (_gate)
            {
                return [.. _notes];
            }
        }
    }

    /// <summary>The recorder of a run, of what its program's environment names.</summary>
    public static MetricsRecorder For(ProgramStart program, Action<IReadOnlyList<ScalarPoint>> write, IEventSink events, TimeProvider time) =>
        new([.. MetricPlugins.Of(program.Environment).OrderBy(name => name == MetricPlugins.Gpu).Select(name => SourceOf(name, program))], write, events, time);

    /// <summary>Begins to measure.</summary>
    public void Start(ProgramTree tree)
    {
        (_tree, _began, _beganAt) = (tree, time.GetTimestamp(), time.GetUtcNow());
        _thread = new Thread(MeasureToEnd) { IsBackground = true, Name = "Guild metrics" };
        _thread.Start();
    }

    /// <summary>Measures what can still be measured, and ends.</summary>
    public void Finish()
    {
        _stop.Cancel();
        _thread?.Join(LastSampleTime);
    }

    public void Dispose()
    {
        Finish();
        if (_thread is not { IsAlive: true })
        {
            _stop.Dispose();
        }
    }

    private static IMetricSource SourceOf(string plugin, ProgramStart program) => plugin switch
    {
        MetricPlugins.Processor => new ProcessorSource(),
        MetricPlugins.Memory => new MemorySource(),
        MetricPlugins.Disk => new DiskSource(),
        _ => new GpuSource(program),
    };

    private void MeasureToEnd()
    {
        var wait = FirstWait;
        Measure();
        while (!_stop.Token.WaitHandle.WaitOne(wait))
        {
            Measure();
            wait = wait * 2 < Period ? wait * 2 : Period;
        }

        // Of a run that took no longer than a moment, or of the moment since the last time, there is nothing to say.
        if (time.GetElapsedTime(_began) - _lastSample >= FirstWait)
        {
            Measure();
        }
    }

    private void Measure()
    {
        // To look at all processes can take a while on a busy machine: what is measured belongs to the end of that.
        var usage = Usage();
        var elapsed = time.GetElapsedTime(_began);
        var moment = new MetricMoment(elapsed, usage);
        _lastSample = elapsed;
        foreach (var source in sources)
        {
            var values = new MetricValues();
            Try(source.Plugin, () => source.Measure(moment, values, _stop.Token));
            Write(values, elapsed);
        }
    }

    private TreeUsage? Usage()
    {
        TreeUsage? usage = null;
        Try("processes", () => usage = _tree?.Usage());
        return usage;
    }

    private void Write(MetricValues values, TimeSpan elapsed)
    {
        if (_cannotWrite || values.All.Count == 0)
        {
            return;
        }

        var wallTime = (_beganAt + elapsed - DateTimeOffset.UnixEpoch).TotalSeconds;
        try
        {
            write([.. values.All.Select(value => new ScalarPoint(value.Key, value.Value, (long)elapsed.TotalSeconds, wallTime))]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _cannotWrite = true;
            Say($"What the run uses of the system is not recorded any more, because it could not be written: {error.Message}");
        }
    }

    // Whatever the system comes up with, the run goes on.
    private void Try(string what, Action measure)
    {
        try
        {
            measure();
        }
        catch (Exception error)
        {
            if (_failed.Add(what))
            {
                Say(what == MetricPlugins.Gpu
                    ? $"Values of the graphics processors are missing: {error.Message} The plugin 'gpu' of the operation asks for them."
                    : $"Values of the system are missing ({what}): {error.Message}");
            }
        }
    }

    private void Say(string note)
    {
        lock (_gate)
        {
            _notes.Add(note);
        }

        events.Report(new WarningEvent(note));
    }
}
