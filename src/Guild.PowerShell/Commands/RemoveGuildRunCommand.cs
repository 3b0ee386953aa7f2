using System.Management.Automation;
using Guild.Engine.Runs;

namespace Guild.PowerShell.Commands;

/// <summary>Moves runs to the trash of the home, or deletes them for good.</summary>
[Cmdlet(VerbsCommon.Remove, "GuildRun", DefaultParameterSetName = InputObjectSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(GuildRun))]
public sealed class RemoveGuildRunCommand : RunCommand
{
    private bool _yesToAll;
    private bool _noToAll;

    /// <summary>Deletes for good, and asks before it does.</summary>
    [Parameter]
    public SwitchParameter Permanent { get; set; }

    /// <summary>Does not ask.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Gives the removed runs.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void ProcessRun(RunStore store, GuildRun run)
    {
        var what = $"run {run.ShortId} ({run.Operation})";
        if (!ShouldProcess(what, Permanent ? "Delete for good" : "Move to the trash"))
        {
            return;
        }

        if (Permanent && !IsAgreed(what))
        {
            return;
        }

        if (Permanent)
        {
            store.DeletePermanently(run.Record);
        }
        else
        {
            store.Delete(run.Record);
        }

        if (PassThru)
        {
            WriteObject(run);
        }
    }

    // What cannot be undone is asked for, unless -Force or -Confirm was given: -Confirm:$false is an answer, and -Confirm has asked already.
    private bool IsAgreed(string what) => Force
        || MyInvocation.BoundParameters.ContainsKey("Confirm")
        || ShouldContinue($"Delete {what} for good? It cannot be restored.", "Delete a run", ref _yesToAll, ref _noToAll);
}
