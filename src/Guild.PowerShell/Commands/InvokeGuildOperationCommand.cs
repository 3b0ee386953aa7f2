using System.Management.Automation;
using Guild.Engine.Execution;
using Guild.Engine.Operations;
using Guild.PowerShell.Streams;

namespace Guild.PowerShell.Commands;

/// <summary>Runs an operation and gives the run when it has ended.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "GuildOperation", DefaultParameterSetName = NameSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(GuildRun))]
public sealed class InvokeGuildOperationCommand : OperationRequestCommand
{
    /// <summary>A comment to record with the run.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Comment { get; set; }

    /// <summary>A folder to make the run in, instead of the Guild home; other commands do not find the run there.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RunDirectory { get; set; }

    /// <summary>Makes the run and resolves its resources, but does not start the program.</summary>
    [Parameter]
    public SwitchParameter Stage { get; set; }

    /// <summary>Shows nothing of what the program prints. It is recorded all the same.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Records both streams of the program as one, in their exact order.</summary>
    [Parameter]
    public SwitchParameter MergeStream { get; set; }

    private protected override void ProcessOperation()
    {
        var context = EngineContext;
        var request = Request() with
        {
            Comment = Comment,
            RunDirectory = RunDirectory is null ? null : GetUnresolvedProviderPathFromPSPath(RunDirectory),
        };
        var plan = Planner.Plan(request, context, StopToken);
        var action = Stage ? "Stage" : "Run";

        // The whole plan is put into words only for who asked to see it: it looks at every file that would be copied.
        var description = IsWhatIf ? PlanText.Of(plan, action, context, StopToken) : $"{action} {plan.FullName}";
        if (!ShouldProcess(description, $"{action} {plan.FullName}?", action))
        {
            return;
        }

        var options = new RunOptions
        {
            StagesOnly = Stage,
            InheritsInput = true,
            MergesStreams = MergeStream,
        };
        var invocation = new RunInvocation(this, context, StopToken) { IsQuiet = Quiet };
        invocation.Write(invocation.Run(plan, options));
    }
}
