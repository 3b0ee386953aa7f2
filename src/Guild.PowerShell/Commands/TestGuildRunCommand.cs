using System.Management.Automation;
using Guild.Engine.Resources;
using Guild.Engine.Runs;
using Guild.PowerShell.Streams;

namespace Guild.PowerShell.Commands;

/// <summary>Tells whether the inputs of runs are as they were when the runs took them.</summary>
[Cmdlet(VerbsDiagnostic.Test, "GuildRun", DefaultParameterSetName = InputObjectSet)]
[OutputType(typeof(bool), typeof(GuildInputFinding))]
public sealed class TestGuildRunCommand : RunCommand
{
    /// <summary>Gives what was found as objects, instead of true or false and an error for each change.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void ProcessRun(RunStore store, GuildRun run)
    {
        var found = EngineCall
            .Run(this, null, events => InputCheck.Inspect(run.Record.Directory, events, StopToken), StopToken)
            .Select(finding => new GuildInputFinding(run, finding))
            .ToList();
        if (PassThru)
        {
            WriteObject(found, enumerateCollection: true);
            return;
        }

        foreach (var unknown in found.Where(f => f.Change == "unknown"))
        {
            WriteWarning($"Whether input '{unknown.Path}' ({unknown.Source}) of run {run.ShortId} has changed cannot be told, because the record has no hash of it.");
        }

        var changes = found.Where(f => f.IsChange).ToList();
        foreach (var change in changes)
        {
            WriteError(ErrorRecords.InputChanged(change, run));
        }

        WriteObject(changes.Count == 0);
    }
}
