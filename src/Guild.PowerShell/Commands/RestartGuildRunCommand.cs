using System.Management.Automation;
using Guild.Engine.Execution;
using Guild.Engine.Operations;
using Guild.Engine.Runs;
using Guild.Engine.Search.Batches;
using Guild.PowerShell.Completion;

namespace Guild.PowerShell.Commands;

/// <summary>Starts runs again in their own directories, one after the other, and gives each when it has ended.</summary>
[Cmdlet(VerbsLifecycle.Restart, "GuildRun", DefaultParameterSetName = InputObjectSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(GuildRun))]
public sealed class RestartGuildRunCommand : BeginRunCommand
{
    /// <summary>Passes on flags that the operation does not declare, and values that it does not allow.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Gives the run the source code and the command that its project has now, in place of its own. Of a pipeline the completed steps whose source code is another now are made anew.</summary>
    [Parameter]
    public SwitchParameter ForceSourceCode { get; set; }

    /// <summary>Of a batch or a pipeline, how many trials or steps run at the same time from now on; as many as before if left out.</summary>
    [Parameter]
    [ValidateRange(1, 1024)]
    public int? ThrottleLimit { get; set; }

    private RunOptions Options => new() { ForcesSourceCode = ForceSourceCode };

    private protected override string FlagHelp => "Flags that get another value, by name; and the secrets that the run needs, which its record does not have.";

    private protected override TableKey[]? FlagKeys() => RunKeys.Flags(Id, InputObject, () => EngineContext);

    private protected override void ProcessRun(RunStore store, GuildRun run)
    {
        var context = EngineContext;
        var given = GivenFlags();
        if (BatchRunner.CanCarryOut(run.Record))
        {
            OperationRunner.RequireOwnSourceCode(run.Record, Options);
            ProcessBatch(run, "Restart", ThrottleLimit);
            return;
        }

        var plan = RestartPlanner.NeedsNone(run.Record, given, Options)
            ? null
            : RestartPlanner.Plan(run.Record, given, Force ? FlagForce.Force : FlagForce.None, context, StopToken);
        if (!ShouldProcess($"run {run.ShortId} ({run.Operation})", "Restart"))
        {
            return;
        }

        if (ThrottleLimit is { } limit)
        {
            RecordedThrottleLimit.Change(run.Record, limit);
        }

        foreach (var warning in plan?.Warnings ?? [])
        {
            WriteWarning(warning);
        }

        KeepIfAsked(run);
        if (KeepRun && plan is not null)
        {
            plan = plan with { Request = plan.Request with { KeepsRun = true } };
        }

        var options = Options with { InheritsInput = !Detached, Secrets = plan is null ? given : [] };
        var invocation = Invocation(context);
        invocation.Write((Detached.IsPresent, plan) switch
        {
            (true, null) => invocation.Detach(run.Record, options),
            (true, _) => invocation.Detach(run.Record, plan, options),
            (false, null) => invocation.Restart(run.Record, options),
            (false, _) => invocation.Restart(run.Record, plan, options),
        });
    }
}
