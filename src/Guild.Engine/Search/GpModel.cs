namespace Guild.Engine.Search;

/// <summary>The Gaussian process of the results of trials.</summary>
internal sealed class GpModel
{
    // The work grows with the cube of the number of trials. More would not make the settings better; the process uses as many as it can.
    private const int MostFitted = 120;
    private const int MostUsed = 600;

    private readonly UnitCube cube;
    private readonly KernelSettings settings;
    private readonly List<double[]> features = [];
    private readonly List<double> values = [];
    private readonly List<double[]> places = [];
    private readonly double[] expected;
    private readonly ResultScale scale;

    public GpModel(UnitCube cube, IReadOnlyList<Told> completed, double? noise, SeededRandom random)
    {
        this.cube = cube;
        completed = Best(completed, MostUsed);
        scale = new ResultScale([.. completed.Select(trial => trial.Outcome.Value!.Value)]);
        var best = completed.Min(trial => trial.Outcome.Value!.Value);
        foreach (var trial in completed)
        {
            places.Add(cube.ToPlace(trial.Point));
            features.Add(cube.ToFeatures(places[^1]));
            values.Add(scale.Of(trial.Outcome.Value!.Value));
        }

        var slope = noise is null ? 0 : scale.SlopeAt(best);
        var count = Math.Min(features.Count, MostFitted);
        int[] fitted = [.. Enumerable.Range(0, count).Select(i => (int)((long)i * features.Count / count))];
        settings = new KernelFit(
            cube, [.. fitted.Select(i => features[i])], [.. fitted.Select(i => values[i])], noise * slope * slope).Find(random);
        Process = new GaussianProcess(cube, settings, [.. features], [.. values]);
        expected = [.. features.Select(Expect)];
        Least = expected.Min();
    }

    /// <summary>The process.</summary>
    public GaussianProcess Process { get; private set; }

    /// <summary>The least value that the process expects of a trial that ended: without the luck of a result that chance made good.</summary>
    public double Least { get; }

    /// <summary>How far the best quarter of the values goes up from the least: it shrinks as a search comes to its end.</summary>
    public double Spread => expected.Order().ElementAt(places.Count / 4) - Least;

    /// <summary>The greatest value, as the process sees values.</summary>
    public double Worst => values.Take(places.Count).Max();

    /// <summary>What the process expects at a place with some features.</summary>
    public double Expect(double[] features) => Process.At(features).Mean;

    /// <summary>The places of the best trials, the best first.</summary>
    public IEnumerable<double[]> BestPlaces(int count) => Enumerable.Range(0, places.Count).OrderBy(i => expected[i]).Take(count).Select(i => places[i]);

    /// <summary>Adds points whose results are not known as though they had some, so that no other trial is wanted near them.</summary>
    public void Add(IEnumerable<double[]> points, Func<double[], double> value)
    {
        var added = points.Select(point => cube.ToFeatures(cube.ToPlace(point))).ToList();
        if (added.Count > 0)
        {
            values.AddRange(added.ConvertAll(feature => value(feature)));
            features.AddRange(added);
            Process = new GaussianProcess(cube, settings, [.. features], [.. values]);
        }
    }

    // All if they are not too many; else the best half of what can be used, and others evenly.
    private static IReadOnlyList<Told> Best(IReadOnlyList<Told> completed, int most)
    {
        if (completed.Count <= most)
        {
            return completed;
        }

        var sorted = completed.OrderBy(trial => trial.Outcome.Value).ToList();
        var others = completed.Count - (most / 2);
        return [.. sorted.Take(most / 2), .. Enumerable.Range(0, most / 2).Select(i => sorted[(most / 2) + (int)((long)i * others / (most / 2))])];
    }
}
