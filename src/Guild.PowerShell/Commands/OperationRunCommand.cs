using System.Management.Automation;
using Guild.Engine.Execution;
using Guild.Engine.Operations;
using Guild.Engine.Pipelines;
using Guild.PowerShell.Streams;

namespace Guild.PowerShell.Commands;

/// <summary>The base of cmdlets that run an operation, in this session or beyond it.</summary>
public abstract class OperationRunCommand : OperationRequestCommand
{
    /// <summary>A comment to record with the run.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Comment { get; set; }

    /// <summary>A folder to make the run in, instead of the Guild home; other commands do not find the run there.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RunDirectory { get; set; }

    /// <summary>Makes no run where a completed one has the same flags, source code and resources: that one is given. Of a pipeline the steps that are as such runs are not run again.</summary>
    [Parameter]
    public SwitchParameter Needed { get; set; }

    /// <summary>How many steps of a pipeline run at the same time, of those that do not depend on each other; one if left out.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int ThrottleLimit { get; set; }

    /// <summary>Goes on, when a step of a pipeline fails, with those that do not depend on it. Without it no other step is started then.</summary>
    [Parameter]
    public SwitchParameter KeepGoing { get; set; }

    /// <summary>Records both streams of the program as one, in their exact order.</summary>
    [Parameter]
    public SwitchParameter MergeStream { get; set; }

    /// <summary>What is done, in a word: Run, Stage or Start.</summary>
    private protected abstract string Action { get; }

    /// <summary>How the run is carried out.</summary>
    private protected abstract RunOptions Options { get; }

    /// <summary>Carries out a plan, and gives the run.</summary>
    private protected abstract void Carry(RunPlan plan, RunOptions options, EngineContext context);

    private protected sealed override void ProcessOperation()
    {
        var context = EngineContext;
        var request = Request() with
        {
            Comment = Comment,
            Pipeline = new PipelineOptions { IsNeededOnly = Needed, ThrottleLimit = Math.Max(ThrottleLimit, 1), KeepsGoing = KeepGoing },
            RunDirectory = RunDirectory is null ? null : GetUnresolvedProviderPathFromPSPath(RunDirectory),
        };
        var plan = Planner.Plan(request, context, StopToken);
        if (Needed && !plan.Operation.IsPipeline && new NeededRuns(context, StopToken).Of(plan) is { IsNeeded: false, Run: { } there })
        {
            NeededText.Tell(this, plan, there);
            WriteObject(new GuildRun(there));
            return;
        }

        var action = Action;

        // The whole plan is put into words only for who asked to see it: it looks at every file that would be copied.
        var description = IsWhatIf ? PlanText.Of(plan, action, context, StopToken) : $"{action} {plan.FullName}";
        if (ShouldProcess(description, $"{action} {plan.FullName}?", action))
        {
            Carry(plan, Options with { MergesStreams = MergeStream }, context);
        }
    }
}
