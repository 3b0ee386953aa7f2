using Guild.Engine.GuildFiles;

namespace Guild.Engine.Search.Batches;

/// <summary>What the trials of a batch are chosen from: all that is recorded of it, so that a batch that goes on chooses the same ones.</summary>
internal sealed record TrialSource
{
    // More trials than this are a slip of the keyboard.
    private const long MostTrials = 1_000_000;

    /// <summary>The built-in algorithm.</summary>
    public required OptimizerAlgorithm Algorithm { get; init; }

    /// <summary>The flags of the prototype, with lists and search spaces.</summary>
    public required IReadOnlyDictionary<string, object?> Flags { get; init; }

    /// <summary>What the user gave, which comes before what a row has.</summary>
    public IReadOnlyDictionary<string, object?> UserFlags { get; init; } = new Dictionary<string, object?>();

    /// <summary>The rows of trials that were given one by one; empty if there are none.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, object?>> Rows { get; init; } = [];

    /// <summary>The flags in the order in which they vary; those that are not named come before, by their names.</summary>
    public IReadOnlyList<string> Order { get; init; } = [];

    /// <summary>The flags with their types and whether they are split.</summary>
    public IReadOnlyList<FlagDefinition> Definitions { get; init; } = [];

    /// <summary>Options of the algorithm.</summary>
    public IReadOnlyDictionary<string, object?> Options { get; init; } = new Dictionary<string, object?>();

    /// <summary>The seed.</summary>
    public required long Seed { get; init; }

    /// <summary>How many trials there are at most; null for as many as there are.</summary>
    public long? MaxTrials { get; init; }

    /// <summary>True for a grid, which has a known number of trials.</summary>
    public bool IsGrid => Algorithm.Name == "grid";

    /// <summary>Begins to choose.</summary>
    /// <exception cref="FlagException">A list or a space has no values.</exception>
    /// <exception cref="RequestException">There are too many trials, or nothing to search.</exception>
    public TrialChoice Open()
    {
        var settings = new OptimizerSettings(Seed, (int?)Math.Min(MaxTrials ?? MostTrials, MostTrials)) { Options = Options };
        if (IsGrid)
        {
            var grid = new GridOptimizer(Spaces(), MaxTrials is null ? settings with { MaxTrials = null } : settings);
            return grid.Count <= MostTrials ? new TrialChoice(grid, grid.Count) : throw new RequestException(
                grid.Count == long.MaxValue ? "The lists of the flags ask for more trials than can be counted." : $"The lists of the flags ask for {grid.Count} trials, and a batch has {MostTrials} at most.",
                grid.Count,
                "Limit it with -MaxTrials (--max-trials), which draws from them, or give fewer values.");
        }

        var space = SearchSpaceBuilder.ForGrid(Ordered(Flags), Definitions);
        SearchSpaceErrors.RequirePlainLists(space);
        return new TrialChoice(OptimizerAlgorithms.Create(Algorithm.Name, space, settings), Math.Min(settings.MaxTrials ?? MostTrials, space.Size ?? long.MaxValue));
    }

    private List<SearchSpace> Spaces()
    {
        if (Rows.Count == 0)
        {
            return [SearchSpaceBuilder.ForGrid(Ordered(Flags), Definitions)];
        }

        var spaces = new List<SearchSpace>(Rows.Count);
        foreach (var row in Rows)
        {
            var merged = new Dictionary<string, object?>(Flags, StringComparer.Ordinal);
            foreach (var (name, value) in row.Concat(UserFlags))
            {
                merged[name] = value;
            }

            spaces.Add(SearchSpaceBuilder.ForGrid(Ordered(merged), Definitions));
        }

        return spaces;
    }

    private IEnumerable<KeyValuePair<string, object?>> Ordered(IReadOnlyDictionary<string, object?> flags)
    {
        foreach (var name in flags.Keys.Except(Order, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            yield return KeyValuePair.Create(name, flags[name]);
        }

        foreach (var name in Order.Where(flags.ContainsKey))
        {
            yield return KeyValuePair.Create(name, flags[name]);
        }
    }
}

/// <summary>An optimizer that is ready to be asked.</summary>
/// <param name="Optimizer">The optimizer.</param>
/// <param name="Count">How many trials there will be at most.</param>
internal sealed record TrialChoice(IOptimizer Optimizer, long Count);
