namespace Guild.Engine.Search;

/// <summary>Finds the place that is wanted most: the best of many, improved by its gradient and by single steps in what is not smooth.</summary>
internal sealed class AcquisitionSearch(UnitCube cube, GaussianProcess process, Func<Expectation, Desirability> acquisition)
{
    private const int Refined = 4;
    private const int MostSteps = 60;

    private readonly int[] smooth = [.. Enumerable.Range(0, cube.Count).Where(cube.IsSmooth)];
    private readonly double[] features = new double[cube.AxisOfFeature.Count];

    /// <summary>The place that is wanted most.</summary>
    /// <param name="candidates">Where to look first.</param>
    /// <param name="random">Random numbers.</param>
    public double[] Find(IEnumerable<double[]> candidates, SeededRandom random)
    {
        var starts = candidates.Select(place => (Place: place, Value: Value(place))).OrderByDescending(candidate => candidate.Value).Take(Refined).ToList();
        var best = starts[0];
        foreach (var start in starts)
        {
            var refined = Refine(start, random);
            best = refined.Value > best.Value ? refined : best;
        }

        return best.Place;
    }

    private double Value(double[] place)
    {
        cube.WriteFeatures(place, features);
        return acquisition(process.At(features)).Value;
    }

    private (double[] Place, double Value) Refine((double[] Place, double Value) start, SeededRandom random)
    {
        var best = Climb(start);
        for (var round = 0; round < 3; round++)
        {
            var stepped = Step(best, random);
            if (stepped.Value <= best.Value)
            {
                break;
            }

            best = Climb(stepped);
        }

        return best;
    }

    // Along the gradient in what is smooth.
    private (double[] Place, double Value) Climb((double[] Place, double Value) start)
    {
        if (smooth.Length == 0)
        {
            return start;
        }

        var place = (double[])start.Place.Clone();
        int[] offsets = [.. smooth.Select(cube.OffsetOf)];
        double[] x = [.. smooth.Select(axis => place[axis])];
        var (low, high) = (new double[x.Length], new double[x.Length]);
        Array.Fill(high, 1);
        var (meanSlopes, deviationSlopes) = (new double[x.Length], new double[x.Length]);
        BoxMinimizer.Minimize(
            (at, gradient) =>
            {
                Put(at);
                cube.WriteFeatures(place, features);
                var wanted = acquisition(process.At(features, offsets, meanSlopes, deviationSlopes));
                for (var i = 0; i < gradient.Length; i++)
                {
                    gradient[i] = -(wanted.MeanSlope * meanSlopes[i]) - (wanted.DeviationSlope * deviationSlopes[i]);
                }

                return -wanted.Value;
            },
            x,
            low,
            high,
            MostSteps);
        Put(x);
        cube.Snap(place);
        var value = Value(place);
        return value > start.Value ? (place, value) : start;

        void Put(ReadOnlySpan<double> at)
        {
            for (var i = 0; i < at.Length; i++)
            {
                place[smooth[i]] = at[i];
            }
        }
    }

    // One step in one flag of whole numbers or of a list, the best of all such.
    private (double[] Place, double Value) Step((double[] Place, double Value) start, SeededRandom random)
    {
        var best = start;
        for (var axis = 0; axis < cube.Count; axis++)
        {
            foreach (var other in Neighbours(start.Place, axis, random))
            {
                var place = (double[])start.Place.Clone();
                place[axis] = other;
                var value = Value(place);
                best = value > best.Value ? (place, value) : best;
            }
        }

        return best;
    }

    private IEnumerable<double> Neighbours(double[] place, int axis, SeededRandom random)
    {
        if (cube.RangeOf(axis) is { } range)
        {
            var value = range.At(place[axis]);
            return range.IsInteger ? ((double[])[value - 1, value + 1, value - 2, value + 2]).Where(other => other >= range.Low && other <= range.High).Select(range.PlaceOf) : [];
        }

        var count = cube.CountOf(axis);
        return Enumerable.Range(0, Math.Min(count, 30)).Select(i => count <= 30 ? i : (double)random.Next(count)).Where(other => other != place[axis]);
    }
}
