using System.Management.Automation;
using Guild.Engine;
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

    /// <summary>Of a pipeline, goes on from now on, when a step fails, with those that do not depend on it. <c>-KeepGoing:$false</c> takes it back.</summary>
    [Parameter]
    public SwitchParameter KeepGoing { get; set; }

    /// <summary>Makes the run ready to be started, with the flags and GPUs that are given, and does not start its program.</summary>
    [Parameter]
    public SwitchParameter Stage { get; set; }

    /// <summary>The GPUs that the program sees from now on, as in 0,1. An empty list shows none. Those that it saw before if left out.</summary>
    [Parameter]
    [ValidateNotNull]
    [AllowEmptyCollection]
    public string[]? Gpu { get; set; }

    private RunOptions Options => new() { ForcesSourceCode = ForceSourceCode, StagesOnly = Stage, Gpus = Devices };

    private protected override string FlagHelp => "Flags that get another value, by name; and the secrets that the run needs, which its record does not have.";

    private protected override TableKey[]? FlagKeys() => RunKeys.Flags(Id, InputObject, () => EngineContext);

    private protected override void ProcessRun(RunStore store, GuildRun run)
    {
        var context = EngineContext;
        var given = GivenFlags();
        if (BatchRunner.CanCarryOut(run.Record))
        {
            RequirePlainBatch(run);
            OperationRunner.RequireOwnSourceCode(run.Record, Options);
            ProcessBatch(run, "Restart", ThrottleLimit);
            return;
        }

        RequireSense(run);

        var plan = RestartPlanner.NeedsNone(run.Record, given, Options)
            ? null
            : RestartPlanner.Plan(run.Record, given, Force ? FlagForce.Force : FlagForce.None, context, StopToken);
        if (!ShouldProcess($"run {run.ShortId} ({run.Operation})", Stage ? "Stage again" : "Restart"))
        {
            return;
        }

        if (ThrottleLimit is { } limit)
        {
            RecordedThrottleLimit.Change(run.Record, limit);
        }

        if (KeepsGoing is true)
        {
            RecordedKeepGoing.Set(run.Record);
        }
        else if (KeepsGoing is false)
        {
            RecordedKeepGoing.Clear(run.Record);
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

    private string? Devices => Gpu is null ? null : string.Join(',', Gpu.Select(g => g.Trim()));

    private bool? KeepsGoing => MyInvocation.BoundParameters.ContainsKey(nameof(KeepGoing)) ? KeepGoing.IsPresent : null;

    // What trials see was decided when they were planned.
    private void RequirePlainBatch(GuildRun batch)
    {
        if ((Stage ? "-Stage" : Gpu is not null ? "-Gpu" : null) is { } excluded)
        {
            throw new RequestException($"{excluded} cannot be used to start batch {batch.ShortId} ({batch.Operation}) again: its trials are what they were planned to be.", excluded, "Make a new batch with Invoke-GuildOperation -Prototype.");
        }

        if (KeepsGoing is not null)
        {
            RecordedKeepGoing.Require(batch.Record);
        }
    }

    private void RequireSense(GuildRun run)
    {
        if (Stage && Detached)
        {
            throw new RequestException("-Stage starts nothing, so it does not go with -Detached.", "-Stage", "Give only one of the two.");
        }

        if (Stage && run.Record.Status == RunStatus.Staged && !ForceSourceCode && Gpu is null && GivenFlags().Count == 0)
        {
            throw new RunStateException(run.Id, $"Run {run.ShortId} ({run.Operation}) is staged already.", $"Start it with Start-GuildRun {run.ShortId}.");
        }

        if (KeepsGoing is not null)
        {
            RecordedKeepGoing.Require(run.Record);
        }
    }
}
