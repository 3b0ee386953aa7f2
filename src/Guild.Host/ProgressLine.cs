using System.Globalization;
using System.Management.Automation;

namespace Guild.Host;

/// <summary>The latest progress as one line at the bottom of the terminal; nothing where standard error is no terminal.</summary>
internal sealed class ProgressLine
{
    private const string EraseLine = "\r\u001b[K";
    private const long LeastTicksBetween = TimeSpan.TicksPerMillisecond * 100;

    private readonly TextStream _error;
    private bool _isShown;
    private long _shownAt = -LeastTicksBetween;

    /// <summary>Creates the line on standard error.</summary>
    internal ProgressLine(TextStream error)
    {
        _error = error;
    }

    /// <summary>Shows a record, at most ten a second.</summary>
    internal void Show(ProgressRecord record)
    {
        if (!_error.HasColour)
        {
            return;
        }

        if (record.RecordType == ProgressRecordType.Completed)
        {
            Clear();
            return;
        }

        long now = Environment.TickCount64 * TimeSpan.TicksPerMillisecond;
        if (now - _shownAt < LeastTicksBetween)
        {
            return;
        }

        _shownAt = now;
        _isShown = true;
        string text = Describe(record);
        int width = Math.Max(1, Console.WindowWidth - 1);
        _error.Write(EraseLine + (text.Length > width ? text[..width] : text));
    }

    /// <summary>Takes the line away, so that other text begins on a clean one.</summary>
    internal void Clear()
    {
        if (_isShown)
        {
            _isShown = false;
            _error.Write(EraseLine);
        }
    }

    private static string Describe(ProgressRecord record)
    {
        string percent = record.PercentComplete < 0 ? "" : string.Create(CultureInfo.CurrentCulture, $" {record.PercentComplete} %");
        return $"{record.Activity}: {record.StatusDescription}{percent}";
    }
}
