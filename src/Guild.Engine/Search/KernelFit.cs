namespace Guild.Engine.Search;

/// <summary>
/// Finds the settings of the kernel under which the values are the most likely, with a prior on each: lengths grow with the number of flags
/// (Hvarfner and others, "Vanilla Bayesian optimization performs great in high dimensions", 2024).
/// </summary>
internal sealed class KernelFit
{
    private const double LeastNoise = 1e-8;

    // Measured with four functions of two to six flags; none of them is sensitive to any of these.
    private const double LengthMean = -0.7;
    private const double LengthDeviation = 1;
    private const double SignalDeviation = 1.5;
    private const double NoiseDeviation = 4;
    private const int Starts = 3;
    private const int Steps = 40;

    private static readonly double NoiseMean = Math.Log(1e-4);

    private readonly double[] values;
    private readonly double? noise;
    private readonly int size;
    private readonly int axes;
    private readonly double[][] squares;
    private readonly double[] covariance;
    private readonly double[] slopes;
    private readonly double lengthMean;

    /// <param name="cube">The space.</param>
    /// <param name="features">The features of each place.</param>
    /// <param name="values">The value at each place, with mean 0 and variance 1.</param>
    /// <param name="noise">The variance of noise, or null to find it.</param>
    public KernelFit(UnitCube cube, double[][] features, double[] values, double? noise)
    {
        (this.values, this.noise, size, axes) = (values, noise, values.Length, cube.Count);
        (covariance, slopes) = (new double[size * size], new double[size * size]);
        lengthMean = LengthMean + (0.5 * Math.Log(axes));
        squares = new double[axes][];
        for (var axis = 0; axis < axes; axis++)
        {
            squares[axis] = new double[size * size];
        }

        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < i; j++)
            {
                for (var feature = 0; feature < features[i].Length; feature++)
                {
                    var difference = features[i][feature] - features[j][feature];
                    squares[cube.AxisOfFeature[feature]][(i * size) + j] += difference * difference;
                }
            }
        }
    }

    /// <summary>The best settings that were found from several starts.</summary>
    public KernelSettings Find(SeededRandom random)
    {
        var count = axes + 2;
        var (low, high) = (new double[count], new double[count]);
        Array.Fill(low, Math.Log(0.02), 0, axes);
        Array.Fill(high, Math.Log(50), 0, axes);
        (low[axes], high[axes]) = (Math.Log(0.02), Math.Log(100));
        (low[axes + 1], high[axes + 1]) = (Math.Log(LeastNoise), 0);
        if (noise is { } known)
        {
            low[axes + 1] = high[axes + 1] = Math.Log(Math.Max(known, LeastNoise));
        }

        var (best, least) = (Array.Empty<double>(), double.PositiveInfinity);
        for (var start = 0; start < Starts; start++)
        {
            var x = new double[count];
            for (var axis = 0; axis < axes; axis++)
            {
                x[axis] = start < 2 ? Math.Log(0.5) : Math.Log(0.1) + (random.NextDouble() * Math.Log(20));
            }

            // What looks like chance with long lengths looks like a rough function with short ones: each is a minimum of its own, so both are tried.
            x[axes + 1] = Math.Log(start == 1 ? 0.3 : 1e-4);
            for (var i = 0; i < count; i++)
            {
                x[i] = Math.Clamp(x[i], low[i], high[i]);
            }

            var value = BoxMinimizer.Minimize(Unlikelihood, x, low, high, Steps, 1e-4);
            if (value < least || best.Length == 0)
            {
                (best, least) = (x, value);
            }
        }

        return new KernelSettings([.. best.Take(axes).Select(Math.Exp)], Math.Exp(best[axes]), Math.Exp(best[axes + 1]));
    }

    // Minus the logarithm of the likelihood, with the best constant mean, and minus that of the priors.
    private double Unlikelihood(ReadOnlySpan<double> x, Span<double> gradient)
    {
        var (signal, noiseVariance) = (Math.Exp(x[axes]), Math.Exp(x[axes + 1]));
        Span<double> weights = stackalloc double[axes];
        for (var axis = 0; axis < axes; axis++)
        {
            weights[axis] = 5 * Math.Exp(-2 * x[axis]);
        }

        FillCovariance(weights, signal, noiseVariance);
        if (TriangularFactor.Of(covariance, size) is not { } factor)
        {
            return double.PositiveInfinity;
        }

        var ones = new double[size];
        Array.Fill(ones, 1);
        var (solvedOnes, solved) = (factor.Solve(ones), factor.Solve(values));
        var mean = solved.Sum() / solvedOnes.Sum();
        double fit = 0, trace = 0;
        for (var i = 0; i < size; i++)
        {
            solved[i] -= mean * solvedOnes[i];
            fit += solved[i] * (values[i] - mean);
        }

        var inverse = factor.Inverse();
        gradient.Clear();
        for (var i = 0; i < size; i++)
        {
            trace += inverse[(i * size) + i];
            for (var j = 0; j < i; j++)
            {
                var at = (i * size) + j;
                inverse[at] = (inverse[at] - (solved[i] * solved[j])) * slopes[at];
            }

            for (var axis = 0; axis < axes; axis++)
            {
                gradient[axis] += weights[axis] * TriangularFactor.Dot(inverse.AsSpan(i * size, i), squares[axis].AsSpan(i * size, i));
            }
        }

        var solvedSquares = TriangularFactor.Dot(solved, solved);
        gradient[axes] = 0.5 * (size - (noiseVariance * trace) - fit + (noiseVariance * solvedSquares));
        gradient[axes + 1] = 0.5 * noiseVariance * (trace - solvedSquares);
        var value = (0.5 * fit) + (0.5 * factor.LogDeterminant);
        for (var axis = 0; axis < axes; axis++)
        {
            value += Prior(x[axis], lengthMean, LengthDeviation, ref gradient[axis]);
        }

        value += Prior(x[axes], 0, SignalDeviation, ref gradient[axes]);
        return value + Prior(x[axes + 1], NoiseMean, NoiseDeviation, ref gradient[axes + 1]);
    }

    private void FillCovariance(ReadOnlySpan<double> weights, double signal, double noiseVariance)
    {
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var at = (i * size) + j;
                var square = 0.0;
                for (var axis = 0; axis < weights.Length; axis++)
                {
                    square += weights[axis] * squares[axis][at];
                }

                var distance = Math.Sqrt(square);
                var decay = signal * Math.Exp(-distance);
                covariance[at] = decay * (1 + distance + (square / 3));
                slopes[at] = decay / 3 * (1 + distance);
            }

            covariance[(i * size) + i] = signal + noiseVariance;
        }
    }

    private static double Prior(double x, double mean, double deviation, ref double gradient)
    {
        var z = (x - mean) / deviation;
        gradient += z / deviation;
        return 0.5 * z * z;
    }
}
