namespace Guild.Engine.Metrics;

/// <summary>How busy the processors are, as Guild AI's plugin tells it, and how much of them the run takes.</summary>
internal sealed class ProcessorSource : IMetricSource
{
    private readonly Dictionary<string, (double Busy, double Total)> _last = new(StringComparer.Ordinal);
    private readonly GrowingSum _time = new();
    private (TimeSpan Moment, double Seconds)? _lastUsage;

    /// <summary>The file that is read; empty where there is none.</summary>
    internal string File { get; init; } = OperatingSystem.IsLinux() ? "/proc/stat" : "";

    public string Plugin => MetricPlugins.Processor;

    public void Measure(MetricMoment moment, MetricValues values, CancellationToken stop)
    {
        AddSystem(values);
        if (moment.Usage is { ProcessorTime: { } time } usage)
        {
            AddRun(moment.Elapsed, _time.Take(time.TotalSeconds), usage.Processes, values);
        }
    }

    private void AddSystem(MetricValues values)
    {
        if (File.Length == 0)
        {
            return;
        }

        var shares = new List<double>();
        foreach (var line in ProcFiles.Lines(File))
        {
            // The first line is the sum of all, without a number.
            if (!line.StartsWith("cpu", StringComparison.Ordinal) || line.StartsWith("cpu ", StringComparison.Ordinal) || ProcFiles.Words(line) is not { Length: > 8 } words)
            {
                continue;
            }

            var now = Times(words);
            if (_last.TryGetValue(words[0], out var before) && now.Total > before.Total)
            {
                shares.Add(Math.Clamp((now.Busy - before.Busy) / (now.Total - before.Total), 0, 1));
                values.Add($"sys/{words[0]}/util", shares[^1]);
            }

            _last[words[0]] = now;
        }

        values.Add("sys/cpu/util", shares.Count == 0 ? null : shares.Average());
    }

    // user, nice, system, idle, iowait, irq, softirq, steal. Time of guests is part of the first two.
    private static (double Busy, double Total) Times(string[] words)
    {
        var times = words[1..9].Select(word => (double)(ProcFiles.Number(word) ?? 0)).ToList();
        return (times.Sum() - times[3] - times[4], times.Sum());
    }

    private void AddRun(TimeSpan moment, double seconds, int processes, MetricValues values)
    {
        if (_lastUsage is { } last && moment > last.Moment)
        {
            values.Add("sys/run/cpu_util", (seconds - last.Seconds) / (moment - last.Moment).TotalSeconds / Environment.ProcessorCount);
            values.Add("sys/run/cpu_seconds", seconds);
            values.Add("sys/run/processes", processes);
        }

        _lastUsage = (moment, seconds);
    }
}
