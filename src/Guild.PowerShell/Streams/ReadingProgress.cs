using System.Globalization;
using System.Management.Automation;

namespace Guild.PowerShell.Streams;

/// <summary>Tells how much was read of something whose length is not known: not before a while, and then now and then.</summary>
internal sealed class ReadingProgress(Cmdlet cmdlet, string activity, TimeProvider? time = null)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private const int Id = 7;

    // To ask for the time costs more than to read a value.
    private const int Stride = 1024;

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private long _last = (time ?? TimeProvider.System).GetTimestamp();
    private string _what = "";
    private long _count;
    private bool _hasTold;

    /// <summary>Says what is read next.</summary>
    public void Begin(string what)
    {
        _what = what;
        Tell();
    }

    /// <summary>Counts one value.</summary>
    public void Add()
    {
        if (++_count % Stride == 0)
        {
            Tell();
        }
    }

    /// <summary>Takes the progress away, if any was shown.</summary>
    public void End()
    {
        if (_hasTold)
        {
            _hasTold = false;
            cmdlet.WriteProgress(new ProgressRecord(Id, activity, _what) { RecordType = ProgressRecordType.Completed });
        }
    }

    private void Tell()
    {
        if (_time.GetElapsedTime(_last) < Interval)
        {
            return;
        }

        _last = _time.GetTimestamp();
        _hasTold = true;
        cmdlet.WriteProgress(new ProgressRecord(Id, activity, string.Create(CultureInfo.InvariantCulture, $"{_what}: {_count:N0} values")));
    }
}
