using System.Diagnostics;

namespace Guild.Bench;

/// <summary>Two ways to do something, timed in turn in one run, so that what else the machine does meets both alike.</summary>
/// <param name="Name">What is compared.</param>
/// <param name="Baseline">The raw way.</param>
/// <param name="Subject">Ours.</param>
/// <param name="Rounds">How often each is timed.</param>
/// <param name="WarmUpRounds">How often each is done before that.</param>
internal sealed record Comparison(string Name, Action Baseline, Action Subject, int Rounds = 15, int WarmUpRounds = 1)
{
    private static readonly TimeSpan Measurable = TimeSpan.FromSeconds(0.5);

    /// <summary>Removes what one of them left, untimed; large files would fill the disk otherwise.</summary>
    internal Action CleanUp { get; init; } = () => { };

    /// <summary>Done before each timing, untimed.</summary>
    internal Action Before { get; init; } = () => { };

    /// <summary>How much there is to do, in millions of some unit; 0 where nobody counts.</summary>
    internal double Millions { get; init; }

    /// <summary>Times both. Difference and ratio are the medians of those of the pairs.</summary>
    internal Measurement Measure()
    {
        for (int i = 0; i < WarmUpRounds; i++)
        {
            Time(Baseline);
            Time(Subject);
        }

        var pairs = new (Taken Baseline, Taken Subject)[Rounds];
        for (int i = 0; i < Rounds; i++)
        {
            pairs[i] = (Time(Baseline), Time(Subject));
        }

        TimeSpan baselineProcessor = new(pairs.Sum(pair => pair.Baseline.Processor.Ticks));
        TimeSpan subjectProcessor = new(pairs.Sum(pair => pair.Subject.Processor.Ticks));

        long? memory = PeakMemory.GrowthDuring(Subject);
        CleanUp();
        double subject = Median([.. pairs.Select(pair => pair.Subject.Time.TotalMilliseconds)]);
        return new Measurement(
            Name,
            Median([.. pairs.Select(pair => pair.Baseline.Time.TotalMilliseconds)]),
            subject,
            Median([.. pairs.Select(pair => (pair.Subject.Time - pair.Baseline.Time).TotalMilliseconds)]),
            Median([.. pairs.Select(pair => pair.Subject.Time / pair.Baseline.Time)]),
            baselineProcessor >= Measurable ? subjectProcessor / baselineProcessor : null,
            memory / 1e6,
            Millions / (subject / 1000));
    }

    private Taken Time(Action action)
    {
        Before();
        TimeSpan processor = ProcessorTime.Used();
        long start = Stopwatch.GetTimestamp();
        action();
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        processor = ProcessorTime.Used() - processor;
        CleanUp();
        return new Taken(time, processor);
    }

    private readonly record struct Taken(TimeSpan Time, TimeSpan Processor);

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}

/// <summary>What a comparison found.</summary>
/// <param name="Name">What was compared.</param>
/// <param name="BaselineMilliseconds">The median time of the raw way.</param>
/// <param name="SubjectMilliseconds">The median time of ours.</param>
/// <param name="ExtraMilliseconds">The median of what ours takes longer than the raw way of its pair.</param>
/// <param name="Ratio">How many times as long ours takes.</param>
/// <param name="ProcessorRatio">How many times as long processors work for ours; null where that is too short to be measured.</param>
/// <param name="Megabytes">How much more memory this process held while ours ran; null if unknown.</param>
/// <param name="MillionsPerSecond">How many millions of units ours did in a second; 0 where nobody counts.</param>
internal sealed record Measurement(
    string Name, double BaselineMilliseconds, double SubjectMilliseconds, double ExtraMilliseconds, double Ratio, double? ProcessorRatio, double? Megabytes, double MillionsPerSecond);
