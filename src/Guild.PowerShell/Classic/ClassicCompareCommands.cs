namespace Guild.PowerShell.Classic;

/// <summary>Compare runs: <c>guild compare</c>.</summary>
internal sealed record CompareRunsCommand : SelectedRunsCommand
{
    /// <summary>What is written.</summary>
    public ComparisonForm Form { get; init; }

    /// <summary>The file that is written to, or <c>-</c>; null where <see cref="Form"/> is another.</summary>
    public string? CsvPath { get; init; }

    /// <summary>The columns that were asked for, as typed; null if none were.</summary>
    public string? Columns { get; init; }

    /// <summary>Whether these are all columns.</summary>
    public bool IsStrict { get; init; }

    /// <summary>Whether core columns are left out.</summary>
    public bool SkipsCore { get; init; }

    /// <summary>Whether the columns of operations are left out.</summary>
    public bool SkipsOperationColumns { get; init; }

    /// <summary>Whether columns are left out whose values are the same in all runs.</summary>
    public bool SkipsUnchanged { get; init; }

    /// <summary>Whether seldom columns are shown.</summary>
    public bool ShowsExtra { get; init; }

    /// <summary>Whether system scalars are shown.</summary>
    public bool ShowsAllScalars { get; init; }

    /// <summary>Whether batches are shown.</summary>
    public bool IncludesBatches { get; init; }

    /// <summary>The column by which the runs are ordered, by its heading; null for the order of lists.</summary>
    public string? OrderColumn { get; init; }

    /// <summary>Whether the highest value comes first, and not the lowest.</summary>
    public bool IsHighestFirst { get; init; }

    /// <summary>How many runs to show at most; null for all.</summary>
    public int? Limit { get; init; }
}

/// <summary>What <c>guild compare</c> writes.</summary>
internal enum ComparisonForm
{
    /// <summary>A table.</summary>
    Table,

    /// <summary>Comma-separated values.</summary>
    Csv,

    /// <summary>The scalars of each run.</summary>
    Scalars,
}

/// <summary>Show in what two runs differ: <c>guild diff</c>.</summary>
internal sealed record DiffRunsCommand : SelectedRunsCommand
{
    /// <summary>What of the runs is compared; empty, with no paths, for all.</summary>
    public IReadOnlyList<DiffPart> Parts { get; init; } = [];

    /// <summary>Files and folders of the runs, as typed.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Whether a run is compared with its project.</summary>
    public bool ComparesWorking { get; init; }

    /// <summary>The folder that a run is compared with, as typed; null for another run.</summary>
    public string? Directory { get; init; }

    /// <summary>The program that shows differences, with its arguments, as typed; null if none was named.</summary>
    public string? Program { get; init; }
}

/// <summary>A part of a run that can be compared.</summary>
internal enum DiffPart
{
    /// <summary>All attributes.</summary>
    Attributes,

    /// <summary>The environment.</summary>
    Environment,

    /// <summary>The flags.</summary>
    Flags,

    /// <summary>The dependencies.</summary>
    Dependencies,

    /// <summary>The output.</summary>
    Output,

    /// <summary>The source code.</summary>
    SourceCode,
}
