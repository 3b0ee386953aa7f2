using System.Management.Automation;
using Guild.Engine;
using Guild.Engine.Runs;
using Guild.PowerShell.Completion;

namespace Guild.PowerShell.Commands;

/// <summary>Deletes runs in the trash for good.</summary>
[Cmdlet(VerbsCommon.Clear, "GuildTrash", DefaultParameterSetName = IdSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(GuildRunSize))]
public sealed class ClearGuildTrashCommand : GuildCommand
{
    private const string IdSet = "Id";
    private const string InputObjectSet = "InputObject";

    private RunStore? _store;
    private RunLookup? _lookup;

    /// <summary>Runs by id, the first digits of an id, or position from 1 for the newest in the trash. All if left out.</summary>
    [Parameter(Position = 0, ParameterSetName = IdSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RunCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <summary>Runs as Get-GuildRun -Deleted gives them.</summary>
    [Parameter(ParameterSetName = InputObjectSet, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public GuildRun[]? InputObject { get; set; }

    /// <summary>Only runs that were deleted so long ago: a time span, or a text such as 30d.</summary>
    [Parameter]
    [Age]
    public TimeSpan? OlderThan { get; set; }

    /// <summary>Does not ask.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Gives the room that each run took.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    // -WhatIf answers for -Force; so does an explicit -Confirm.
    private bool IsAskedFor => MyInvocation.BoundParameters.ContainsKey("Confirm") || IsWhatIf;

    /// <inheritdoc/>
    protected override void Process()
    {
        var store = _store ??= EngineContext.Runs;
        var lookup = _lookup ??= new RunLookup(store, RunPlace.Trash);
        if (Id is null && InputObject is null)
        {
            foreach (var run in store.List(RunPlace.Trash, cancellation: StopToken).ToList())
            {
                ForItem(run.Id, () => Clear(store, run));
            }
        }

        foreach (var reference in Id ?? [])
        {
            ForItem(reference, () =>
            {
                foreach (var run in lookup.Select(reference))
                {
                    Clear(store, run);
                }
            });
        }

        foreach (var run in InputObject ?? [])
        {
            ForItem(run, () => Clear(store, InTrash(store, run)));
        }
    }

    private static Run InTrash(RunStore store, GuildRun run)
    {
        if (!string.Equals(Path.GetDirectoryName(run.Path), store.Home.TrashDirectory, StringComparison.Ordinal))
        {
            throw new RunStateException(run.Id, $"Run {run.ShortId} ({run.Operation}) is not in the trash.", "Remove it with Remove-GuildRun first, or with -Permanent for good.");
        }

        return store.TryRead(run.Id, RunPlace.Trash)
            ?? throw new NameNotFoundException(NameKind.Run, run.Id, $"Run {run.ShortId} ({run.Operation}) is gone from the trash.", [], "List what is there with Get-GuildRun -Deleted (guild runs --deleted).");
    }

    private void Clear(RunStore store, Run run)
    {
        StopToken.ThrowIfCancellationRequested();
        if (OlderThan is { } age && EngineContext.Time.GetUtcNow() - RunTrash.TimeOf(run) <= age)
        {
            return;
        }

        var size = RunSize.Of(run.Directory, StopToken);
        var isAgreed = Force && !IsAskedFor;
        if (!isAgreed && !ShouldProcess($"run {run.ShortId} ({run.FullName}, {Engine.Resources.TransferText.Size(size.Total)})", "Delete from the trash for good"))
        {
            return;
        }

        store.DeletePermanently(run);
        if (PassThru)
        {
            WriteObject(new GuildRunSize(run, size));
        }
    }
}
