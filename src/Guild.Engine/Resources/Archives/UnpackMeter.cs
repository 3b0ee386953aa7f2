using System.Globalization;

namespace Guild.Engine.Resources.Archives;

/// <summary>Counts what comes out of an archive, ends the work where it becomes too much or is not wanted any more, and tells of it.</summary>
internal sealed class UnpackMeter
{
    private readonly UnpackLimits _limits;
    private readonly long _archiveSize;
    private readonly UnpackProgress _progress;
    private readonly CancellationToken _cancellation;

    private string? _entry;

    public UnpackMeter(UnpackLimits limits, long archiveSize, UnpackProgress progress, CancellationToken cancellation)
    {
        _limits = limits;
        _archiveSize = archiveSize;
        _progress = progress;
        _cancellation = cancellation;
    }

    public long Entries { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>Ends the work if it is not wanted any more.</summary>
    public void ThrowIfCancelled() => _cancellation.ThrowIfCancellationRequested();

    /// <summary>Counts an entry.</summary>
    public void Enter(string entry)
    {
        _cancellation.ThrowIfCancellationRequested();
        _entry = entry;
        Entries++;
        if (Entries > _limits.MaximumEntries)
        {
            throw TooMuch($"holds more than {_limits.MaximumEntries} files and folders", UnpackLimits.EntriesVariable, null);
        }

        _progress.Report(Entries, Bytes);
    }

    /// <summary>Counts bytes.</summary>
    public void Add(long bytes)
    {
        _cancellation.ThrowIfCancellationRequested();
        Bytes += bytes;
        if (Bytes > _limits.MaximumBytes)
        {
            throw TooMuch($"makes the contents larger than {_limits.MaximumBytes} bytes", UnpackLimits.BytesVariable, _entry);
        }

        if (Bytes > _limits.FreeBytes && (double)Bytes / Math.Max(_archiveSize, 1) > _limits.MaximumRatio)
        {
            throw TooMuch(
                $"makes the contents more than {_limits.MaximumRatio} times larger than the archive, as in an archive that is made to fill disks",
                UnpackLimits.RatioVariable,
                _entry);
        }

        _progress.Report(Entries, Bytes);
    }

    private static ArchiveException TooMuch(string message, string variable, string? entry) => new(
        entry is null ? $"it {message}." : $"{message}.",
        entry,
        string.Create(CultureInfo.InvariantCulture, $"If you trust the archive, set the environment variable {variable} to a higher number."));
}

/// <summary>Tells how far the unpacking has come: not before a while, and then now and then.</summary>
internal sealed class UnpackProgress
{
    private readonly IEventSink _events;
    private readonly string _activity;
    private readonly string _name;
    private readonly FileStream _archive;
    private readonly TimeProvider _time;
    private readonly TimeSpan _interval;

    private long _last;

    /// <summary>Makes the progress of one archive.</summary>
    /// <param name="events">Who is told.</param>
    /// <param name="activity">The work that this is a part of.</param>
    /// <param name="archive">The archive; what is read of it is what is done.</param>
    /// <param name="time">The clock.</param>
    /// <param name="interval">How long it is silent between two events.</param>
    public UnpackProgress(IEventSink events, string activity, FileStream archive, TimeProvider time, TimeSpan interval)
    {
        _events = events;
        _activity = activity;
        _name = Path.GetFileName(archive.Name);
        _archive = archive;
        _time = time;
        _interval = interval;
        _last = time.GetTimestamp();
    }

    public void Report(long entries, long bytes)
    {
        if (_time.GetElapsedTime(_last) < _interval)
        {
            return;
        }

        _last = _time.GetTimestamp();
        var status = string.Create(CultureInfo.InvariantCulture, $"Unpacking {_name}: {entries} entries, {bytes / 1e6:0.0} MB");

        // A zip file is read from its end first, so its place says nothing until then.
        _events.Report(new ProgressEvent(_activity, status, Math.Min(_archive.Position, _archive.Length), _archive.Length));
    }
}
