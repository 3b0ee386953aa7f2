using System.Collections;
using System.Management.Automation;
using Guild.Engine.Execution;
using Guild.Engine.Runs;
using Guild.PowerShell.Streams;

namespace Guild.PowerShell.Commands;

/// <summary>Starts staged runs, one after the other, and gives each when it has ended.</summary>
[Cmdlet(VerbsLifecycle.Start, "GuildRun", DefaultParameterSetName = InputObjectSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(GuildRun))]
public sealed class StartGuildRunCommand : RunCommand
{
    /// <summary>The secrets that the run needs, by the names of their flags: the record of a staged run does not have them.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Flag { get; set; }

    /// <summary>Shows nothing of what the program prints. It is recorded all the same.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override void ProcessRun(RunStore store, GuildRun run)
    {
        if (!ShouldProcess($"run {run.ShortId} ({run.Operation})", "Start"))
        {
            return;
        }

        var context = EngineContext;
        var options = new RunOptions { InheritsInput = true, Secrets = [.. FlagInputs.OfTable(Flag)] };
        var invocation = new RunInvocation(this, context, StopToken) { IsQuiet = Quiet };
        invocation.Write(invocation.Start(run.Record, options));
    }
}
