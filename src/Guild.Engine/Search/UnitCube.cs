namespace Guild.Engine.Search;

/// <summary>
/// A space as models see it. The place of a point is a number for each flag that varies: between 0 and 1 in a range, so that equal parts are equally
/// likely, and the index in a list. The features of a place are what distances are measured with: a list of numbers is one feature, by their
/// order; any other list has one for each value.
/// </summary>
internal sealed class UnitCube
{
    // Steps of a range with more whole numbers than this are as good as smooth.
    private const int MostSteps = 20;

    private readonly RangeDimension?[] ranges;
    private readonly double[]?[] ranks;
    private readonly int[] offsets;

    public UnitCube(SearchSpace space)
    {
        Space = space;
        var varying = space.Varying;
        ranges = [.. varying.Select(dimension => dimension as RangeDimension)];
        ranks = [.. varying.Select((_, axis) => ranges[axis] is null ? Ranks(space.ValuesOf(axis)) : null)];
        offsets = new int[varying.Count];
        var groups = new List<int>();
        for (var axis = 0; axis < offsets.Length; axis++)
        {
            offsets[axis] = groups.Count;
            groups.AddRange(Enumerable.Repeat(axis, IsSingleFeature(axis) ? 1 : space.ValuesOf(axis).Count));
        }

        AxisOfFeature = [.. groups];
    }

    /// <summary>The space.</summary>
    public SearchSpace Space { get; }

    /// <summary>How many flags vary.</summary>
    public int Count => offsets.Length;

    /// <summary>For each feature, the flag that it is of.</summary>
    public IReadOnlyList<int> AxisOfFeature { get; }

    /// <summary>The range of a flag, or null if it has a list.</summary>
    public RangeDimension? RangeOf(int axis) => ranges[axis];

    /// <summary>How many values the list of a flag has.</summary>
    public int CountOf(int axis) => Space.ValuesOf(axis).Count;

    /// <summary>True if one can go from a place to another in steps as small as one likes, or nearly so.</summary>
    public bool IsSmooth(int axis) => ranges[axis] is { } range && (!range.IsInteger || range.High - range.Low >= MostSteps);

    /// <summary>The place of the only feature of a flag with a range.</summary>
    public int OffsetOf(int axis) => offsets[axis];

    /// <summary>The place of a point.</summary>
    public double[] ToPlace(double[] point)
    {
        var place = new double[point.Length];
        for (var axis = 0; axis < place.Length; axis++)
        {
            place[axis] = ranges[axis]?.PlaceOf(point[axis]) ?? point[axis];
        }

        return place;
    }

    /// <summary>The point at a place.</summary>
    public double[] ToPoint(double[] place)
    {
        var point = new double[place.Length];
        for (var axis = 0; axis < point.Length; axis++)
        {
            point[axis] = ranges[axis]?.At(place[axis]) ?? place[axis];
        }

        return point;
    }

    /// <summary>A place anywhere.</summary>
    public double[] Sample(SeededRandom random)
    {
        var place = new double[Count];
        for (var axis = 0; axis < place.Length; axis++)
        {
            place[axis] = ranges[axis] is null ? random.Next(CountOf(axis)) : random.NextDouble();
        }

        Snap(place);
        return place;
    }

    /// <summary>Moves a place to that of the nearest whole number where only those are allowed.</summary>
    public void Snap(double[] place)
    {
        for (var axis = 0; axis < place.Length; axis++)
        {
            if (ranges[axis] is { IsInteger: true } range)
            {
                place[axis] = range.PlaceOf(range.At(place[axis]));
            }
        }
    }

    /// <summary>The features of a place.</summary>
    public double[] ToFeatures(double[] place)
    {
        var features = new double[AxisOfFeature.Count];
        WriteFeatures(place, features);
        return features;
    }

    /// <summary>Writes the features of a place where there is room for them already.</summary>
    public void WriteFeatures(double[] place, Span<double> features)
    {
        features.Clear();
        for (var axis = 0; axis < place.Length; axis++)
        {
            if (ranges[axis] is not null)
            {
                features[offsets[axis]] = place[axis];
            }
            else if (ranks[axis] is { } rank)
            {
                features[offsets[axis]] = rank[(int)place[axis]];
            }
            else
            {
                // Two different values are as far from each other as the two ends of a range.
                features[offsets[axis] + (int)place[axis]] = Math.Sqrt(0.5);
            }
        }
    }

    private bool IsSingleFeature(int axis) => ranges[axis] is not null || ranks[axis] is not null;

    // Numbers are mostly listed by what matters, as in [16, 32, 64]: so what counts is their order. Two have none.
    private static double[]? Ranks(IReadOnlyList<object?> values)
    {
        if (values.Count < 3 || !values.All(value => value is long or double))
        {
            return null;
        }

        var sorted = values.Select(value => Convert.ToDouble(value, null)).Order().ToList();
        return [.. values.Select(value => sorted.IndexOf(Convert.ToDouble(value, null)) / (double)(values.Count - 1))];
    }
}
