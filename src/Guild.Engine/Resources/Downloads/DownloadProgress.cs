using System.Globalization;

namespace Guild.Engine.Resources;

/// <summary>Reports how far a download has come, at what rate, and how long it will take yet.</summary>
internal sealed class DownloadProgress(IEventSink events, string activity, string name, TimeProvider time)
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RateOver = TimeSpan.FromSeconds(5);

    private readonly Queue<(long Time, long Done)> _samples = new();
    private long? _reportedAt;

    /// <summary>Bytes came, or a download begins at a place other than before.</summary>
    public void Report(long done, long? total)
    {
        var now = time.GetTimestamp();
        if (_reportedAt is { } before && time.GetElapsedTime(before, now) < ReportEvery)
        {
            return;
        }

        // A download that starts afresh is behind what it was: its rate counts from there.
        if (_samples.Count > 0 && _samples.Last().Done > done)
        {
            _samples.Clear();
        }

        _samples.Enqueue((now, done));
        while (_samples.Count > 2 && time.GetElapsedTime(_samples.Peek().Time, now) > RateOver)
        {
            _ = _samples.Dequeue();
        }

        _reportedAt = now;
        events.Report(new ProgressEvent(activity, $"Downloading {name}: {Text(done, total, Rate(now, done))}", done, total));
    }

    /// <summary>Something else happens just now, such as a wait.</summary>
    public void Say(string status)
    {
        _samples.Clear();
        _reportedAt = null;
        events.Report(new ProgressEvent(activity, status));
    }

    /// <summary>The work has come to its end, good or bad.</summary>
    public void End() => events.Report(new ProgressEvent(activity, "", IsCompleted: true));

    private double? Rate(long now, long done)
    {
        var (at, before) = _samples.Peek();
        var seconds = time.GetElapsedTime(at, now).TotalSeconds;
        return seconds > 0 ? (done - before) / seconds : null;
    }

    private static string Text(long done, long? total, double? rate)
    {
        var size = total is null ? TransferText.Size(done) : $"{TransferText.Size(done)} of {TransferText.Size(total.Value)}";
        var speed = rate is null ? "" : $", {TransferText.Size(rate.Value)}/s";
        var left = total is not null && rate > 0
            ? string.Create(CultureInfo.InvariantCulture, $", {TransferText.Time(TimeSpan.FromSeconds(Math.Min((total.Value - done) / rate.Value, TimeSpan.MaxValue.TotalSeconds / 2)))} left")
            : "";
        return size + speed + left;
    }
}
