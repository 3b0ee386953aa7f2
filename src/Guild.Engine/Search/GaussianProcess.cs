namespace Guild.Engine.Search;

/// <summary>What is expected at a place.</summary>
/// <param name="Mean">The value.</param>
/// <param name="Deviation">How far from it the value may well be.</param>
internal readonly record struct Expectation(double Mean, double Deviation);

/// <summary>A Gaussian process: from values at some places, what is to be expected at all others.</summary>
internal sealed class GaussianProcess
{
    private const double LeastVariance = 1e-14;

    private readonly UnitCube cube;
    private readonly MaternKernel kernel;
    private readonly KernelSettings settings;
    private readonly double[][] features;
    private readonly TriangularFactor factor;
    private readonly double[] solved;
    private readonly double mean;
    private readonly double[] weights;
    private readonly double[] slopes;

    public GaussianProcess(UnitCube cube, KernelSettings settings, double[][] features, double[] values)
    {
        (this.cube, this.settings, this.features) = (cube, settings, features);
        kernel = new MaternKernel(cube, settings);
        (weights, slopes) = (new double[values.Length], new double[values.Length]);
        factor = Factor();
        var ones = new double[values.Length];
        Array.Fill(ones, 1);
        var solvedOnes = factor.Solve(ones);
        solved = factor.Solve(values);
        mean = solved.Sum() / solvedOnes.Sum();
        for (var i = 0; i < solved.Length; i++)
        {
            solved[i] -= mean * solvedOnes[i];
        }
    }

    /// <summary>What is expected at a place with some features.</summary>
    public Expectation At(ReadOnlySpan<double> place)
    {
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = kernel.Between(place, features[i]);
        }

        var expected = mean + TriangularFactor.Dot(weights, solved);
        factor.SolveLower(weights);
        return new Expectation(expected, Math.Sqrt(Math.Max(settings.Signal - TriangularFactor.Dot(weights, weights), LeastVariance)));
    }

    /// <summary>The same, with the derivatives by some features of the place.</summary>
    public Expectation At(ReadOnlySpan<double> place, ReadOnlySpan<int> which, Span<double> meanSlopes, Span<double> deviationSlopes)
    {
        for (var i = 0; i < slopes.Length; i++)
        {
            slopes[i] = kernel.SlopeBetween(place, features[i]);
        }

        var expectation = At(place);
        factor.SolveUpper(weights);
        for (var k = 0; k < which.Length; k++)
        {
            double byMean = 0, byVariance = 0;
            for (var i = 0; i < slopes.Length; i++)
            {
                var slope = slopes[i] * (place[which[k]] - features[i][which[k]]);
                byMean += slope * solved[i];
                byVariance -= 2 * slope * weights[i];
            }

            var weight = kernel.WeightOf(which[k]);
            meanSlopes[k] = byMean * weight;
            deviationSlopes[k] = byVariance * weight / (2 * expectation.Deviation);
        }

        return expectation;
    }

    // Places that are all but the same make the matrix all but singular: then a little noise is added until it is not.
    private TriangularFactor Factor()
    {
        var size = features.Length;
        for (var extra = 0.0; ; extra = Math.Max(extra * 10, 1e-10 * settings.Signal))
        {
            var matrix = new double[size * size];
            for (var i = 0; i < size; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    matrix[(i * size) + j] = kernel.Between(features[i], features[j]);
                }

                matrix[(i * size) + i] = settings.Signal + settings.Noise + extra;
            }

            if (TriangularFactor.Of(matrix, size) is { } found)
            {
                return found;
            }
        }
    }
}
