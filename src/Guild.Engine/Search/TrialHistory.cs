namespace Guild.Engine.Search;

/// <summary>What an optimizer was told, in the order of the trials' numbers whatever the order of telling was.</summary>
internal sealed class TrialHistory(SearchSpace space)
{
    private readonly SortedDictionary<int, Told> trials = [];
    private readonly HashSet<int> numbers = [];
    private readonly List<Told> priors = [];
    private readonly HashSet<double[]> own = new(PointComparer.Instance);
    private readonly HashSet<double[]> all = new(PointComparer.Instance);

    /// <summary>The number of the next suggestion: the first that nothing was told of, so what was suggested and lost before anybody kept it is suggested again.</summary>
    public int Next { get; private set; }

    /// <summary>True if no point is left that was not suggested.</summary>
    public bool IsExhausted => own.Count >= space.Size;

    /// <summary>Trials that ended with a value: those of earlier searches, then those of this one.</summary>
    public IEnumerable<Told> Completed => [.. priors, .. trials.Values.Where(trial => trial.Outcome.Value is not null)];

    /// <summary>Trials of this search that failed.</summary>
    public IEnumerable<Told> Failed => trials.Values.Where(trial => !trial.Outcome.IsPending && trial.Outcome.Value is null);

    /// <summary>Trials of this search that have not ended.</summary>
    public IEnumerable<Told> Pending => trials.Values.Where(trial => trial.Outcome.IsPending);

    /// <summary>Keeps how a trial ended, or that it was suggested.</summary>
    public void Add(int number, double[]? point, TrialOutcome outcome)
    {
        numbers.Add(number);
        while (numbers.Contains(Next))
        {
            Next++;
        }

        if (point is null)
        {
            return;
        }

        trials[number] = new Told(point, outcome);
        own.Add(point);
        all.Add(point);
    }

    /// <summary>Keeps how a trial of an earlier search ended.</summary>
    public void AddPrior(double[] point, TrialOutcome outcome)
    {
        priors.Add(new Told(point, outcome));
        all.Add(point);
    }

    /// <summary>True if a point is not to be suggested. Those of earlier searches are only when nothing else is left.</summary>
    public bool IsTaken(double[] point) => (all.Count >= space.Size ? own : all).Contains(point);

    /// <summary>The point, or if it is taken, another: at first any, then the first free one that counting through finds.</summary>
    public double[] Free(double[] point, SeededRandom random)
    {
        for (var i = 0; i < 100 && IsTaken(point); i++)
        {
            point = space.Sample(random);
        }

        while (space.Size is not null && IsTaken(point))
        {
            point = space.Next(point);
        }

        return point;
    }

    private sealed class PointComparer : IEqualityComparer<double[]>
    {
        public static readonly PointComparer Instance = new();

        public bool Equals(double[]? x, double[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(double[] obj)
        {
            var hash = default(HashCode);
            foreach (var number in obj)
            {
                hash.Add(number);
            }

            return hash.ToHashCode();
        }
    }
}

/// <summary>A trial that an optimizer was told of.</summary>
/// <param name="Point">Where it is in the space.</param>
/// <param name="Outcome">How it ended.</param>
internal sealed record Told(double[] Point, TrialOutcome Outcome);
