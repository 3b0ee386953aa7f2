using System.Management.Automation;
using Guild.Engine.Execution;
using Guild.Engine.Operations;
using Guild.Engine.Search.Batches;
using Guild.PowerShell.Streams;

namespace Guild.PowerShell.Commands;

/// <summary>Runs an operation and gives the run when it has ended.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "GuildOperation", DefaultParameterSetName = NameSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(GuildRun))]
public sealed class InvokeGuildOperationCommand : OperationRunCommand
{
    /// <summary>Makes the run and resolves its resources, but does not start the program.</summary>
    [Parameter]
    public SwitchParameter Stage { get; set; }

    /// <summary>Shows nothing of what the program prints. It is recorded all the same.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override string Action => Stage ? "Stage" : "Run";

    private protected override RunOptions Options => new() { StagesOnly = Stage, InheritsInput = true };

    private protected override void Carry(RunPlan plan, RunOptions options, EngineContext context)
    {
        var invocation = new RunInvocation(this, context, StopToken) { IsQuiet = Quiet, TimeLimit = RunTimeout };
        invocation.Write(invocation.Run(plan, options));
    }

    private protected override void Carry(BatchPlan plan, RunOptions options, EngineContext context)
    {
        var invocation = new BatchInvocation(this, context, StopToken) { IsQuiet = Quiet };
        invocation.Write(invocation.Run(plan, options));
    }
}
