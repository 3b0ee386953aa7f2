using System.Management.Automation;
using Guild.Engine.Execution;
using Guild.Engine.Runs;
using Guild.Engine.Search.Batches;
using Guild.PowerShell.Completion;

namespace Guild.PowerShell.Commands;

/// <summary>Starts staged runs, one after the other, and gives each when it has ended.</summary>
[Cmdlet(VerbsLifecycle.Start, "GuildRun", DefaultParameterSetName = InputObjectSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(GuildRun))]
public sealed class StartGuildRunCommand : BeginRunCommand
{
    private protected override string FlagHelp => "The secrets that the run needs, by the names of their flags: the record of a staged run does not have them.";

    private protected override TableKey[]? FlagKeys() => RunKeys.Secrets(Id, InputObject, () => EngineContext);

    private protected override void ProcessRun(RunStore store, GuildRun run)
    {
        OperationRunner.RequireStaged(run.Record);
        if (BatchRunner.CanCarryOut(run.Record))
        {
            ProcessBatch(run, "Start");
            return;
        }

        if (!ShouldProcess($"run {run.ShortId} ({run.Operation})", "Start"))
        {
            return;
        }

        OperationRunner.RequireStaged(run.Record);
        KeepIfAsked(run);
        var options = new RunOptions { InheritsInput = !Detached, Secrets = GivenFlags() };
        var invocation = Invocation(EngineContext);
        if (Detached)
        {
            invocation.Write(invocation.Detach(run.Record, options));
        }
        else
        {
            invocation.Write(invocation.Start(run.Record, options));
        }
    }
}
