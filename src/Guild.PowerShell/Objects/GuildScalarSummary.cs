using Guild.Engine.Scalars;

namespace Guild.PowerShell;

/// <summary>What is known of all values of one scalar of a run.</summary>
public sealed class GuildScalarSummary
{
    internal GuildScalarSummary(string runId, ScalarSummary summary)
    {
        RunId = runId;
        Name = summary.Name;
        Count = summary.Count;
        First = summary.First;
        FirstStep = summary.FirstStep;
        Last = summary.Last;
        LastStep = summary.LastStep;
        Minimum = summary.Minimum;
        MinimumStep = summary.MinimumStep;
        Maximum = summary.Maximum;
        MaximumStep = summary.MaximumStep;
        Average = summary.Average;
        Total = summary.Total;
    }

    /// <summary>The id of the run.</summary>
    public string RunId { get; }

    /// <summary>The name, with the folder before a <c>#</c> where the scalar lies in a folder.</summary>
    public string Name { get; }

    /// <summary>How many values there are.</summary>
    public long Count { get; }

    /// <summary>The value at the smallest step.</summary>
    public double First { get; }

    /// <summary>The smallest step.</summary>
    public long FirstStep { get; }

    /// <summary>The value at the greatest step.</summary>
    public double Last { get; }

    /// <summary>The greatest step.</summary>
    public long LastStep { get; }

    /// <summary>The smallest value; NaN only if all values are.</summary>
    public double Minimum { get; }

    /// <summary>The step of the smallest value, the first if it repeats.</summary>
    public long MinimumStep { get; }

    /// <summary>The greatest value; NaN only if all values are.</summary>
    public double Maximum { get; }

    /// <summary>The step of the greatest value, the first if it repeats.</summary>
    public long MaximumStep { get; }

    /// <summary>The mean of all values.</summary>
    public double Average { get; }

    /// <summary>The sum of all values.</summary>
    public double Total { get; }

    /// <summary>The name with the last value.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name}: {Last}");
}
