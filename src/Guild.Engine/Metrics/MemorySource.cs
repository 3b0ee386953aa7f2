namespace Guild.Engine.Metrics;

/// <summary>How much memory is used, as Guild AI's plugin tells it, and how much of it the run has.</summary>
internal sealed class MemorySource : IMetricSource
{
    private const double Kilobyte = 1024;

    private bool _hasBegun;

    /// <summary>The file that is read; empty where there is none.</summary>
    internal string File { get; init; } = OperatingSystem.IsLinux() ? "/proc/meminfo" : "";

    public string Plugin => MetricPlugins.Memory;

    public void Measure(MetricMoment moment, MetricValues values, CancellationToken stop)
    {
        // A program that has only just been started has no memory worth a point.
        if (!_hasBegun)
        {
            _hasBegun = true;
            return;
        }

        if (File.Length > 0)
        {
            AddSystem(ProcFiles.Named(ProcFiles.Lines(File)), values);
        }

        values.Add("sys/run/mem_used", moment.Usage?.Memory);
    }

    private static void AddSystem(Dictionary<string, long> found, MetricValues values)
    {
        if (found.TryGetValue("MemTotal", out var total) && found.TryGetValue("MemFree", out var free) && found.TryGetValue("MemAvailable", out var available) && total > 0)
        {
            Add("sys/mem_", total, free, total - available, values);
        }

        if (found.TryGetValue("SwapTotal", out var swap) && found.TryGetValue("SwapFree", out var freeSwap))
        {
            Add("sys/swap_", swap, freeSwap, swap - freeSwap, values);
        }
    }

    private static void Add(string prefix, long total, long free, long used, MetricValues values)
    {
        values.Add($"{prefix}total", total * Kilobyte);
        values.Add($"{prefix}free", free * Kilobyte);
        values.Add($"{prefix}used", used * Kilobyte);
        values.Add($"{prefix}util", total == 0 ? null : (double)used / total);
    }
}
