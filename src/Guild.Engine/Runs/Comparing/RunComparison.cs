using Guild.Engine.GuildFiles;

namespace Guild.Engine.Runs.Comparing;

/// <summary>Which columns a comparison has.</summary>
public sealed record ComparisonOptions
{
    /// <summary>True to leave out the core columns, except for the run.</summary>
    public bool SkipsCore { get; init; }

    /// <summary>True to leave out the columns of operations.</summary>
    public bool SkipsOperationColumns { get; init; }

    /// <summary>True for columns that are seldom asked for, such as the digest of the source code.</summary>
    public bool ShowsExtra { get; init; }

    /// <summary>True for system scalars too, where all scalars are shown.</summary>
    public bool ShowsAllScalars { get; init; }

    /// <summary>Columns beside those of the core and of the operations.</summary>
    public IReadOnlyList<ColumnSpec> Columns { get; init; } = [];

    /// <summary>
    /// True to keep columns apart that differ in what they show and have the same heading, without regard to case, by headings such as <c>flag:time</c>. False to put them into
    /// one as Guild AI does.
    /// </summary>
    public bool KeepsColumnsApart { get; init; }

    /// <summary>Headings, beside those of the core columns, that no column may have by chance where columns are kept apart.</summary>
    public IReadOnlyList<string> ReservedHeadings { get; init; } = [];

    /// <summary>Where the project of a run lies today, by the path that the run recorded.</summary>
    public Func<string, string> LocateProject { get; init; } = path => path;

    /// <summary>Where packages are looked for that Guild files of projects include or inherit from; null for nowhere.</summary>
    public PackageSearch? Packages { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>A run in a comparison.</summary>
/// <param name="Run">The run.</param>
/// <param name="Values">A value for each column, null where the run has none: null, a bool, long, double, string, list or mapping, a time in UTC, or a span.</param>
public sealed record ComparedRun(Run Run, IReadOnlyList<object?> Values);

/// <summary>Runs beside each other: a row a run, and the columns that any of them has.</summary>
public sealed class RunComparison
{
    private RunComparison(int coreCount, IReadOnlyList<string> columns, IReadOnlyList<ComparedRun> rows, IReadOnlyList<string> warnings)
    {
        CoreCount = coreCount;
        Columns = columns;
        Rows = rows;
        Warnings = warnings;
    }

    /// <summary>The attributes that every run has for columns, beside those that its record has.</summary>
    public static IReadOnlyList<string> AttributeNames => AttributeReader.CommonNames;

    /// <summary>How many of the columns, from the first, are core columns.</summary>
    public int CoreCount { get; }

    /// <summary>The headings, each once.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The runs, in the order in which they were given.</summary>
    public IReadOnlyList<ComparedRun> Rows { get; }

    /// <summary>What of the columns of operations cannot be understood, one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Compares runs.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="store">The store that they are from, which has the scalars of many at hand.</param>
    /// <param name="options">Which columns there are.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static RunComparison Of(IReadOnlyList<Run> runs, RunStore store, ComparisonOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);
        store.LoadLastValues(runs, cancellation);
        var layout = new ColumnLayout(options);
        var ofOperations = new RunColumns(options);
        var core = layout.Place(CoreOf(options));
        var ofRuns = new PlacedColumns[runs.Count];
        for (var i = 0; i < runs.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            ofRuns[i] = options.SkipsOperationColumns ? PlacedColumns.None : layout.Place(ofOperations.Of(runs[i]));
        }

        var asked = layout.Place([.. options.Columns]);
        if (layout.NeedsSummaries)
        {
            store.LoadScalars(runs, cancellation);
        }

        var values = new RunValueReader(options.Time);
        var rows = new List<ComparedRun>(runs.Count);
        for (var i = 0; i < runs.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var row = new object?[layout.Headings.Count];
            values.Fill(row, runs[i], core);
            values.Fill(row, runs[i], ofRuns[i]);
            values.Fill(row, runs[i], asked);
            rows.Add(new ComparedRun(runs[i], row));
        }

        return new RunComparison(core.Columns.Length, layout.Headings, rows, ofOperations.Warnings);
    }

    /// <summary>The values of one column for runs, null where a run has none.</summary>
    public static IReadOnlyList<object?> ValuesOf(ColumnSpec column, IReadOnlyList<Run> runs, RunStore store, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(column);
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(store);
        if (column.Kind == ColumnKind.Scalar)
        {
            store.LoadScalars(runs, cancellation);
        }

        var values = new RunValueReader(TimeProvider.System);
        return [.. runs.Select(run => values.Read(run, column))];
    }

    /// <summary>The same runs in the order of a column. Those without a value come last.</summary>
    /// <exception cref="RequestException">There is no such column.</exception>
    public RunComparison OrderedBy(string column, ValueOrder order)
    {
        var at = Columns.ToList().IndexOf(column);
        if (at < 0)
        {
            throw new RequestException($"There is no column '{column}' to order by.", column, $"The columns are: {string.Join(", ", Columns)}.");
        }

        return new RunComparison(CoreCount, Columns, [.. Rows.OrderBy(row => row.Values[at], new ColumnOrder(order))], Warnings);
    }

    /// <summary>The first runs only.</summary>
    public RunComparison First(int count) => new(CoreCount, Columns, [.. Rows.Take(count)], Warnings);

    /// <summary>The same runs without the columns in which all values are the same. A run alone keeps all of them.</summary>
    public RunComparison WithoutUnchanged()
    {
        if (Rows.Count < 2)
        {
            return this;
        }

        var kept = Enumerable.Range(0, Columns.Count).Where(column => Rows.Any(row => !ValueEquality.AreEqual(row.Values[column], Rows[0].Values[column]))).ToList();
        return new RunComparison(kept.Count(column => column < CoreCount), [.. kept.Select(column => Columns[column])], [.. Rows.Select(row => new ComparedRun(row.Run, [.. kept.Select(column => row.Values[column])]))], Warnings);
    }

    /// <summary>The run with the lowest or highest value of a column, the newest of several; null if no run has a value.</summary>
    /// <param name="column">The column.</param>
    /// <param name="order">Which end is meant.</param>
    /// <param name="runs">The runs.</param>
    /// <param name="store">The store that they are from.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static Run? Best(ColumnSpec column, ValueOrder order, IReadOnlyList<Run> runs, RunStore store, CancellationToken cancellation = default)
    {
        var comparer = new ColumnOrder(order);
        return ValuesOf(column, runs, store, cancellation).Zip(runs).Where(pair => ColumnOrder.IsValue(pair.First)).OrderBy(pair => pair.First, comparer).FirstOrDefault().Second;
    }

    private static ColumnSpec[] CoreOf(ComparisonOptions options)
    {
        IEnumerable<string> names = options.SkipsCore ? [CoreColumns.Run] : CoreColumns.Names;
        return [.. names.Concat(options.ShowsExtra ? [CoreColumns.SourceCode] : []).Select(ColumnSpec.OfAttribute)];
    }
}
