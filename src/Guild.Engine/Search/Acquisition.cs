namespace Guild.Engine.Search;

/// <summary>How much a trial is wanted, and how that changes with what is expected of it.</summary>
/// <param name="Value">The more the better.</param>
/// <param name="MeanSlope">Its derivative by the mean.</param>
/// <param name="DeviationSlope">Its derivative by the deviation.</param>
internal readonly record struct Desirability(double Value, double MeanSlope, double DeviationSlope);

/// <summary>The functions by which a Gaussian process chooses the next trial.</summary>
internal static class Acquisition
{
    /// <summary>The logarithm of the improvement over a value that is to be expected.</summary>
    public static Desirability Improvement(Expectation expected, double best)
    {
        var z = (best - expected.Mean) / expected.Deviation;
        var (value, slope) = NormalDistribution.LogImprovement(z);
        return new Desirability(value + Math.Log(expected.Deviation), -slope / expected.Deviation, (1 - (slope * z)) / expected.Deviation);
    }

    /// <summary>The logarithm of the likelihood of an improvement over a value.</summary>
    public static Desirability Likelihood(Expectation expected, double best)
    {
        var z = (best - expected.Mean) / expected.Deviation;
        var (value, slope) = NormalDistribution.LogBelow(z);
        return new Desirability(value, -slope / expected.Deviation, -slope * z / expected.Deviation);
    }

    /// <summary>How low the value is if it is some deviations lower than expected. With no deviations, it is what is expected.</summary>
    public static Desirability LowerBound(Expectation expected, double kappa) => new((kappa * expected.Deviation) - expected.Mean, -1, kappa);
}
