namespace Guild.Engine.Search;

/// <summary>
/// Every combination of the values of lists; the last flag varies fastest. With fewer trials than combinations, some of them are drawn and keep
/// their order. Numbers of ranges are drawn anew for each trial.
/// </summary>
internal sealed class GridOptimizer : IOptimizer
{
    private readonly IReadOnlyList<SearchSpace> rows;
    private readonly long[] sizes;
    private readonly long[]? sample;
    private readonly long seed;
    private int next;

    public GridOptimizer(SearchSpace space, OptimizerSettings settings)
        : this([space], settings)
    {
    }

    /// <param name="rows">The spaces, one after the other: one for each row of a file of trials.</param>
    /// <param name="settings">How to work.</param>
    public GridOptimizer(IReadOnlyList<SearchSpace> rows, OptimizerSettings settings)
    {
        (this.rows, seed) = (rows, settings.Seed);
        sizes = [.. rows.Select(CombinationsOf)];
        var total = sizes.Aggregate(0L, (sum, size) => sum > long.MaxValue - size ? long.MaxValue : sum + size);
        Count = total;
        if (settings.MaxTrials < total)
        {
            sample = Draw(total, settings.MaxTrials.Value, new SeededRandom(seed, -1));
            Count = sample.Length;
        }
    }

    /// <summary>How many trials there are in all.</summary>
    public long Count { get; }

    /// <inheritdoc/>
    public Suggestion? Ask()
    {
        if (next >= Count)
        {
            return null;
        }

        var number = next++;
        var index = sample?[number] ?? number;
        var row = 0;
        while (index >= sizes[row])
        {
            index -= sizes[row++];
        }

        return new Suggestion(number, FlagsAt(rows[row], index, new SeededRandom(seed, number)));
    }

    /// <inheritdoc/>
    public void Tell(Suggestion suggestion, TrialOutcome outcome) => next = Math.Max(next, suggestion.Number + 1);

    /// <inheritdoc/>
    public void TellPrior(IReadOnlyDictionary<string, object?> flags, TrialOutcome outcome)
    {
    }

    private static long CombinationsOf(SearchSpace space) => space.Dimensions.OfType<ChoiceDimension>().Aggregate(
        1L, (product, choice) => product > long.MaxValue / choice.Values.Count ? long.MaxValue : product * choice.Values.Count);

    private static Dictionary<string, object?> FlagsAt(SearchSpace space, long index, SeededRandom random)
    {
        // The last flag's index is the last digit of the number.
        var digits = new int[space.Dimensions.Count];
        var sum = 0L;
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            if (space.Dimensions[i] is ChoiceDimension choice)
            {
                (index, var digit) = Math.DivRem(index, choice.Values.Count);
                sum += digits[i] = (int)digit;
            }
        }

        var flags = new Dictionary<string, object?>(digits.Length, StringComparer.Ordinal);
        for (var i = 0; i < digits.Length; i++)
        {
            flags[space.Dimensions[i].Flag] = space.Dimensions[i] switch
            {
                FixedDimension single => single.Value,
                RangeDimension range => Number(range, isFirst: sum == 0, random),
                ChoiceDimension choice when choice.Spaces.Count > digits[i] && choice.Spaces[digits[i]] is { } range => Number(range, isFirst: sum == digits[i], random),
                ChoiceDimension choice => choice.Values[digits[i]],
                var other => throw new InvalidOperationException($"A grid has no values of {other.GetType().Name}."),
            };
        }

        return flags;
    }

    private static object Number(RangeDimension range, bool isFirst, SeededRandom random)
    {
        var drawn = range.At(random.NextDouble());
        return range.ToFlag(isFirst && range.Initial is { } initial ? initial : drawn);
    }

    // Floyd's way to draw without putting back: as many steps as are drawn, however many there are to draw from.
    private static long[] Draw(long total, int count, SeededRandom random)
    {
        var drawn = new SortedSet<long>();
        for (var top = total - count; top < total; top++)
        {
            var index = random.NextLong(top + 1);
            drawn.Add(drawn.Contains(index) ? top : index);
        }

        return [.. drawn];
    }
}
