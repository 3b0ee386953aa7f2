namespace Guild.Engine.Search;

/// <summary>
/// A density over the places of a space, made of one part for each of some places, and one for all of it. Each part has all flags, so that what goes
/// together stays together.
/// </summary>
internal sealed class ParzenEstimator
{
    // Measured: wider parts find a minimum less exactly, narrower ones stay where the first good trial was.
    private const double WidthFactor = 0.7;
    private const double PriorSpread = 0.3;
    private const double LeastWidth = 0.01;

    private readonly UnitCube cube;
    private readonly double[][] places;
    private readonly double[] weights;
    private readonly double[] logWeights;
    private readonly double[] widths;
    private readonly double[][] logMasses;

    /// <param name="cube">The space.</param>
    /// <param name="places">The places, one for each part.</param>
    /// <param name="weights">How much each part counts; the last is that of the part for the whole space.</param>
    public ParzenEstimator(UnitCube cube, double[][] places, double[] weights)
    {
        (this.cube, this.places) = (cube, places);
        var sum = weights.Sum();
        this.weights = Array.ConvertAll(weights, weight => weight / sum);
        logWeights = Array.ConvertAll(this.weights, Math.Log);
        widths = [.. Enumerable.Range(0, cube.Count).Select(WidthOf)];
        logMasses = [.. Enumerable.Range(0, cube.Count).Select(LogMassesOf)];
    }

    /// <summary>A place that is as likely as the density says.</summary>
    public double[] Sample(SeededRandom random)
    {
        var chosen = 0;
        for (var rest = random.NextDouble() - weights[0]; rest > 0 && chosen < weights.Length - 1; rest -= weights[chosen])
        {
            chosen++;
        }

        if (chosen == places.Length)
        {
            return cube.Sample(random);
        }

        var place = (double[])places[chosen].Clone();
        for (var axis = 0; axis < place.Length; axis++)
        {
            if (cube.RangeOf(axis) is null)
            {
                place[axis] = random.NextDouble() < OthersMass(axis) ? random.Next(cube.CountOf(axis)) : place[axis];
                continue;
            }

            var (low, high) = (NormalDistribution.Below(-place[axis] / widths[axis]), NormalDistribution.Below((1 - place[axis]) / widths[axis]));
            var z = NormalDistribution.Quantile(low + (random.NextDouble() * (high - low)));
            place[axis] = Math.Clamp(place[axis] + (widths[axis] * z), 0, 1);
        }

        cube.Snap(place);
        return place;
    }

    /// <summary>The logarithm of the density at a place.</summary>
    public double LogDensity(double[] place)
    {
        Span<double> parts = places.Length < 1000 ? stackalloc double[places.Length + 1] : new double[places.Length + 1];
        var most = parts[^1] = logWeights[^1] + LogUniform();
        for (var i = 0; i < places.Length; i++)
        {
            var part = logWeights[i];
            for (var axis = 0; axis < place.Length; axis++)
            {
                if (cube.RangeOf(axis) is null)
                {
                    part += LogChoice(axis, place[axis] == places[i][axis]);
                }
                else
                {
                    var z = (place[axis] - places[i][axis]) / widths[axis];
                    part -= (0.5 * z * z) + logMasses[axis][i];
                }
            }

            parts[i] = part;
            most = Math.Max(most, part);
        }

        var sum = 0.0;
        foreach (var part in parts)
        {
            sum += Math.Exp(part - most);
        }

        return most + Math.Log(sum);
    }

    // As wide as the places are spread, as though one more were at a usual distance; less where there are many. Steps to the next whole number stay likely.
    private double WidthOf(int axis)
    {
        if (cube.RangeOf(axis) is null || places.Length == 0)
        {
            return 1;
        }

        var mean = places.Average(place => place[axis]);
        var spread = Math.Sqrt((places.Sum(place => (place[axis] - mean) * (place[axis] - mean)) + (PriorSpread * PriorSpread)) / (places.Length + 1));
        var shrink = Math.Pow(places.Length, -1.0 / (cube.Count + 4));
        var step = cube.RangeOf(axis) is { IsInteger: true } range ? 1 / (range.High - range.Low + 1) : 0;
        return Math.Max(WidthFactor * spread * shrink, Math.Max(LeastWidth, step));
    }

    private double OthersMass(int axis) => cube.CountOf(axis) / (cube.CountOf(axis) + (double)places.Length);

    private double LogChoice(int axis, bool isSame)
    {
        var others = OthersMass(axis) / cube.CountOf(axis);
        return Math.Log(isSame ? 1 - OthersMass(axis) + others : others);
    }

    private double LogUniform()
    {
        var sum = 0.0;
        for (var axis = 0; axis < cube.Count; axis++)
        {
            sum -= cube.RangeOf(axis) is null ? Math.Log(cube.CountOf(axis)) : 0;
        }

        return sum;
    }

    // What each part has within the range, with the factor of the normal density.
    private double[] LogMassesOf(int axis) => cube.RangeOf(axis) is null
        ? []
        : Array.ConvertAll(places, place => Math.Log(NormalDistribution.Between(-place[axis] / widths[axis], (1 - place[axis]) / widths[axis]) * widths[axis] * Math.Sqrt(2 * Math.PI)));
}
