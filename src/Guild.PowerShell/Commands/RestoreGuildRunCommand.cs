using System.Management.Automation;
using Guild.Engine.Runs;

namespace Guild.PowerShell.Commands;

/// <summary>Takes runs back from the trash.</summary>
[Cmdlet(VerbsData.Restore, "GuildRun", DefaultParameterSetName = InputObjectSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(GuildRun))]
public sealed class RestoreGuildRunCommand : RunCommand
{
    /// <summary>Gives the restored runs.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override RunPlace Place => RunPlace.Trash;

    private protected override void ProcessRun(RunStore store, GuildRun run)
    {
        if (!ShouldProcess($"run {run.ShortId} ({run.Operation})", "Restore from the trash"))
        {
            return;
        }

        store.Restore(run.Record);
        if (PassThru)
        {
            WriteObject(new GuildRun(store.TryRead(run.Id) ?? run.Record));
        }
    }
}
