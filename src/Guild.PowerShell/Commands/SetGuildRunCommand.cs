using System.Management.Automation;
using Guild.Engine.Runs;
using Guild.PowerShell.Completion;

namespace Guild.PowerShell.Commands;

/// <summary>Changes what people say of a run: its label, tags, mark and comments.</summary>
[Cmdlet(VerbsCommon.Set, "GuildRun", DefaultParameterSetName = InputObjectSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(GuildRun))]
public sealed class SetGuildRunCommand : RunCommand
{
    /// <summary>The new label; an empty text removes it.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LabelCompleter))]
    [AllowEmptyString]
    [ValidateNotNull]
    public string? Label { get; set; }

    /// <summary>Tags to add.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TagCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? AddTag { get; set; }

    /// <summary>Tags to remove.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TagCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? RemoveTag { get; set; }

    /// <summary>Whether the run is marked: preferred when an operation needs a run. <c>-Marked:$false</c> removes the mark.</summary>
    [Parameter]
    public SwitchParameter Marked { get; set; }

    /// <summary>A comment to add.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Comment { get; set; }

    /// <summary>Gives the changed runs.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void ProcessRun(RunStore store, GuildRun run)
    {
        if (!ShouldProcess($"run {run.ShortId} ({run.Operation})", Action()))
        {
            return;
        }

        var context = EngineContext;
        new RunAnnotations(run.Record.Directory, context.Time).Change(new RunAnnotationChange
        {
            Label = Label,
            AddedTags = AddTag ?? [],
            RemovedTags = RemoveTag ?? [],
            IsMarked = MyInvocation.BoundParameters.ContainsKey(nameof(Marked)) ? Marked.IsPresent : null,
            Comment = Comment,
            User = context.UserName,
            Host = context.HostName,
        });
        if (PassThru)
        {
            WriteObject(Reread(store, run));
        }
    }

    private string Action()
    {
        var parts = new List<string>();
        if (Label is not null)
        {
            parts.Add(Label.Length == 0 ? "Remove label" : $"Set label '{Label}'");
        }

        parts.AddRange((AddTag ?? []).Select(t => $"Add tag '{t}'"));
        parts.AddRange((RemoveTag ?? []).Select(t => $"Remove tag '{t}'"));
        if (MyInvocation.BoundParameters.ContainsKey(nameof(Marked)))
        {
            parts.Add(Marked ? "Mark" : "Remove mark");
        }

        if (Comment is not null)
        {
            parts.Add("Add comment");
        }

        return parts.Count == 0 ? "Change nothing" : string.Join(", ", parts);
    }
}
