using System.Management.Automation;
using Guild.Engine.Runs;
using Guild.PowerShell.Completion;

namespace Guild.PowerShell.Commands;

/// <summary>Gets runs: all of the home, newest first, or those that are asked for.</summary>
[Cmdlet(VerbsCommon.Get, "GuildRun", DefaultParameterSetName = AllSet)]
[OutputType(typeof(GuildRun))]
public sealed class GetGuildRunCommand : GuildCommand
{
    private const string AllSet = "All";
    private const string IdSet = "Id";
    private const string InputObjectSet = "InputObject";

    private RunStore? _store;
    private RunLookup? _lookup;
    private int _given;

    /// <summary>Runs by id, the first digits of an id, or position from 1 for the newest; <c>2:4</c> for a range of positions.</summary>
    [Parameter(Position = 0, ParameterSetName = IdSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NotFrom(typeof(GuildOperation))]
    [ArgumentCompleter(typeof(RunCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <summary>Operations as Get-GuildOperation gives them, whose runs are meant.</summary>
    [Parameter(ParameterSetName = InputObjectSet, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public GuildOperation[]? InputObject { get; set; }

    /// <summary>Operations, with or without the model; wildcards are allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(OperationCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Operation { get; set; }

    /// <summary>Statuses.</summary>
    [Parameter]
    public GuildRunStatus[]? Status { get; set; }

    /// <summary>Labels; wildcards are allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LabelCompleter))]
    [SupportsWildcards]
    [ValidateNotNull]
    public string[]? Label { get; set; }

    /// <summary>Tags; wildcards are allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TagCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Tag { get; set; }

    /// <summary>Only runs of the project in this folder.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Project { get; set; }

    /// <summary>Only marked runs.</summary>
    [Parameter]
    public SwitchParameter Marked { get; set; }

    /// <summary>Runs in the trash instead of those in the home.</summary>
    [Parameter]
    public SwitchParameter Deleted { get; set; }

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
        var store = _store ??= Open();
        var lookup = _lookup ??= new RunLookup(store, Place);
        if (Id is null)
        {
            WriteMatching(InputObject is null ? All(store) : All(store).Where(r => InputObject.Any(o => IsOf(o, r))));
            return;
        }

        foreach (var reference in Id)
        {
            ForItem(reference, () => WriteMatching(lookup.Select(reference).Select(r => new GuildRun(r))));
        }
    }

    private bool IsFiltered => InputObject is not null || Operation is not null || Status is not null || Label is not null || Tag is not null || Project is not null || Marked;

    private RunStore Open()
    {
        var context = EngineContext;
        return Refresh ? context.RefreshedRuns : context.Runs;
    }

    private RunPlace Place => Deleted ? RunPlace.Trash : RunPlace.Runs;

    private IEnumerable<GuildRun> All(RunStore store) => store.List(Place, IsFiltered ? int.MaxValue : First, StopToken).Select((run, i) => new GuildRun(run, i + 1));

    private void WriteMatching(IEnumerable<GuildRun> runs)
    {
        var project = Project is null ? null : GetUnresolvedProviderPathFromPSPath(Project);
        foreach (var run in runs.Where(r => IsMeant(r, project)).Take(First - _given))
        {
            StopToken.ThrowIfCancellationRequested();
            _given++;
            WriteObject(run);
        }
    }

    private static bool IsOf(GuildOperation operation, GuildRun run) =>
        run.Operation == operation.FullName && (run.Package is not null || string.Equals(run.ProjectPath, operation.ProjectPath, PathComparison));

    private bool IsMeant(GuildRun run, string? project) =>
        (Operation is null || Matches(Operation, run.Operation) || Matches(Operation, run.Record.OperationName))
        && (Status is null || Status.Any(s => string.Equals(s.ToString(), run.Status, StringComparison.OrdinalIgnoreCase)))
        && (Label is null || Matches(Label, run.Label ?? ""))
        && (Tag is null || run.Tags.Any(t => Matches(Tag, t)))
        && (!Marked || run.Marked)
        && (project is null || string.Equals(run.ProjectPath, Path.TrimEndingDirectorySeparator(project), PathComparison));

    private static StringComparison PathComparison => OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private static bool Matches(string[] patterns, string text) => patterns.Any(p => WildcardPattern.Get(p, WildcardOptions.IgnoreCase).IsMatch(text));
}
