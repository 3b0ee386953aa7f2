namespace Guild.PowerShell.Classic;

/// <summary>Which runs a command is about: those that pass the filter and, of these, the ones that are named.</summary>
/// <param name="Runs">Ids, prefixes, 1-based indexes into the filtered list, or ranges <c>START:END</c>, as typed; empty for the command's own default.</param>
/// <param name="Filter">What a run must be like.</param>
internal sealed record RunSelection(IReadOnlyList<string> Runs, RunFilter Filter);

/// <summary>What a run must be like. Several values of one kind are alternatives; the kinds must all hold.</summary>
internal sealed record RunFilter
{
    /// <summary>Names of operations, in parts, with <c>*</c>, or as an expression with <c>^</c> or <c>$</c>, as typed.</summary>
    public IReadOnlyList<string> Operations { get; init; } = [];

    /// <summary>Parts of labels; <c>-</c> for no label.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Tags, matched exactly.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>An expression over attributes, flags and scalars, as typed; null for none.</summary>
    public string? Expression { get; init; }

    /// <summary>Parts of comments, or of who made them; <c>-</c> for no comment.</summary>
    public IReadOnlyList<string> Comments { get; init; } = [];

    /// <summary>When the run was started, as typed; null for any time.</summary>
    public string? Started { get; init; }

    /// <summary>The beginning of the digest of the source code; null for any.</summary>
    public string? Digest { get; init; }

    /// <summary>True for marked runs only, false for unmarked ones only, null for both.</summary>
    public bool? Marked { get; init; }

    /// <summary>Statuses of which the run must have one (<c>running</c>, <c>completed</c>, …); empty for any.</summary>
    public IReadOnlyList<string> Statuses { get; init; } = [];

    /// <summary>Statuses that the run must not have.</summary>
    public IReadOnlyList<string> ExcludedStatuses { get; init; } = [];
}

/// <summary>A command about several runs.</summary>
internal abstract record SelectedRunsCommand : ClassicCommand
{
    /// <summary>Which runs.</summary>
    public required RunSelection Selection { get; init; }
}

/// <summary>List runs: <c>guild runs</c> and <c>guild runs list</c>.</summary>
internal sealed record ListRunsCommand : SelectedRunsCommand
{
    /// <summary>How many runs a page has.</summary>
    public const int PageSize = 20;

    /// <summary>How many runs to show at most; null for all.</summary>
    public int? Limit { get; init; } = PageSize;

    /// <summary>Whether the limit is the page's and not the user's, so that a note is due where it cuts.</summary>
    public bool IsPaged { get; init; } = true;

    /// <summary>Whether deleted runs are listed instead.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>The folder or zip file whose runs are listed instead; null for those of the home.</summary>
    public string? Archive { get; init; }

    /// <summary>Whether the comments of each run stand below it.</summary>
    public bool ShowsComments { get; init; }

    /// <summary>How the list looks.</summary>
    public RunListForm Form { get; init; }
}

/// <summary>How a list of runs looks.</summary>
internal enum RunListForm
{
    /// <summary>A line a run, with short id and start.</summary>
    Table,

    /// <summary>A line a run, without id and start.</summary>
    Simplified,

    /// <summary>A line a run, with details below.</summary>
    Verbose,

    /// <summary>A JSON array of all runs.</summary>
    Json,
}

/// <summary>Show one run: <c>guild runs info</c>.</summary>
internal sealed record RunInfoCommand : SelectedRunsCommand
{
    /// <summary>Whether comments are shown.</summary>
    public bool ShowsComments { get; init; }

    /// <summary>Whether the environment is shown.</summary>
    public bool ShowsEnvironment { get; init; }

    /// <summary>Whether dependencies are shown.</summary>
    public bool ShowsDependencies { get; init; }

    /// <summary>Whether the manifest of files is shown.</summary>
    public bool ShowsManifest { get; init; }

    /// <summary>Whether the plugins are shown.</summary>
    public bool ShowsPlugins { get; init; }

    /// <summary>Whether what the run is restarted by is shown.</summary>
    public bool ShowsPrivate { get; init; }

    /// <summary>Whether system scalars are shown too, and the first, least, greatest and mean values of each.</summary>
    public bool ShowsAllScalars { get; init; }

    /// <summary>Whether all is written as JSON.</summary>
    public bool IsJson { get; init; }
}

/// <summary>A command that changes runs, and asks before it does.</summary>
internal abstract record ChangeRunsCommand : SelectedRunsCommand
{
    /// <summary>Whether to ask nothing.</summary>
    public bool AssumesYes { get; init; }
}

/// <summary>Delete runs: <c>guild runs delete</c>.</summary>
internal sealed record DeleteRunsCommand : ChangeRunsCommand
{
    /// <summary>Whether they are lost at once instead of moved to the trash.</summary>
    public bool IsPermanent { get; init; }

