using System.Management.Automation;
using Guild.Engine.Execution;
using Guild.Engine.Operations;
using Guild.Engine.Search.Batches;
using Guild.PowerShell.Streams;

namespace Guild.PowerShell.Commands;

/// <summary>Starts an operation in the background and gives the run at once. The run outlives the session.</summary>
[Cmdlet(VerbsLifecycle.Start, "GuildOperation", DefaultParameterSetName = NameSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(GuildRun))]
public sealed class StartGuildOperationCommand : OperationRunCommand
{
    private protected override string Action => "Start";

    private protected override RunOptions Options => new();

    private protected override void Carry(RunPlan plan, RunOptions options, EngineContext context)
    {
        var invocation = new RunInvocation(this, context, StopToken) { IsQuiet = true };
        invocation.Write(invocation.Detach(plan, options with { TimeLimit = RunTimeout }));
    }

    private protected override void Carry(BatchPlan plan, RunOptions options, EngineContext context)
    {
        var invocation = new BatchInvocation(this, context, StopToken) { IsQuiet = true };
        invocation.Write(invocation.Detach(plan, options));
    }
}
