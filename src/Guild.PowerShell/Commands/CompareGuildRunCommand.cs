using System.Management.Automation;
using Guild.Engine;
using Guild.Engine.Runs;
using Guild.Engine.Runs.Comparing;
using Guild.Engine.Search.Batches;
using Guild.PowerShell.Completion;
using Guild.PowerShell.Views;

namespace Guild.PowerShell.Commands;

/// <summary>Puts runs beside each other: a row a run, with the columns that their operations ask for, or those that are asked for.</summary>
[Cmdlet(VerbsData.Compare, "GuildRun", DefaultParameterSetName = AllSet)]
[OutputType(typeof(GuildComparedRun), typeof(GuildRunDifference), typeof(string))]
public sealed class CompareGuildRunCommand : GuildCommand
{
    private const string AllSet = "All";
    private const string IdSet = "Id";
    private const string InputObjectSet = "InputObject";

    private static readonly string[] ColumnParameters = [nameof(Column), nameof(ExtraColumn), nameof(SkipCore), nameof(SkipOperationColumn), nameof(SkipUnchanged), nameof(AllScalar), nameof(Table)];

    private readonly List<Run> _runs = [];
    private readonly List<Run> _batches = [];
    private RunStore? _store;
    private RunLookup? _lookup;

    /// <summary>Runs by id, the first digits of an id, or position from 1 for the newest; <c>2:4</c> for a range of positions; wildcards are allowed.</summary>
    [Parameter(Position = 0, ParameterSetName = IdSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RunCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <summary>Runs as Get-GuildRun gives them. Batches alone stand for their trials.</summary>
    [Parameter(ParameterSetName = InputObjectSet, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public GuildRun[]? InputObject { get; set; }

    /// <summary>The columns, instead of all others: <c>min loss</c>, <c>loss step as step</c>, <c>=FLAG</c>, <c>.ATTRIBUTE</c>.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Column { get; set; }

    /// <summary>Columns beside those that there are anyway.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? ExtraColumn { get; set; }

    /// <summary>Leaves out the columns that say what the run is, except for Run.</summary>
    [Parameter]
    public SwitchParameter SkipCore { get; set; }

    /// <summary>Leaves out the columns that the operations ask for.</summary>
    [Parameter]
    public SwitchParameter SkipOperationColumn { get; set; }

    /// <summary>Leaves out the columns whose values are the same in all runs.</summary>
    [Parameter]
    public SwitchParameter SkipUnchanged { get; set; }

    /// <summary>Shows system scalars too, where all scalars of a run are shown.</summary>
    [Parameter]
    public SwitchParameter AllScalar { get; set; }

    /// <summary>Takes batches too, and not their trials in their place. Those that are named by their ids are always taken.</summary>
    [Parameter]
    public SwitchParameter IncludeBatch { get; set; }

    /// <summary>Gives the lines of a table of all columns, as text.</summary>
    [Parameter]
    public SwitchParameter Table { get; set; }

    /// <summary>Gives in what two runs differ, instead of what each of them has.</summary>
    [Parameter]
    public SwitchParameter Difference { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var store = _store ??= EngineContext.Runs;
        foreach (var run in InputObject ?? [])
        {
            // What is not in the object, such as its scalars, is read from its folder.
            ForItem(run, () => Take(run.Record.Directory.HasOpRef ? run.Record : RunCommand.Reread(store, run).Record));
        }

        var lookup = _lookup ??= new RunLookup(store);
        foreach (var reference in Id ?? [])
        {
            ForItem(reference, () => _runs.AddRange(lookup.Select(reference)));
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        var store = _store ??= EngineContext.Runs;
        if (Difference)
        {
            WriteDifferences(store);
            return;
        }

        var options = Options();
        if (ParameterSetName == AllSet)
        {
            foreach (var run in store.List(cancellation: StopToken))
            {
                Take(run);
            }
        }

        // What a search gives is its batch, and what there is to compare of it are its trials. In a list of all kinds of runs they are there by themselves.
        if (_runs.Count == 0)
        {
            _runs.AddRange(_batches.SelectMany(batch => BatchTrials.IdsInOrder(batch.Directory)).Distinct(StringComparer.Ordinal).Select(id => store.TryRead(id)).OfType<Run>());
        }

        var comparison = RunComparison.Of(_runs, store, options, StopToken);
        foreach (var warning in comparison.Warnings)
        {
            WriteWarning(warning);
        }

        comparison = SkipUnchanged ? comparison.WithoutUnchanged() : comparison;
        if (Table)
        {
            WriteObject(ComparedText.Table(comparison, ComparedRows.Names(comparison)), enumerateCollection: true);
            return;
        }

        foreach (var row in ComparedRows.Of(comparison))
        {
            StopToken.ThrowIfCancellationRequested();
            WriteObject(row);
        }
    }

    private void Take(Run run)
    {
        if (IncludeBatch || Difference || !run.IsBatch)
        {
            _runs.Add(run);
        }
        else if (ParameterSetName == InputObjectSet)
        {
            _batches.Add(run);
        }
    }

    private ComparisonOptions Options() => new()
    {
        SkipsCore = SkipCore || Column is not null,
        SkipsOperationColumns = SkipOperationColumn || Column is not null,
        ShowsAllScalars = AllScalar,
        Columns = [.. Parsed(Column), .. Parsed(ExtraColumn)],
        KeepsColumnsApart = true,
        ReservedHeadings = [nameof(GuildComparedRun.Id)],
        Packages = Session.Packages,
    };

    private static IEnumerable<ColumnSpec> Parsed(string[]? columns) => (columns ?? []).SelectMany(ColumnSpec.Parse);

    private void WriteDifferences(RunStore store)
    {
        if (Array.Find(ColumnParameters, MyInvocation.BoundParameters.ContainsKey) is { } other)
        {
            throw new RequestException($"-Difference and -{other} cannot be used together: differences have no columns.", other, "Leave one of them out.");
        }

        if (ParameterSetName == AllSet)
        {
            _runs.AddRange(store.Select(["2", "1"]));
        }

        if (_runs is not [var reference, var run])
        {
            throw new RequestException(
                FormattableString.Invariant($"-Difference needs two runs, and there {(_runs.Count == 1 ? "is one" : $"are {_runs.Count}")}."),
                null,
                "Name two runs, the older one first: Compare-GuildRun 2, 1 -Difference");
        }

        foreach (var difference in RunDifferences.Between(reference, run))
        {
            StopToken.ThrowIfCancellationRequested();
            WriteObject(new GuildRunDifference(reference.Id, run.Id, difference));
        }
    }
}
