namespace Guild.Engine.Search;

/// <summary>What all optimizers that choose points of a space have in common: numbers, history, initial values, and no point twice.</summary>
internal abstract class SpaceOptimizer : IOptimizer
{
    private readonly long seed;

    protected SpaceOptimizer(SearchSpace space, OptimizerSettings settings)
    {
        SearchSpaceErrors.RequireSearched(space);
        (Space, seed, History) = (space, settings.Seed, new TrialHistory(space));
    }

    /// <summary>The space to choose from.</summary>
    protected SearchSpace Space { get; }

    /// <summary>What was told.</summary>
    protected TrialHistory History { get; }

    /// <inheritdoc/>
    public Suggestion? Ask()
    {
        if (History.IsExhausted)
        {
            return null;
        }

        var number = History.Next;
        var random = new SeededRandom(seed, number);
        double[] point;
        if (number == 0 && Space.HasInitial)
        {
            point = Space.Sample(random);
            Space.ApplyInitial(point);
        }
        else
        {
            point = History.Free(Propose(number, random), random);
        }

        History.Add(number, point, TrialOutcome.Pending);
        return new Suggestion(number, Space.ToFlags(point));
    }

    /// <inheritdoc/>
    public void Tell(Suggestion suggestion, TrialOutcome outcome) => History.Add(suggestion.Number, Space.ToPoint(suggestion.Flags), outcome);

    /// <inheritdoc/>
    public void TellPrior(IReadOnlyDictionary<string, object?> flags, TrialOutcome outcome)
    {
        if (outcome.Value is not null && Space.ToPoint(flags) is { } point)
        {
            History.AddPrior(point, outcome);
        }
    }

    /// <summary>The point that the algorithm wants next. It can be one that is taken: then another is used.</summary>
    /// <param name="number">The number of the suggestion.</param>
    /// <param name="random">The random numbers of this suggestion.</param>
    protected abstract double[] Propose(int number, SeededRandom random);

    /// <summary>A stream of random numbers that is the same for all suggestions.</summary>
    protected SeededRandom SharedRandom() => new(seed, -1);
}
