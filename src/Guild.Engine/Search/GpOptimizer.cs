namespace Guild.Engine.Search;

/// <summary>
/// Bayesian optimization with a Gaussian process: a model of the results so far says what is to be expected elsewhere, and the next trial is where
/// the most is to be gained.
/// </summary>
internal sealed class GpOptimizer : SpaceOptimizer
{
    private const int RandomCandidates = 500;
    private const int BestCount = 5;
    private const int NearCandidates = 40;

    private readonly UnitCube cube;
    private readonly EvenSequence starts;
    private readonly GpSettings options;

    public GpOptimizer(SearchSpace space, OptimizerSettings settings)
        : base(space, settings)
    {
        options = GpSettings.Of(settings.Options);
        cube = new UnitCube(space);
        starts = new EvenSequence(cube, SharedRandom());
    }

    /// <inheritdoc/>
    protected override double[] Propose(int number, SeededRandom random)
    {
        var completed = History.Completed.ToList();
        if (number < options.RandomStarts || completed.Count == 0)
        {
            return cube.ToPoint(starts.At(number));
        }

        var model = new GpModel(cube, completed, options.Noise, random);
        model.Add(History.Pending.Select(trial => trial.Point), model.Expect);
        model.Add(History.Failed.Select(trial => trial.Point), _ => model.Worst);
        var wanted = options.Choose(number, model);
        var place = new AcquisitionSearch(cube, model.Process, wanted).Find(Candidates(model, random), random);
        return cube.ToPoint(place);
    }

    // Places anywhere, and places near the best ones with some of their flags the same.
    private IEnumerable<double[]> Candidates(GpModel model, SeededRandom random)
    {
        for (var i = 0; i < RandomCandidates; i++)
        {
            yield return cube.Sample(random);
        }

        foreach (var best in model.BestPlaces(BestCount))
        {
            for (var i = 0; i < NearCandidates; i++)
            {
                var place = (double[])best.Clone();
                var size = Math.Pow(10, -3 + (2.5 * random.NextDouble()));
                var changed = random.Next(cube.Count);
                for (var axis = 0; axis < place.Length; axis++)
                {
                    if (axis != changed && random.NextDouble() < 0.5)
                    {
                        continue;
                    }

                    place[axis] = cube.RangeOf(axis) is not null
                        ? Math.Clamp(place[axis] + (size * random.NextNormal()), 0, 1)
                        : random.NextDouble() < 0.5 ? random.Next(cube.CountOf(axis)) : place[axis];
                }

                cube.Snap(place);
                yield return place;
            }
        }
    }
}
