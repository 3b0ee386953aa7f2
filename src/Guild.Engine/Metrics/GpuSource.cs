using System.Globalization;
using Guild.Engine.Execution;

namespace Guild.Engine.Metrics;

/// <summary>What <c>nvidia-smi</c> tells of the graphics processors that the run may use, under the names of Guild AI's plugin.</summary>
/// <param name="run">The program of the run, whose environment says where <c>nvidia-smi</c> is and which processors it may use.</param>
internal sealed class GpuSource(ProgramStart run) : IMetricSource
{
    // A driver in trouble stays in trouble, and each question costs the limit.
    private const int MostFailures = 3;

    private const double Mebibyte = 1024 * 1024;
    private const double Percent = 100;

    private readonly GpuDevices _devices = GpuDevices.Of(run.Environment);
    private readonly string? _program = GpuQuery.Find(run.WorkingDirectory, run.Environment);
    private bool _hasBegun;
    private int _failures;

    /// <summary>How long an answer may take.</summary>
    internal TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(10);

    public string Plugin => MetricPlugins.Gpu;

    public void Measure(MetricMoment moment, MetricValues values, CancellationToken stop)
    {
        if (_devices.AreNone || _failures >= MostFailures)
        {
            return;
        }

        if (_program is null)
        {
            _failures = MostFailures;
            throw new MetricException("'nvidia-smi' is not on the PATH.");
        }

        // A program that has only just been started uses none yet.
        if (!_hasBegun)
        {
            _hasBegun = true;
            return;
        }

        try
        {
            foreach (var line in GpuQuery.Ask(_program, run, Limit, stop) ?? [])
            {
                Add(line, values);
            }

            _failures = 0;
        }
        catch (MetricException)
        {
            _failures++;
            throw;
        }
    }

    private void Add(string line, MetricValues values)
    {
        var fields = line.Split(',', StringSplitOptions.TrimEntries);
        if (fields.Length != GpuQuery.Fields.Count || ProcFiles.Number(fields[0]) is null)
        {
            throw new MetricException($"'{_program}' answered '{line}', which cannot be read.");
        }

        if (!_devices.Has(fields[0], fields[1]))
        {
            return;
        }

        var prefix = $"sys/gpu{fields[0]}/";
        var (total, used) = (Number(fields[4]) * Mebibyte, Number(fields[5]) * Mebibyte);
        values.Add($"{prefix}fanspeed", Number(fields[2]) / Percent);
        values.Add($"{prefix}pstate", Number(fields[3].TrimStart('P')));
        values.Add($"{prefix}mem_total", total);
        values.Add($"{prefix}mem_used", used);
        values.Add($"{prefix}mem_free", total - used);
        values.Add($"{prefix}mem_util", Number(fields[7]) / Percent);
        values.Add($"{prefix}util", Number(fields[6]) / Percent);
        values.Add($"{prefix}temp", Number(fields[8]));
        values.Add($"{prefix}powerdraw", Number(fields[9]));
    }

    // What a processor does not have is "[N/A]", "[Not Supported]" or another text.
    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
