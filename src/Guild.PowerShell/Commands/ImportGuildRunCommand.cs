using System.Management.Automation;
using Guild.Engine;
using Guild.Engine.Resources;
using Guild.Engine.Runs;
using Guild.Engine.Runs.Transfer;
using Guild.PowerShell.Completion;
using Guild.PowerShell.Streams;

namespace Guild.PowerShell.Commands;

/// <summary>Copies or moves runs out of a folder or a zip file into the home.</summary>
[Cmdlet(VerbsData.Import, "GuildRun", DefaultParameterSetName = PathSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(GuildRun))]
public sealed class ImportGuildRunCommand : PathCommand
{
    private readonly CurrentCall _call = new();

    /// <summary>Folders or zip files with runs, wildcards are allowed; or names of archives.</summary>
    [Parameter(Position = 0, ParameterSetName = PathSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ArchiveCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>Folders or zip files with runs, taken as they are.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>Only these runs: ids, first digits of ids, or positions among the runs there from 1 for the newest. All if left out.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RunCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <summary>Moves the runs instead of copying them. Not from a zip file.</summary>
    [Parameter]
    public SwitchParameter Move { get; set; }

    /// <summary>Copies the files and folders that links lead to in place of the links.</summary>
    [Parameter]
    [Alias("CopyResources")]
    public SwitchParameter CopyResource { get; set; }

    /// <inheritdoc/>
    protected override void Process() => ForPaths(Path, LiteralPath, Import);

    private protected override GuildException NotFound(string path) =>
        new RunArchiveException(
            path,
            $"There is no folder or zip file '{path}', and no archive of that name.",
            "Name a folder or zip file that Export-GuildRun (guild export) made, or an archive that guild archive --list shows.");

    private protected override string? PathOf(string name) => NamedArchive.Find(name, EngineContext)?.Path;

    private void Import(string path)
    {
        var context = EngineContext;
        var options = new RunTransferOptions
        {
            IsMove = Move,
            CopiesResources = CopyResource,
            Limits = UnpackLimits.From(context.Environment),
            Events = _call,
            Cancellation = StopToken,
        };
        using var archive = _call.Run(this, () => RunArchive.Open(path, options), StopToken);
        var runs = _call.Run(this, () => archive.Runs, StopToken);
        if (runs.Count == 0)
        {
            throw new RunArchiveException(archive.Path, $"'{archive.Path}' holds no runs.", "Name the folder or zip file that has the folders of the runs at its top, as Export-GuildRun (guild export) makes it.");
        }

        if (Id is null)
        {
            Import(archive, runs, context.Runs);
        }

        foreach (var reference in Id ?? [])
        {
            ForItem(reference, () => Import(archive, archive.Select(reference), context.Runs));
        }
    }

    private void Import(RunArchive archive, IReadOnlyList<Run> runs, RunStore store)
    {
        foreach (var run in runs)
        {
            StopToken.ThrowIfCancellationRequested();
            ForItem(run.Id, () => Import(archive, run, store));
        }
    }

    private void Import(RunArchive archive, Run run, RunStore store)
    {
        if (!ShouldProcess($"run {run.ShortId} ({run.FullName}) of '{archive.Path}'", $"{(Move ? "Move" : "Copy")} into the home '{store.Home.Path}'"))
        {
            return;
        }

        var transfer = _call.Run(this, () => archive.Import(run, store), StopToken);
        if (transfer.Outcome == RunTransferOutcome.Exists)
        {
            WriteWarning($"Run {run.ShortId} is in the home already, so it is passed over ({WarningIds.RunExists}).");
        }
        else
        {
            WriteObject(new GuildRun(transfer.Run));
        }
    }
}
