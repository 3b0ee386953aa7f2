using System.Management.Automation;
using Guild.Engine;
using Guild.Engine.Runs;
using Guild.PowerShell.Completion;

namespace Guild.PowerShell.Commands;

/// <summary>The base of cmdlets that do something with runs: by <c>-Id</c>, or as objects from the pipeline.</summary>
public abstract class RunCommand : GuildCommand
{
    /// <summary>The name of the parameter set in which runs are named by id.</summary>
    protected const string IdSet = "Id";

    /// <summary>The name of the parameter set in which runs come as objects.</summary>
    protected const string InputObjectSet = "InputObject";

    private RunStore? _store;
    private RunLookup? _lookup;

    /// <summary>Runs by id, the first digits of an id, or position from 1 for the newest; <c>2:4</c> for a range of positions; wildcards are allowed.</summary>
    [Parameter(Position = 0, ParameterSetName = IdSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RunCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public virtual string[]? Id { get; set; }

    /// <summary>Runs as Get-GuildRun gives them.</summary>
    [Parameter(ParameterSetName = InputObjectSet, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public virtual GuildRun[]? InputObject { get; set; }

    /// <summary>Where the runs are.</summary>
    private protected virtual RunPlace Place => RunPlace.Runs;

    /// <summary>True if runs that come as objects are read again. False for what asks of them nothing that can have changed.</summary>
    private protected virtual bool NeedsNewest => true;

    /// <summary>Does the work for one run, as it is on disk now.</summary>
    private protected abstract void ProcessRun(RunStore store, GuildRun run);

    /// <inheritdoc/>
    protected override void Process()
    {
        var store = _store ??= EngineContext.Runs;
        var lookup = _lookup ??= new RunLookup(store, Place);
        foreach (var reference in Id ?? [])
        {
            ForItem(reference, () =>
            {
                foreach (var run in lookup.Select(reference))
                {
                    ProcessRun(store, new GuildRun(run));
                }
            });
        }

        foreach (var run in InputObject ?? [])
        {
            ForItem(run, () => ProcessRun(store, NeedsNewest || !run.Record.Directory.HasOpRef ? Reread(store, run) : run));
        }
    }

    /// <summary>A run as it is on disk now.</summary>
    /// <exception cref="NameNotFoundException">The run is gone.</exception>
    internal static GuildRun Reread(RunStore store, GuildRun run)
    {
        var record = store.TryRead(run.Record.Directory)
            ?? throw new NameNotFoundException(NameKind.Run, run.Id, $"Run {run.ShortId} ({run.Operation}) is gone from '{run.Path}'.", [], "List the runs with Get-GuildRun (guild runs).");
        return new GuildRun(record, run.Index);
    }
}
