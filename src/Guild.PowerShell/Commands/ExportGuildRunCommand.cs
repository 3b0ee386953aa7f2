using System.Management.Automation;
using Guild.Engine.Runs;
using Guild.Engine.Runs.Transfer;
using Guild.PowerShell.Completion;
using Guild.PowerShell.Streams;

namespace Guild.PowerShell.Commands;

/// <summary>Copies or moves runs into a folder or a zip file, from where they can be imported into any home.</summary>
[Cmdlet(VerbsData.Export, "GuildRun", DefaultParameterSetName = InputObjectSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(GuildExportedRun))]
public sealed class ExportGuildRunCommand : RunCommand
{
    private readonly CurrentCall _call = new();
    private RunExport? _export;

    /// <summary>Runs by id, the first digits of an id, or position from 1 for the newest; <c>2:4</c> for a range of positions; wildcards are allowed.</summary>
    [Parameter(Position = 1, ParameterSetName = IdSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RunCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public override string[]? Id { get; set; }

    /// <summary>A folder, or a zip file if the name ends in <c>.zip</c>. It is made if it is not there, and added to if it is.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [Alias("Destination", "Path")]
    [ValidateNotNullOrEmpty]
    public string DestinationPath { get; set; } = "";

    /// <summary>Moves the runs instead of copying them.</summary>
    [Parameter]
    public SwitchParameter Move { get; set; }

    /// <summary>Copies the files and folders that links lead to in place of the links.</summary>
    [Parameter]
    [Alias("CopyResources")]
    public SwitchParameter CopyResource { get; set; }

    /// <summary>Gives what was exported.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        _export ??= RunExport.To(GetUnresolvedProviderPathFromPSPath(DestinationPath), new RunTransferOptions
        {
            IsMove = Move,
            CopiesResources = CopyResource,
            Events = _call,
            Cancellation = StopToken,
        });
        base.Process();
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (_export is { } export)
        {
            ForItem(DestinationPath, () =>
            {
                foreach (var transfer in _call.Run(this, export.Complete, StopToken))
                {
                    Report(transfer);
                }
            });
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool isDisposing)
    {
        if (isDisposing)
        {
            _export?.Dispose();
        }

        base.Dispose(isDisposing);
    }

    private protected override void ProcessRun(RunStore store, GuildRun run)
    {
        var export = _export!;
        if (ShouldProcess($"run {run.ShortId} ({run.Operation})", $"{(Move ? "Move" : "Copy")} to '{export.Path}'"))
        {
            Report(_call.Run(this, () => export.Add(run.Record), StopToken));
        }
    }

    private void Report(RunTransfer transfer)
    {
        switch (transfer.Outcome)
        {
            case RunTransferOutcome.Exists:
                WriteWarning($"Run {transfer.Run.ShortId} is in '{_export!.Path}' already, so it is passed over ({WarningIds.RunExists}).");
                break;
            case RunTransferOutcome.Failed:
                WriteError(ErrorRecords.Of(transfer.Error!, transfer.Run.Id));
                break;
            case RunTransferOutcome.Done when PassThru:
                WriteObject(new GuildExportedRun(transfer, _export!.Path));
                break;
        }
    }
}
