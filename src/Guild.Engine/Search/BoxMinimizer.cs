namespace Guild.Engine.Search;

/// <summary>A function to minimize: writes its gradient and returns its value, which is infinite where it has none.</summary>
internal delegate double SmoothFunction(ReadOnlySpan<double> x, Span<double> gradient);

/// <summary>
/// Minimizes a smooth function in a box by L-BFGS (Nocedal and Wright, "Numerical Optimization", chapter 7), with steps projected into the box. It
/// never throws and never ends above where it began, where a library's may.
/// </summary>
internal static class BoxMinimizer
{
    private const int Memory = 8;

    /// <summary>The least value that was found.</summary>
    /// <param name="function">The function.</param>
    /// <param name="x">Where to begin; where the minimum is, when it returns.</param>
    /// <param name="low">The lower ends of the box.</param>
    /// <param name="high">The upper ends of the box.</param>
    /// <param name="iterations">How many steps to make at most.</param>
    /// <param name="tolerance">The improvement of a step below which it stops.</param>
    public static double Minimize(SmoothFunction function, double[] x, double[] low, double[] high, int iterations, double tolerance = 1e-7)
    {
        var size = x.Length;
        var (gradient, next, nextGradient, direction) = (new double[size], new double[size], new double[size], new double[size]);
        var pairs = new List<(double[] Step, double[] Change, double Product)>(Memory);
        var value = function(x, gradient);
        for (var iteration = 0; iteration < iterations && double.IsFinite(value); iteration++)
        {
            Direct(direction, x, gradient, low, high, pairs);
            var slope = TriangularFactor.Dot(direction, gradient);
            if (!(slope < 0))
            {
                if (pairs.Count == 0)
                {
                    break;
                }

                pairs.Clear();
                continue;
            }

            var length = pairs.Count > 0 ? 1 : Math.Min(1, 0.25 / Math.Sqrt(TriangularFactor.Dot(direction, direction)));
            var nextValue = double.PositiveInfinity;
            var isLower = false;
            for (var attempt = 0; attempt < 20 && !isLower; attempt++)
            {
                var gain = 0.0;
                for (var i = 0; i < size; i++)
                {
                    next[i] = Math.Clamp(x[i] + (length * direction[i]), low[i], high[i]);
                    gain += gradient[i] * (next[i] - x[i]);
                }

                nextValue = function(next, nextGradient);
                isLower = nextValue <= value + (1e-4 * gain);
                length *= double.IsFinite(nextValue) ? Math.Clamp(0.5 * slope * length / Math.Min(slope * length - (nextValue - value), -double.Epsilon), 0.1, 0.5) : 0.1;
            }

            if (!isLower)
            {
                if (pairs.Count == 0)
                {
                    break;
                }

                pairs.Clear();
                continue;
            }

            var improvement = value - nextValue;
            Remember(pairs, x, gradient, next, nextGradient);
            value = nextValue;
            next.CopyTo(x, 0);
            nextGradient.CopyTo(gradient, 0);
            if (improvement < tolerance)
            {
                break;
            }
        }

        return value;
    }

    private static void Remember(List<(double[] Step, double[] Change, double Product)> pairs, double[] x, double[] gradient, double[] next, double[] nextGradient)
    {
        var (step, change) = (new double[x.Length], new double[x.Length]);
        for (var i = 0; i < step.Length; i++)
        {
            (step[i], change[i]) = (next[i] - x[i], nextGradient[i] - gradient[i]);
        }

        var product = TriangularFactor.Dot(step, change);
        if (product > 1e-12 * TriangularFactor.Dot(change, change))
        {
            if (pairs.Count == Memory)
            {
                pairs.RemoveAt(0);
            }

            pairs.Add((step, change, product));
        }
    }

    // Against the gradient, as the last steps teach it; what would leave the box stays where it is.
    private static void Direct(
        double[] direction, double[] x, double[] gradient, double[] low, double[] high, List<(double[] Step, double[] Change, double Product)> pairs)
    {
        for (var i = 0; i < x.Length; i++)
        {
            direction[i] = IsHeld(i) ? 0 : -gradient[i];
        }

        Span<double> factors = stackalloc double[Memory];
        for (var i = pairs.Count - 1; i >= 0; i--)
        {
            factors[i] = TriangularFactor.Dot(pairs[i].Step, direction) / pairs[i].Product;
            Add(pairs[i].Change, -factors[i]);
        }

        if (pairs.Count > 0)
        {
            var last = pairs[^1];
            var scale = last.Product / TriangularFactor.Dot(last.Change, last.Change);
            for (var i = 0; i < direction.Length; i++)
            {
                direction[i] *= scale;
            }
        }

        for (var i = 0; i < pairs.Count; i++)
        {
            Add(pairs[i].Step, factors[i] - (TriangularFactor.Dot(pairs[i].Change, direction) / pairs[i].Product));
        }

        for (var i = 0; i < x.Length; i++)
        {
            direction[i] = IsHeld(i) ? 0 : direction[i];
        }

        bool IsHeld(int i) => (x[i] <= low[i] && gradient[i] > 0) || (x[i] >= high[i] && gradient[i] < 0);

        void Add(double[] what, double factor)
        {
            for (var i = 0; i < direction.Length; i++)
            {
                direction[i] += factor * what[i];
            }
        }
    }
}
