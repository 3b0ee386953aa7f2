using System.Management.Automation;
using Guild.Engine.Execution;
using Guild.Engine.Runs;
using Guild.PowerShell.Completion;
using Guild.PowerShell.Streams;

namespace Guild.PowerShell.Commands;

/// <summary>Starts staged runs, one after the other, and gives each when it has ended.</summary>
[Cmdlet(VerbsLifecycle.Start, "GuildRun", DefaultParameterSetName = InputObjectSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(GuildRun))]
public sealed class StartGuildRunCommand : RunCommand, IDynamicParameters
{
    private RuntimeDefinedParameterDictionary? _dynamicParameters;

    /// <summary>Shows nothing of what the program prints. It is recorded all the same.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Starts the runs in the background and gives each at once. They outlive the session.</summary>
    [Parameter]
    public SwitchParameter Detached { get; set; }

    /// <summary>Offers -Flag, with the secrets of the run for keys. Raises nothing: where the run is not known yet, there are none.</summary>
    public object GetDynamicParameters()
    {
        var parameters = new RuntimeDefinedParameterDictionary();
        var keys = TableParameter.IsOnlyLookedAt(MyInvocation) ? RunKeys.Secrets(Id, InputObject, () => EngineContext) : null;
        TableParameter.Add(parameters, TableParameter.Flag, "The secrets that the run needs, by the names of their flags: the record of a staged run does not have them.", keys);
        return _dynamicParameters = parameters;
    }

    private protected override void ProcessRun(RunStore store, GuildRun run)
    {
        if (!ShouldProcess($"run {run.ShortId} ({run.Operation})", "Start"))
        {
            return;
        }

        var options = new RunOptions { InheritsInput = !Detached, Secrets = [.. FlagInputs.OfTable(TableParameter.ValueOf(_dynamicParameters, TableParameter.Flag))] };
        var invocation = new RunInvocation(this, EngineContext, StopToken) { IsQuiet = Quiet || Detached };
        if (Detached)
        {
            OperationRunner.RequireStaged(run.Record);
            invocation.Write(invocation.Detach(run.Record, options));
        }
        else
        {
            invocation.Write(invocation.Start(run.Record, options));
        }
    }
}