    /// <summary>The folder, or the name of the archive, whose runs are deleted instead; null for those of the home.</summary>
    public string? Archive { get; init; }
}

/// <summary>Take runs back from the trash: <c>guild runs restore</c>.</summary>
internal sealed record RestoreRunsCommand : ChangeRunsCommand;

/// <summary>Remove runs from the trash for good: <c>guild runs purge</c>.</summary>
internal sealed record PurgeRunsCommand : ChangeRunsCommand;

/// <summary>Stop running runs: <c>guild stop</c>.</summary>
internal sealed record StopRunsCommand : ChangeRunsCommand
{
    /// <summary>How long a program may take to end before it is killed.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether it is killed at once.</summary>
    public bool IsForced { get; init; }

    /// <summary>Whether to return before the programs have ended.</summary>
    public bool ReturnsAtOnce { get; init; }
}

/// <summary>Show what a run prints until it has ended: <c>guild watch</c>.</summary>
internal sealed record WatchRunCommand : SelectedRunsCommand
{
    /// <summary>The process id, or the file that holds it, as typed; null if none was given.</summary>
    public string? ProcessId { get; init; }
}

/// <summary>Change the labels of runs: <c>guild label</c>. One of the changes is given; only <see cref="Removed"/> may join an addition.</summary>
internal sealed record LabelRunsCommand : ChangeRunsCommand
{
    /// <summary>The whole new label; null if not given.</summary>
    public string? NewLabel { get; init; }

    /// <summary>What goes before the label; null if not given.</summary>
    public string? Prefix { get; init; }

    /// <summary>What goes behind the label; null if not given.</summary>
    public string? Suffix { get; init; }

    /// <summary>What goes out of the label.</summary>
    public IReadOnlyList<string> Removed { get; init; } = [];

    /// <summary>Whether the label goes.</summary>
    public bool IsCleared { get; init; }
}

/// <summary>Print the ids of runs: <c>guild select</c>.</summary>
internal sealed record SelectRunsCommand : SelectedRunsCommand
{
    /// <summary>Whether all runs are printed, and not only the first.</summary>
    public bool ShowsAll { get; init; }

    /// <summary>The column of which one run has the best value, as typed; null to select by other means.</summary>
    public string? BestColumn { get; init; }

    /// <summary>Whether the highest value is the best, and not the lowest.</summary>
    public bool IsHighestBest { get; init; }

    /// <summary>What is printed of each run.</summary>
    public SelectedPart Part { get; init; }

    /// <summary>The attribute's name where <see cref="Part"/> is <see cref="SelectedPart.Attribute"/>; else null.</summary>
    public string? Attribute { get; init; }
}

/// <summary>What <c>guild select</c> prints of a run.</summary>
internal enum SelectedPart
{
    /// <summary>The id.</summary>
    Id,

    /// <summary>The short id.</summary>
    ShortId,

    /// <summary>The value of an attribute.</summary>
    Attribute,

    /// <summary>The run's directory.</summary>
    Directory,
}

/// <summary>Print a file of a run, or its output: <c>guild cat</c>.</summary>
internal sealed record PrintFileCommand : SelectedRunsCommand
{
    /// <summary>The file's path below the run's directory; null with <see cref="IsOutput"/>.</summary>
    public string? Path { get; init; }

    /// <summary>Whether the path is below the run's source code.</summary>
    public bool IsSourceCode { get; init; }

    /// <summary>Whether the output is printed.</summary>
    public bool IsOutput { get; init; }
}

/// <summary>List the files of a run: <c>guild ls</c>.</summary>
internal sealed record ListFilesCommand : SelectedRunsCommand
{
    /// <summary>The folder or pattern below the run's directory; null for all.</summary>
    public string? Path { get; init; }

    /// <summary>The kinds of files that are listed; empty for all that are not Guild's own.</summary>
    public IReadOnlyList<RunFileKind> Kinds { get; init; } = [];

    /// <summary>Whether Guild's own files are listed too.</summary>
    public bool ShowsAll { get; init; }

    /// <summary>Whether whole paths are printed.</summary>
    public bool ShowsFullPaths { get; init; }

    /// <summary>Whether linked folders are entered.</summary>
    public bool FollowsLinks { get; init; }

    /// <summary>Whether the heading and the indents are left out.</summary>
    public bool IsPlain { get; init; }

    /// <summary>Whether sizes are shown.</summary>
    public bool ShowsSizes { get; init; }
}

/// <summary>Where a file of a run comes from.</summary>
internal enum RunFileKind
{
    /// <summary>Copied from the project.</summary>
    SourceCode,

    /// <summary>Resolved from a resource.</summary>
    Dependency,

    /// <summary>Made by the program.</summary>
    Generated,
}
