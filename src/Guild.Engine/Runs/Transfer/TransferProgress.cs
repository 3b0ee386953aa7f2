using System.Globalization;

namespace Guild.Engine.Runs.Transfer;

/// <summary>Tells how far the transfer of runs has come: not before a while, and then now and then.</summary>
internal sealed class TransferProgress(string activity, IEventSink events)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private long _last = TimeProvider.System.GetTimestamp();
    private string _what = "";
    private long _total;
    private long _done;
    private bool _hasReported;

    /// <summary>Begins with one run.</summary>
    public void Begin(Run run, long length)
    {
        _what = $"{run.ShortId} {run.FullName}";
        (_total, _done) = (length, 0);
        Add(0);
    }

    /// <summary>Counts bytes that are done.</summary>
    public void Add(long bytes)
    {
        _done += bytes;
        if (TimeProvider.System.GetElapsedTime(_last) < Interval)
        {
            return;
        }

        _last = TimeProvider.System.GetTimestamp();
        _hasReported = true;
        events.Report(new ProgressEvent(activity, string.Create(CultureInfo.InvariantCulture, $"{_what}: {_done / 1e6:0.0} of {_total / 1e6:0.0} MB"), _done, Math.Max(_total, 1)));
    }

    /// <summary>Says that nothing more follows, if anything was said.</summary>
    public void End()
    {
        if (_hasReported)
        {
            events.Report(new ProgressEvent(activity, "", IsCompleted: true));
            _hasReported = false;
        }
    }
}
