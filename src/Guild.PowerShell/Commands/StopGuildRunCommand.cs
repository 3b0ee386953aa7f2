using System.Management.Automation;
using Guild.Engine;
using Guild.Engine.Execution;
using Guild.Engine.Runs;
using Guild.PowerShell.Streams;

namespace Guild.PowerShell.Commands;

/// <summary>Stops running runs with all that their programs started: first politely, then by force.</summary>
[Cmdlet(VerbsLifecycle.Stop, "GuildRun", DefaultParameterSetName = InputObjectSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(GuildRun))]
public sealed class StopGuildRunCommand : RunCommand
{
    /// <summary>How long a program may take to end after it was asked to, before it is killed.</summary>
    [Parameter]
    [NumbersAreSeconds]
    [TimeLimit]
    public TimeSpan Timeout { get; set; } = StopTimes.Default.Terminate;

    /// <summary>Kills at once.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Gives the stopped runs.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void ProcessRun(RunStore store, GuildRun run)
    {
        var current = Reread(store, run);
        if (current.Record.Status is not (RunStatus.Running or RunStatus.Pending))
        {
            WriteVerbose($"Run {current.ShortId} is not running: its status is {current.Status}.");
        }
        else if (ShouldProcess($"run {current.ShortId} ({current.Operation})", "Stop"))
        {
            Stop(current);
            current = Reread(store, run);
        }

        if (PassThru)
        {
            WriteObject(current);
        }
    }

    private void Stop(GuildRun run)
    {
        var time = Force ? TimeSpan.Zero : Timeout;
        var result = EngineCall.Run(this, display: null, _ => RunStop.Stop(run.Record.Directory, time, StopToken), StopToken);
        switch (result)
        {
            case StopResult.Killed when !Force:
                WriteWarning($"Run {run.ShortId} did not end when it was asked to, and was killed.");
                break;
            case StopResult.Failed:
                throw new RunStateException(run.Id, $"Run {run.ShortId} could not be stopped: some of its processes did not end.", "They may belong to another user; ask that user, or an administrator, to end them.");
            case StopResult.NotRunning:
                WriteWarning($"Run {run.ShortId} could not be stopped from here: no process of it was found on this machine.");
                break;
        }
    }
}
