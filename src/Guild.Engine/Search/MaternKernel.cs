namespace Guild.Engine.Search;

/// <summary>What a Gaussian process takes its values to be like.</summary>
/// <param name="Lengths">For each flag, how far one goes until values have little to do with each other.</param>
/// <param name="Signal">The variance of the values.</param>
/// <param name="Noise">The variance of what is added to each value by chance.</param>
internal sealed record KernelSettings(double[] Lengths, double Signal, double Noise);

/// <summary>Matérn's kernel with smoothness 5/2 and a length for each flag: how alike the values at two places are.</summary>
internal sealed class MaternKernel
{
    private readonly double[] weights;
    private readonly double signal;

    public MaternKernel(UnitCube cube, KernelSettings settings)
    {
        signal = settings.Signal;
        weights = [.. cube.AxisOfFeature.Select(axis => 5 / (settings.Lengths[axis] * settings.Lengths[axis]))];
    }

    /// <summary>How alike the values at two places are.</summary>
    public double Between(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var square = 0.0;
        for (var i = 0; i < left.Length; i++)
        {
            var difference = left[i] - right[i];
            square += difference * difference * weights[i];
        }

        var distance = Math.Sqrt(square);
        return signal * (1 + distance + (square / 3)) * Math.Exp(-distance);
    }

    /// <summary>The derivative of <see cref="Between"/> by a feature of the left place is this, times the difference of the feature, times <see cref="WeightOf"/>.</summary>
    public double SlopeBetween(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var square = 0.0;
        for (var i = 0; i < left.Length; i++)
        {
            var difference = left[i] - right[i];
            square += difference * difference * weights[i];
        }

        var distance = Math.Sqrt(square);
        return -signal / 3 * (1 + distance) * Math.Exp(-distance);
    }

    /// <summary>What the squared difference of a feature is multiplied with.</summary>
    public double WeightOf(int feature) => weights[feature];
}
