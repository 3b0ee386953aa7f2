namespace Guild.Engine.Metrics;

/// <summary>What the disks read and write, as Guild AI's plugin tells it, and what of it is the run's.</summary>
internal sealed class DiskSource : IMetricSource
{
    private const double Kilobyte = 1024;
    private const double Sector = 512;
    private const double Milliseconds = 1000;

    private readonly Dictionary<string, DiskCounts> _last = new(StringComparer.Ordinal);
    private readonly GrowingSum _read = new();
    private readonly GrowingSum _written = new();
    private TimeSpan _lastMoment;
    private (TimeSpan Moment, double Read, double Written)? _lastUsage;

    /// <summary>The file with the counts of all disks; empty where there is none.</summary>
    internal string File { get; init; } = OperatingSystem.IsLinux() ? "/proc/diskstats" : "";

    /// <summary>The file that says which of them hold folders.</summary>
    internal string MountsFile { get; init; } = "/proc/self/mounts";

    public string Plugin => MetricPlugins.Disk;

    public void Measure(MetricMoment moment, MetricValues values, CancellationToken stop)
    {
        if (File.Length > 0)
        {
            AddDisks(moment.Elapsed, values);
        }

        if (moment.Usage is { BytesRead: { } read, BytesWritten: { } written })
        {
            AddRun(moment.Elapsed, _read.Take(read), _written.Take(written), values);
        }
    }

    private void AddDisks(TimeSpan moment, MetricValues values)
    {
        var seconds = (moment - _lastMoment).TotalSeconds;
        var mounted = Mounted();
        foreach (var words in ProcFiles.Lines(File).Select(ProcFiles.Words).Where(words => words.Length > 12 && mounted.Contains(words[2])))
        {
            var now = new DiskCounts(Count(words[3]), Count(words[5]) * Sector, Count(words[7]), Count(words[9]) * Sector, Count(words[12]));
            if (_last.TryGetValue(words[2], out var before) && seconds > 0)
            {
                var prefix = $"sys/dev{words[2]}/";
                values.Add($"{prefix}wps", (now.Writes - before.Writes) / seconds);
                values.Add($"{prefix}rps", (now.Reads - before.Reads) / seconds);
                values.Add($"{prefix}wkbps", (now.BytesWritten - before.BytesWritten) / Kilobyte / seconds);
                values.Add($"{prefix}rkbps", (now.BytesRead - before.BytesRead) / Kilobyte / seconds);
                values.Add($"{prefix}util", (now.BusyTime - before.BusyTime) / Milliseconds / seconds);
            }

            _last[words[2]] = now;
        }

        _lastMoment = moment;
    }

    private static double Count(string word) => ProcFiles.Number(word) ?? 0;

    // A file that is mounted as a disk is on a disk that is there anyway.
    private HashSet<string> Mounted()
    {
        var result = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in ProcFiles.Lines(MountsFile))
        {
            if (ProcFiles.Words(line) is [var device, ..] && device.StartsWith("/dev/", StringComparison.Ordinal) && !device.StartsWith("/dev/loop", StringComparison.Ordinal))
            {
                result.Add(Path.GetFileName(Real(device)));
            }
        }

        return result;
    }

    // The names of volumes are links to the devices that are counted.
    private static string Real(string device)
    {
        try
        {
            return System.IO.File.ResolveLinkTarget(device, returnFinalTarget: true)?.FullName ?? device;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return device;
        }
    }

    private void AddRun(TimeSpan moment, double read, double written, MetricValues values)
    {
        if (_lastUsage is { } last && moment > last.Moment)
        {
            var seconds = (moment - last.Moment).TotalSeconds;
            values.Add("sys/run/rkbps", (read - last.Read) / Kilobyte / seconds);
            values.Add("sys/run/wkbps", (written - last.Written) / Kilobyte / seconds);
            values.Add("sys/run/read_bytes", read);
            values.Add("sys/run/write_bytes", written);
        }

        _lastUsage = (moment, read, written);
    }

    private sealed record DiskCounts(double Reads, double BytesRead, double Writes, double BytesWritten, double BusyTime);
}
