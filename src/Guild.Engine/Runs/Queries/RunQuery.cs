namespace Guild.Engine.Runs.Queries;

/// <summary>What runs must be like to be found. All that is given must hold.</summary>
public sealed record RunQuery
{
    // The first answer comes soon, and a long list in few steps.
    private const int FirstStep = 64;
    private const int LongestStep = 8192;

    /// <summary>A condition of the caller's own, which is looked at first; null for none.</summary>
    public Func<Run, bool>? Condition { get; init; }

    /// <summary>Ranges of time in all of which the run must have been started, or made if it was not started.</summary>
    public IReadOnlyList<TimeRange> Started { get; init; } = [];

    /// <summary>Beginnings of the digest of the source code, one of which must be the run's; empty for any.</summary>
    public IReadOnlyList<string> Digests { get; init; } = [];

    /// <summary>Filters, all of which must let the run pass.</summary>
    public IReadOnlyList<FilterExpression> Filters { get; init; } = [];

    /// <summary>True if every run is found.</summary>
    public bool IsEmpty => Condition is null && Started.Count == 0 && Digests.Count == 0 && Filters.Count == 0;

    /// <summary>
    /// The runs of a list that are found, in its order, each as soon as it is known. Where a filter needs scalars they are loaded for many runs at once.
    /// </summary>
    /// <param name="runs">The list.</param>
    /// <param name="store">Where the runs were read.</param>
    /// <param name="cancellation">Ends the search.</param>
    public IEnumerable<Run> Of(IEnumerable<Run> runs, RunStore store, CancellationToken cancellation) => Of(runs, static run => run, store, cancellation);

    /// <summary>As the other, of things that each have a run, such as a run with its place in a list.</summary>
    /// <param name="items">The things.</param>
    /// <param name="runOf">Gives the run of a thing.</param>
    /// <param name="store">Where the runs were read.</param>
    /// <param name="cancellation">Ends the search.</param>
    public IEnumerable<T> Of<T>(IEnumerable<T> items, Func<T, Run> runOf, RunStore store, CancellationToken cancellation)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(runOf);
        ArgumentNullException.ThrowIfNull(store);
        var passing = items.Where(item =>
        {
            cancellation.ThrowIfCancellationRequested();
            return IsInRange(runOf(item));
        });
        return Filters.Count == 0 ? passing : Filtered(passing, runOf, store, cancellation);
    }

    /// <summary>True if a run is found.</summary>
    public bool Matches(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return IsInRange(run) && Filters.All(filter => filter.Matches(run));
    }

    private bool IsInRange(Run run) =>
        (Condition is null || Condition(run))
        && (Started.Count == 0 || ((run.Started ?? run.Initialized) is { } time && Started.All(range => range.Contains(time))))
        && (Digests.Count == 0 || (run.SourceCodeDigest is { } digest && Digests.Any(prefix => digest.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))));

    private IEnumerable<T> Filtered<T>(IEnumerable<T> items, Func<T, Run> runOf, RunStore store, CancellationToken cancellation)
        where T : class
    {
        // What cannot be told without event files waits, and so do those after it, so that the order stays.
        var waiting = new List<(T Item, bool? Passes)>();
        var unknown = new List<Run>();
        var step = FirstStep;
        foreach (var item in items)
        {
            var passes = MatchesWithoutReading(runOf(item));
            if (passes is null)
            {
                unknown.Add(runOf(item));
            }
            else if (unknown.Count == 0)
            {
                if (passes.Value)
                {
                    yield return item;
                }

                continue;
            }

            if (passes is not false)
            {
                waiting.Add((item, passes));
            }

            if (waiting.Count >= step)
            {
                foreach (var found in Known(waiting, unknown, runOf, store, cancellation))
                {
                    yield return found;
                }

                step = Math.Min(step * 4, LongestStep);
            }
        }

        foreach (var found in Known(waiting, unknown, runOf, store, cancellation))
        {
            yield return found;
        }
    }

    private IEnumerable<T> Known<T>(List<(T Item, bool? Passes)> waiting, List<Run> unknown, Func<T, Run> runOf, RunStore store, CancellationToken cancellation)
    {
        store.LoadLastValues(unknown, cancellation);
        foreach (var (item, passes) in waiting)
        {
            cancellation.ThrowIfCancellationRequested();
            if (passes ?? Filters.All(filter => filter.Matches(runOf(item))))
            {
                yield return item;
            }
        }

        waiting.Clear();
        unknown.Clear();
    }

    private bool? MatchesWithoutReading(Run run)
    {
        bool? all = true;
        foreach (var filter in Filters)
        {
            switch (filter.MatchesWithoutReading(run))
            {
                case false:
                    return false;
                case null:
                    all = null;
                    break;
            }
        }

        return all;
    }
}
