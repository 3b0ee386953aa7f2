using System.Management.Automation;
using System.Reflection;
using Guild.PowerShell.Streams;

namespace Guild.PowerShell.Tests.Streams;

/// <summary>What is shown while something long is read.</summary>
public sealed class ReadingProgressTests
{
    private const int Many = 5000;

    private readonly Clock _clock = new();
    private readonly RecordingRuntime _runtime;
    private readonly ReadingProgress _progress;

    public ReadingProgressTests()
    {
        var runtime = DispatchProxy.Create<ICommandRuntime, RecordingRuntime>();
        _runtime = (RecordingRuntime)(object)runtime;
        _progress = new ReadingProgress(new Reader { CommandRuntime = runtime }, "Reading scalars", _clock);
    }

    [Fact]
    public void What_is_read_at_once_shows_nothing()
    {
        _progress.Begin("run a");
        Add(Many);
        _clock.Advance(milliseconds: 199);
        Add(Many);
        _progress.End();

        Assert.Empty(_runtime.Records);
    }

    [Fact]
    public void What_takes_longer_shows_how_much_was_read_and_what_is_read()
    {
        _progress.Begin("run a");
        _clock.Advance(milliseconds: 200);
        Add(1024);
        _clock.Advance(milliseconds: 150);
        Add(1024);
        _clock.Advance(milliseconds: 50);
        _progress.Begin("run b");

        Assert.Equal(["run a: 1,024 values", "run b: 2,048 values"], _runtime.Records.Select(record => record.StatusDescription));
        Assert.All(_runtime.Records, record => Assert.Equal(("Reading scalars", ProgressRecordType.Processing), (record.Activity, record.RecordType)));
        Assert.Single(_runtime.Records.Select(record => record.ActivityId).Distinct());
    }

    [Fact]
    public void The_end_takes_away_what_was_shown_once()
    {
        _progress.Begin("run a");
        _clock.Advance(milliseconds: 500);
        Add(Many);
        _progress.End();
        _progress.End();

        Assert.Equal([ProgressRecordType.Processing, ProgressRecordType.Completed], _runtime.Records.Select(record => record.RecordType));
        Assert.Single(_runtime.Records.Select(record => record.ActivityId).Distinct());
    }

    private void Add(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _progress.Add();
        }
    }

    private sealed class Reader : Cmdlet;

    private sealed class Clock : TimeProvider
    {
        private long _milliseconds;

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => _milliseconds;

        public void Advance(int milliseconds) => _milliseconds += milliseconds;
    }
}

/// <summary>What a cmdlet that runs in no session writes to: it keeps the progress.</summary>
public class RecordingRuntime : DispatchProxy
{
    internal List<ProgressRecord> Records { get; } = [];

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (args is [ProgressRecord record])
        {
            Records.Add(record);
            return null;
        }

        throw new NotSupportedException(targetMethod?.Name);
    }
}
