namespace Guild.Engine.Search;

/// <summary>
/// Tree-structured Parzen estimators (Bergstra and others, "Algorithms for hyper-parameter optimization", 2011), with all flags together: of some
/// places like the best trials, the one that is the least like the others.
/// </summary>
internal sealed class TpeOptimizer : SpaceOptimizer
{
    private const double BestPart = 0.1;
    private const int MostBest = 25;

    private readonly UnitCube cube;
    private readonly int randomStarts;
    private readonly int candidates;

    public TpeOptimizer(SearchSpace space, OptimizerSettings settings)
        : base(space, settings)
    {
        cube = new UnitCube(space);
        randomStarts = (int)(long)settings.Options["random-starts"]!;
        candidates = (int)(long)settings.Options["candidates"]!;
    }

    /// <inheritdoc/>
    protected override double[] Propose(int number, SeededRandom random)
    {
        var sorted = History.Completed.OrderBy(trial => trial.Outcome.Value).ToList();
        if (number < randomStarts || sorted.Count < 2)
        {
            return Space.Sample(random);
        }

        var bestCount = Math.Min((int)Math.Ceiling(BestPart * sorted.Count), MostBest);
        var best = Estimator(sorted.Take(bestCount));
        var others = Estimator([.. sorted.Skip(bestCount), .. History.Failed, .. History.Pending]);
        var (chosen, most) = (Array.Empty<double>(), double.NegativeInfinity);
        for (var i = 0; i < candidates; i++)
        {
            var place = best.Sample(random);
            var value = best.LogDensity(place) - others.LogDensity(place);
            if (value > most || chosen.Length == 0)
            {
                (chosen, most) = (place, value);
            }
        }

        return cube.ToPoint(chosen);
    }

    private ParzenEstimator Estimator(IEnumerable<Told> trials)
    {
        double[][] places = [.. trials.Select(trial => cube.ToPlace(trial.Point))];
        var weights = new double[places.Length + 1];
        Array.Fill(weights, 1);
        return new ParzenEstimator(cube, places, weights);
    }
}
