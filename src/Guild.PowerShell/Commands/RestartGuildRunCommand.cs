using System.Management.Automation;
using Guild.Engine.Execution;
using Guild.Engine.Operations;
using Guild.Engine.Runs;
using Guild.PowerShell.Completion;
using Guild.PowerShell.Streams;

namespace Guild.PowerShell.Commands;

/// <summary>Starts runs again in their own directories, one after the other, and gives each when it has ended.</summary>
[Cmdlet(VerbsLifecycle.Restart, "GuildRun", DefaultParameterSetName = InputObjectSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(GuildRun))]
public sealed class RestartGuildRunCommand : RunCommand, IDynamicParameters
{
    private RuntimeDefinedParameterDictionary? _dynamicParameters;

    /// <summary>Shows nothing of what the program prints. It is recorded all the same.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Starts the runs in the background and gives each at once. They outlive the session.</summary>
    [Parameter]
    public SwitchParameter Detached { get; set; }

    /// <summary>Passes on flags that the operation does not declare, and values that it does not allow.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Offers -Flag, with the flags of the run for keys. Raises nothing: where the run is not known yet, there are none.</summary>
    public object GetDynamicParameters()
    {
        var parameters = new RuntimeDefinedParameterDictionary();
        var keys = TableParameter.IsOnlyLookedAt(MyInvocation) ? RunKeys.Flags(Id, InputObject, () => EngineContext) : null;
        TableParameter.Add(parameters, TableParameter.Flag, "Flags that get another value, by name; and the secrets that the run needs, which its record does not have.", keys);
        return _dynamicParameters = parameters;
    }

    private protected override void ProcessRun(RunStore store, GuildRun run)
    {
        var context = EngineContext;
        var given = FlagInputs.OfTable(TableParameter.ValueOf(_dynamicParameters, TableParameter.Flag)).ToList();
        var plan = RestartPlanner.GivesSecretsOnly(run.Record, given)
            ? null
            : RestartPlanner.Plan(run.Record, given, Force ? FlagForce.Force : FlagForce.None, context, StopToken);
        if (!ShouldProcess($"run {run.ShortId} ({run.Operation})", "Restart"))
        {
            return;
        }

        foreach (var warning in plan?.Warnings ?? [])
        {
            WriteWarning(warning);
        }

        var options = new RunOptions { InheritsInput = !Detached, Secrets = plan is null ? given : [] };
        var invocation = new RunInvocation(this, context, StopToken) { IsQuiet = Quiet || Detached };
        invocation.Write((Detached.IsPresent, plan) switch
        {
            (true, null) => invocation.Detach(run.Record, options),
            (true, _) => invocation.Detach(run.Record, plan, options),
            (false, null) => invocation.Restart(run.Record, options),
            (false, _) => invocation.Restart(run.Record, plan, options),
        });
    }
}
