using System.Management.Automation;
using Guild.Engine;
using Guild.Engine.Runs;
using Guild.Engine.Runs.Queries;
using Guild.Engine.Runs.Transfer;
using Guild.PowerShell.Completion;

namespace Guild.PowerShell.Commands;

/// <summary>Gets runs: all of the home, newest first, or those that are asked for.</summary>
[Cmdlet(VerbsCommon.Get, "GuildRun", DefaultParameterSetName = AllSet)]
[OutputType(typeof(GuildRun))]
public sealed partial class GetGuildRunCommand : GuildCommand
{
    private const string AllSet = "All";
    private const string IdSet = "Id";
    private const string InputObjectSet = "InputObject";

    private RunStore? _store;
    private RunLookup? _lookup;
    private RunQuery? _query;
    private ArchivedRuns? _archive;
    private int _given;

    /// <summary>Runs by id, the first digits of an id, or position from 1 for the newest; <c>2:4</c> for a range of positions; wildcards are allowed.</summary>
    [Parameter(Position = 0, ParameterSetName = IdSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NotFrom(typeof(GuildOperation))]
    [ArgumentCompleter(typeof(RunCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <summary>Operations as Get-GuildOperation gives them, whose runs are meant.</summary>
    [Parameter(ParameterSetName = InputObjectSet, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public GuildOperation[]? InputObject { get; set; }

    /// <summary>A filter by attributes, flags and scalars, such as <c>lr &lt; 0.1 and loss &lt; 0.2</c>.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FilterCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Filter { get; set; }

    /// <summary>Operations, with or without the model; wildcards are allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(OperationCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Operation { get; set; }

    /// <summary>Statuses.</summary>
    [Parameter]
    public GuildRunStatus[]? Status { get; set; }

    /// <summary>Only runs started in this range of time, such as <c>today</c> or <c>last 3 days</c>.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TimeRangeCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Started { get; set; }

    /// <summary>Only runs started since then, such as <c>2 hours ago</c> or <c>yesterday</c>.</summary>
    [Parameter]
    [Since]
    [ArgumentCompleter(typeof(TimeRangeCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Since { get; set; }

    /// <summary>Only runs started at this time or after it.</summary>
    [Parameter]
    [Moment]
    [ArgumentCompleter(typeof(DayCompleter))]
    public DateTimeOffset? StartedAfter { get; set; }

    /// <summary>Only runs started before this time.</summary>
    [Parameter]
    [Moment]
    [ArgumentCompleter(typeof(DayCompleter))]
    public DateTimeOffset? StartedBefore { get; set; }

    /// <summary>Labels; wildcards are allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LabelCompleter))]
    [SupportsWildcards]
    [ValidateNotNull]
    public string[]? Label { get; set; }

    /// <summary>Labels of runs that are not wanted; wildcards are allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LabelCompleter))]
    [SupportsWildcards]
    [ValidateNotNull]
    public string[]? ExcludeLabel { get; set; }

    /// <summary>Tags, of which a run must have one; wildcards are allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TagCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Tag { get; set; }

    /// <summary>Tags, of which a run must have all; wildcards are allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TagCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? AllTag { get; set; }

    /// <summary>Tags of runs that are not wanted; wildcards are allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TagCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? ExcludeTag { get; set; }

    /// <summary>What a comment says; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNull]
    public string[]? Comment { get; set; }

    /// <summary>The digest of the source code that was run, or the first digits of it.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DigestCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Digest { get; set; }

    /// <summary>Only runs of the project in this folder.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Project { get; set; }

    /// <summary>Only the trials of these batches: runs as Invoke-GuildOperation and Get-GuildRun give them, or ids, first digits of ids, or places in the list.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(BatchCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Batch { get; set; }

    /// <summary>Only marked runs.</summary>
    [Parameter]
    public SwitchParameter Marked { get; set; }

    /// <summary>Only runs that are not marked.</summary>
    [Parameter]
    public SwitchParameter Unmarked { get; set; }

    /// <summary>Runs in the trash instead of those in the home.</summary>
    [Parameter]
    public SwitchParameter Deleted { get; set; }

    /// <summary>Runs in this folder, which Export-GuildRun made, or in the archive of this name, instead of those in the home.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ArchiveCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Archive { get; set; }

    /// <summary>Reads every run from its directory, whatever the index of the home says of it. Needed only after an attribute was overwritten by hand.</summary>
    [Parameter]
    public SwitchParameter Refresh { get; set; }

    /// <summary>How many runs at the most.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int First { get; set; } = int.MaxValue;

    /// <inheritdoc/>
    protected override void Process()
    {
        var query = _query ??= Query();
        var store = _store ??= Open();
        if (Archive is not null)
        {
            WriteArchived(store, query, _archive ??= ArchivedRuns.Open(Archived(Archive), WriteWarning, StopToken));
            return;
        }

        var lookup = _lookup ??= new RunLookup(store, Place);
        if (Id is null)
        {
            WriteListed(store, InputObject is { } operations ? With(query, run => Array.Exists(operations, o => IsOf(o, run))) : query);
            return;
        }

        foreach (var reference in Id)
        {
            ForItem(reference, () => Write(query.Of(lookup.Select(reference), store, StopToken).Select(run => new GuildRun(run))));
        }
    }

    private RunStore Open()
    {
        var context = EngineContext;
        return Refresh ? context.RefreshedRuns : context.Runs;
    }

    private RunPlace Place => Deleted ? RunPlace.Trash : RunPlace.Runs;

    private string Archived(string path) => Deleted
        ? throw new RequestException("-Archive and -Deleted cannot both be given: runs lie in one place.", "Deleted", "Leave one of them out.")
        : NamedArchive.Locate(path, GetUnresolvedProviderPathFromPSPath(path), EngineContext);

    private void WriteArchived(RunStore store, RunQuery query, ArchivedRuns archive)
    {
        if (Id is null)
        {
            var wanted = InputObject is { } operations ? With(query, run => Array.Exists(operations, o => IsOf(o, run))) : query;
            Write(wanted.Of(archive.All.Select((run, at) => new ListedRun(run, at + 1)), static l => l.Run, store, StopToken).Select(static l => new GuildRun(l.Run, l.Place)));
            return;
        }

        foreach (var reference in Id)
        {
            ForItem(reference, () => Write(query.Of(archive.Select(reference), store, StopToken).Select(run => new GuildRun(run))));
        }
    }

    private void WriteListed(RunStore store, RunQuery query)
    {
        var listed = store.List(Place, query.IsEmpty ? First : int.MaxValue, StopToken).Select((run, at) => new ListedRun(run, at + 1));
        Write(query.Of(listed, static l => l.Run, store, StopToken).Select(static l => new GuildRun(l.Run, l.Place)));
    }

    private void Write(IEnumerable<GuildRun> runs)
    {
        foreach (var run in runs.Take(First - _given))
        {
            StopToken.ThrowIfCancellationRequested();
            _given++;
            WriteObject(run);
        }
    }

    private static RunQuery With(RunQuery query, Func<Run, bool> condition) =>
        query with { Condition = query.Condition is { } other ? run => other(run) && condition(run) : condition };

    private static bool IsOf(GuildOperation operation, Run run) =>
        run.FullName == operation.FullName && (run.PackageName is not null || string.Equals(run.ProjectPath, operation.ProjectPath, PathComparison));

    private static StringComparison PathComparison => OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private sealed record ListedRun(Run Run, int Place);
}
