using System.Management.Automation;
using Guild.Engine;
using Guild.Engine.Execution;
using Guild.Engine.Flags;
using Guild.Engine.Operations;
using Guild.PowerShell.Completion;
using Guild.PowerShell.Streams;

namespace Guild.PowerShell.Commands;

/// <summary>The base of cmdlets that begin runs which are there already, in their own directories, here or in the background.</summary>
public abstract class BeginRunCommand : RunCommand, IDynamicParameters
{
    private RuntimeDefinedParameterDictionary? _dynamicParameters;

    /// <summary>Shows nothing of what the program prints. It is recorded all the same.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Starts the runs in the background and gives each at once. They outlive the session.</summary>
    [Parameter]
    public SwitchParameter Detached { get; set; }

    /// <summary>Keeps the run, or the trials of a batch, also when it ends well and its operation has <c>delete-on-success</c>.</summary>
    [Parameter]
    public SwitchParameter KeepRun { get; set; }

    /// <summary>Offers -Flag, with names that the run knows for keys. Raises nothing: where the run is not known yet, there are none.</summary>
    public object GetDynamicParameters()
    {
        var parameters = new RuntimeDefinedParameterDictionary();
        TableParameter.Add(parameters, TableParameter.Flag, FlagHelp, TableParameter.IsOnlyLookedAt(MyInvocation) ? FlagKeys() : null);
        return _dynamicParameters = parameters;
    }

    /// <summary>What -Flag is for.</summary>
    private protected abstract string FlagHelp { get; }

    /// <summary>What is offered for keys of -Flag; null where the run is not known.</summary>
    private protected abstract TableKey[]? FlagKeys();

    /// <summary>What was given by -Flag.</summary>
    private protected IReadOnlyList<KeyValuePair<string, FlagInput>> GivenFlags() =>
        [.. FlagInputs.OfTable(TableParameter.ValueOf(_dynamicParameters, TableParameter.Flag))];

    /// <summary>Begins a batch that is there, or goes on with it.</summary>
    private protected void ProcessBatch(GuildRun batch, string action, int? throttleLimit = null)
    {
        if (GivenFlags() is [var (flag, _), ..])
        {
            throw new RequestException(
                $"The flags of batch {batch.ShortId} ({batch.Operation}) cannot be changed: its trials are what they were planned to be.", flag, "Make a new batch with Invoke-GuildOperation -Prototype.");
        }

        if (!ShouldProcess($"batch {batch.ShortId} ({batch.Operation})", action))
        {
            return;
        }

        if (throttleLimit is { } limit)
        {
            RecordedThrottleLimit.Change(batch.Record, limit);
        }

        if (KeepRun)
        {
            RecordedDeletion.CancelForTrials(batch.Record);
        }

        if (Detached)
        {
            var invocation = Invocation(EngineContext);
            invocation.Write(invocation.Detach(batch.Record, new RunOptions()));
        }
        else
        {
            var invocation = new BatchInvocation(this, EngineContext, StopToken) { IsQuiet = Quiet };
            invocation.Write(invocation.Restart(batch.Record, new RunOptions()));
        }
    }

    /// <summary>Sees to it that the run stays when it ends well, if that was asked for.</summary>
    private protected void KeepIfAsked(GuildRun run)
    {
        if (KeepRun)
        {
            RecordedDeletion.Cancel(run.Record);
        }
    }

    /// <summary>What carries a run out as the parameters say.</summary>
    private protected RunInvocation Invocation(EngineContext context) => new(this, context, StopToken) { IsQuiet = Quiet || Detached };
}
