using System.Globalization;
using Guild.Engine.Scalars;

namespace Guild.Engine.Search.Batches;

/// <summary>
/// Judges trials by their objective at some steps, whose distances grow. Of each trial no more than one number a step is kept, so that a search of many trials needs little memory.
/// Median: the best value so far against the median of what the trials that have ended averaged by then. ASHA: the value against those of all trials that came so far; a third goes on.
/// </summary>
internal sealed class EarlyStopJudge(EarlyStopRule rule, bool isMaximized)
{
    // Fewer trials than this say little of what is usual.
    private const int FewestForMedian = 4;

    private const int Reduction = 3;

    private readonly SortedDictionary<long, List<double>> _known = [];
    private readonly Dictionary<string, long> _judged = new(StringComparer.Ordinal);

    /// <summary>Learns from a trial that has ended.</summary>
    public void Learn(string trial, IEnumerable<ScalarPoint> curve)
    {
        if (rule == EarlyStopRule.Median)
        {
            foreach (var (step, _, average) in Checkpoints(curve))
            {
                Known(step).Add(average);
            }
        }
        else
        {
            _ = Climb(trial, curve);
        }

        _judged.Remove(trial);
    }

    /// <summary>Judges a trial that runs.</summary>
    /// <returns>Why it is given up; null if it goes on.</returns>
    public string? Judge(string trial, IEnumerable<ScalarPoint> curve) => rule == EarlyStopRule.Median ? JudgeByMedian(trial, curve) : Climb(trial, curve);

    private string? JudgeByMedian(string trial, IEnumerable<ScalarPoint> curve)
    {
        foreach (var (step, best, _) in Checkpoints(curve).Where(point => point.Step > Judged(trial)))
        {
            _judged[trial] = step;
            if (_known.GetValueOrDefault(step) is { Count: >= FewestForMedian } others && Median(others) is var median && best > median)
            {
                return string.Create(CultureInfo.InvariantCulture, $"The trial was ended early at step {step}, because its best value {Shown(best)} is worse than the median {Shown(median)} of the trials before it.");
            }
        }

        return null;
    }

    private string? Climb(string trial, IEnumerable<ScalarPoint> curve)
    {
        foreach (var (step, best, _) in Checkpoints(curve).Where(point => point.Step > Judged(trial)))
        {
            _judged[trial] = step;
            var others = Known(step);
            others.Add(best);
            var better = others.Count(value => value < best);
            if (others.Count >= Reduction && better >= Math.Max(1, others.Count / Reduction))
            {
                return string.Create(CultureInfo.InvariantCulture, $"The trial was ended early at step {step}, because {better} of {others.Count} trials did better than {Shown(best)} there.");
            }
        }

        return null;
    }

    // A step is settled when the trial has come to it, or beyond it.
    private IEnumerable<(long Step, double Best, double Average)> Checkpoints(IEnumerable<ScalarPoint> curve)
    {
        var growth = rule == EarlyStopRule.Median ? 2 : Reduction;
        var (next, best, sum, count) = (1L, double.PositiveInfinity, 0.0, 0L);
        foreach (var point in curve)
        {
            while (count > 0 && point.Step > next)
            {
                yield return (next, best, sum / count);
                next *= growth;
            }

            var value = isMaximized ? -point.Value : point.Value;
            if (double.IsNaN(value))
            {
                continue;
            }

            (best, sum, count) = (Math.Min(best, value), sum + value, count + 1);
            if (point.Step == next)
            {
                yield return (next, best, sum / count);
                next *= growth;
            }
        }
    }

    private long Judged(string trial) => _judged.GetValueOrDefault(trial, -1);

    private List<double> Known(long step)
    {
        if (!_known.TryGetValue(step, out var values))
        {
            _known.Add(step, values = []);
        }

        return values;
    }

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    // The record has no more digits than this.
    private string Shown(double value) => ((float)(isMaximized ? -value : value)).ToString(CultureInfo.InvariantCulture);
}
