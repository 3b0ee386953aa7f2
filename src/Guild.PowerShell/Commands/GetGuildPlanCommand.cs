using System.Management.Automation;
using Guild.Engine.Operations;
using Guild.Engine.Search.Batches;

namespace Guild.PowerShell.Commands;

/// <summary>Shows what running an operation would do, and does nothing of it.</summary>
[Cmdlet(VerbsCommon.Get, "GuildPlan", DefaultParameterSetName = NameSet)]
[OutputType(typeof(GuildPlan))]
public sealed class GetGuildPlanCommand : OperationRequestCommand
{
    private protected override void ProcessOperation()
    {
        var context = EngineContext;
        var plan = Plan(Request(), context);
        WriteObject(plan is BatchPlan batch ? new GuildPlan(batch, context, StopToken) : new GuildPlan((RunPlan)plan, context, StopToken));
    }
}
