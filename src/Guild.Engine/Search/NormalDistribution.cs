using MathNet.Numerics;

namespace Guild.Engine.Search;

/// <summary>The normal distribution with mean 0 and variance 1, also far out where it is nearly nothing.</summary>
internal static class NormalDistribution
{
    private const double LogRootTwoPi = 0.91893853320467274178;
    private const double RootHalf = 0.70710678118654752440;

    /// <summary>The logarithm of the density.</summary>
    public static double LogDensity(double z) => (-0.5 * z * z) - LogRootTwoPi;

    /// <summary>How likely it is to be below.</summary>
    public static double Below(double z) => 0.5 * SpecialFunctions.Erfc(-z * RootHalf);

    /// <summary>How likely it is to be between two values.</summary>
    public static double Between(double low, double high) => low > 0 ? Below(-low) - Below(-high) : Below(high) - Below(low);

    /// <summary>The value below which it is with some likelihood.</summary>
    public static double Quantile(double likelihood) => -SpecialFunctions.ErfcInv(2 * likelihood) / RootHalf;

    /// <summary>The logarithm of how likely it is to be below, and its derivative.</summary>
    public static (double Value, double Slope) LogBelow(double z)
    {
        if (z > -5)
        {
            var below = Below(z);
            return (Math.Log(below), Math.Exp(LogDensity(z)) / below);
        }

        var ratio = Mills(z);
        return (LogDensity(z) + Math.Log(ratio), 1 / ratio);
    }

    /// <summary>The logarithm of the mean of what it is less than z, nothing where it is more; and its derivative. It is the expected improvement.</summary>
    public static (double Value, double Slope) LogImprovement(double z)
    {
        if (z > -1)
        {
            var below = Below(z);
            var improvement = Math.Exp(LogDensity(z)) + (z * below);
            return (Math.Log(improvement), below / improvement);
        }

        // The density is taken out, since the rest stays a number where the density is none any more (Ament and others, "Unexpected improvements to
        // expected improvement", 2023).
        var ratio = Mills(z);
        var rest = z > -300 ? 1 + (z * ratio) : 1 / (z * z);
        return (LogDensity(z) + Math.Log(rest), ratio / rest);
    }

    // The likelihood of less than z as a part of the density, for z below -1.
    private static double Mills(double z)
    {
        if (z > -20)
        {
            return Below(z) / Math.Exp(LogDensity(z));
        }

        var x = 1 / (z * z);
        return -(1 - (x * (1 - (3 * x * (1 - (5 * x * (1 - (7 * x)))))))) / z;
    }
}
