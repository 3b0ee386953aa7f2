using System.Management.Automation;
using Guild.Engine.Operations;

namespace Guild.PowerShell.Commands;

/// <summary>Shows what running an operation would do, and does nothing of it.</summary>
[Cmdlet(VerbsCommon.Get, "GuildPlan", DefaultParameterSetName = NameSet)]
[OutputType(typeof(GuildPlan))]
public sealed class GetGuildPlanCommand : OperationRequestCommand
{
    private protected override void ProcessOperation()
    {
        var context = EngineContext;
        WriteObject(new GuildPlan(Planner.Plan(Request(), context, StopToken), context, StopToken));
    }
}
