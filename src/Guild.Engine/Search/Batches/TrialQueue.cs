namespace Guild.Engine.Search.Batches;

/// <summary>A trial that is to be run.</summary>
/// <param name="Number">Its place in the batch, from 0.</param>
/// <param name="Suggested">The flags as the optimizer suggested them, or as the trial's record has them.</param>
/// <param name="Found">The trial, if its directory is there; null to make it.</param>
internal sealed record TrialJob(int Number, IReadOnlyDictionary<string, object?> Suggested, FoundTrial? Found);

/// <summary>Gives out the trials of a batch: first those that are there and were lost or are staged, then new ones until there are as many as there may be. Not for several threads at once.</summary>
internal sealed class TrialQueue
{
    private readonly TrialSource _source;
    private readonly IOptimizer _optimizer;
    private readonly Queue<FoundTrial> _lost = new();
    private readonly HashSet<int> _taken = [];
    private int _last = -1;
    private int _asked = -1;

    /// <param name="source">What trials are chosen from.</param>
    /// <param name="found">The trials that are there.</param>
    /// <param name="keepsStaged">True if staged trials are left as they are.</param>
    public TrialQueue(TrialSource source, IReadOnlyList<FoundTrial> found, bool keepsStaged)
    {
        _source = source;
        var choice = source.Open();
        (_optimizer, Total) = (choice.Optimizer, choice.Count);
        foreach (var trial in found)
        {
            _taken.Add(trial.Number);
            if (trial.End is null && !trial.IsBusy && !(trial.IsStaged && keepsStaged))
            {
                _lost.Enqueue(trial);
            }
        }

        Total = Math.Max(Total, found.Count);
        Made = found.Count;
    }

    /// <summary>How many trials there will be at most.</summary>
    public long Total { get; private set; }

    /// <summary>How many there are.</summary>
    public long Made { get; private set; }

    /// <summary>The next trial; null if there is none.</summary>
    public TrialJob? Next()
    {
        if (_lost.TryDequeue(out var found))
        {
            return new TrialJob(found.Number, FlagsOf(found), found);
        }

        if (Made >= Total)
        {
            return null;
        }

        var suggestion = _source.IsGrid ? AskGrid() : _optimizer.Ask();
        if (suggestion is null)
        {
            // All that there is to choose from was chosen.
            Total = Made;
            return null;
        }

        Made++;
        return new TrialJob(suggestion.Number, suggestion.Flags, null);
    }

    /// <summary>Says how a trial ended, or that it is to be run again.</summary>
    public void Tell(int number, IReadOnlyDictionary<string, object?> flags, TrialOutcome outcome)
    {
        // A grid is not told: it goes on at the place that it is asked for.
        if (!_source.IsGrid)
        {
            _optimizer.Tell(new Suggestion(number, flags), outcome);
        }
    }

    /// <summary>Says how a trial of an earlier search ended.</summary>
    public void TellPrior(IReadOnlyDictionary<string, object?> flags, TrialOutcome outcome) => _optimizer.TellPrior(flags, outcome);

    public static IReadOnlyDictionary<string, object?> FlagsOf(FoundTrial trial) =>
        trial.Directory.ReadAttribute("flags") as IReadOnlyDictionary<string, object?> ?? new Dictionary<string, object?>();

    // A place of the grid that was given out and never made is among those that come next.
    private Suggestion? AskGrid()
    {
        var number = _last + 1;
        while (_taken.Contains(number))
        {
            number++;
        }

        _last = number;
        if (number > _asked + 1)
        {
            _optimizer.Tell(new Suggestion(number - 1, new Dictionary<string, object?>()), TrialOutcome.Pending);
        }

        _asked = number;
        return _optimizer.Ask();
    }
}
