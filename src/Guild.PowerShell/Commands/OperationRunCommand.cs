using System.Management.Automation;
using Guild.Engine.Execution;
using Guild.Engine.Operations;
using Guild.Engine.Pipelines;
using Guild.Engine.Search.Batches;
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

    /// <summary>Keeps the run, or the trials of a batch, also when it ends well and its operation has <c>delete-on-success</c>.</summary>
    [Parameter]
    public SwitchParameter KeepRun { get; set; }

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

    /// <summary>Carries out the plan of one run, and gives the run.</summary>
    private protected abstract void Carry(RunPlan plan, RunOptions options, EngineContext context);

    /// <summary>Carries out the plan of a batch, and gives the run of the batch.</summary>
    private protected abstract void Carry(BatchPlan plan, RunOptions options, EngineContext context);

    private protected sealed override void ProcessOperation()
    {
        var context = EngineContext;
        var request = Request() with
        {
            Comment = Comment,
            KeepsRun = KeepRun,
            Pipeline = new PipelineOptions { IsNeededOnly = Needed, ThrottleLimit = ThrottleLimit ?? 1, KeepsGoing = KeepGoing },
            RunDirectory = RunDirectory is null ? null : GetUnresolvedProviderPathFromPSPath(RunDirectory),
        };
        var plan = Plan(request, context);
        if (Needed && IsThere(plan, context))
        {
            return;
        }

        var action = Action;
        var subject = PlanText.SubjectOf(plan);

        // The whole plan is put into words only for who asked to see it: it looks at every file that would be copied.
        var description = IsWhatIf ? PlanText.Of(plan, action, context, StopToken) : $"{action} {subject}";
        if (!ShouldProcess(description, $"{action} {subject}?", action))
        {
            return;
        }

        var options = Options with { MergesStreams = MergeStream };
        if (plan is BatchPlan batch)
        {
            Carry(batch, options, context);
        }
        else
        {
            Carry((RunPlan)plan, options, context);
        }
    }

    // Whether one is there that a run of the plan would be the same as; then that one is given.
    private bool IsThere(OperationPlan plan, EngineContext context)
    {
        var run = (plan as BatchPlan)?.Prototype ?? (RunPlan)plan;
        if (run.Operation.IsPipeline)
        {
            return false;
        }

        var needs = new NeededRuns(context, StopToken);
        if ((plan is BatchPlan batch ? needs.Of(batch) : needs.Of(run)) is not { IsNeeded: false, Run: { } there })
        {
            return false;
        }

        NeededText.Tell(this, run, there);
        WriteObject(new GuildRun(there));
        return true;
    }
}
