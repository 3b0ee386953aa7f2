using System.Management.Automation;
using Guild.Engine.Operations;
using Guild.Engine.Pipelines;
using Guild.Engine.Search.Batches;

namespace Guild.PowerShell.Commands;

/// <summary>Shows what running an operation would do, and does nothing of it.</summary>
[Cmdlet(VerbsCommon.Get, "GuildPlan", DefaultParameterSetName = NameSet)]
[OutputType(typeof(GuildPlan))]
public sealed class GetGuildPlanCommand : OperationRequestCommand
{
    /// <summary>Says whether the run, or each trial of a batch, is needed, and why, as Invoke-GuildOperation -Needed would see it.</summary>
    [Parameter]
    public SwitchParameter Needed { get; set; }

    private protected override void ProcessOperation()
    {
        var context = EngineContext;
        var plan = Plan(Request() with { Pipeline = new PipelineOptions { IsNeededOnly = Needed } }, context);
        WriteObject(plan is BatchPlan batch ? new GuildPlan(batch, context, StopToken) : new GuildPlan((RunPlan)plan, context, StopToken));
    }
}
