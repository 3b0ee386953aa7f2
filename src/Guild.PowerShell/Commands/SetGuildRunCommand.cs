using System.Management.Automation;
using Guild.Engine;
using Guild.Engine.Runs;
using Guild.PowerShell.Completion;

namespace Guild.PowerShell.Commands;

/// <summary>Changes what people say of a run: its label, tags, mark and comments.</summary>
[Cmdlet(VerbsCommon.Set, "GuildRun", DefaultParameterSetName = InputObjectSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(GuildRun))]
public sealed class SetGuildRunCommand : RunCommand
{
    /// <summary>The new label; an empty text, or null, removes it.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LabelCompleter))]
    [AllowEmptyString]
    [AllowNull]
    public string? Label { get; set; }

    /// <summary>What to put before the label.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LabelCompleter))]
    [ValidateNotNullOrEmpty]
    public string? PrependLabel { get; set; }

    /// <summary>What to put behind the label.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LabelCompleter))]
    [ValidateNotNullOrEmpty]
    public string? AppendLabel { get; set; }

    /// <summary>What to take out of the label, as whole words.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LabelCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? RemoveLabel { get; set; }

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

    /// <summary>Removes all tags, before others are added.</summary>
    [Parameter]
    public SwitchParameter ClearTag { get; set; }

    /// <summary>Puts added tags before the label too, and takes removed ones out of it.</summary>
    [Parameter]
    public SwitchParameter SyncLabel { get; set; }

    /// <summary>Whether the run is marked: preferred when an operation needs a run. <c>-Marked:$false</c> removes the mark.</summary>
    [Parameter]
    public SwitchParameter Marked { get; set; }

    /// <summary>A comment to add, or with -EditComment the new text of one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Comment { get; set; }

    /// <summary>The number of the comment, from 1 for the oldest, whose text -Comment replaces.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? EditComment { get; set; }

    /// <summary>The numbers of comments to remove, from 1 for the oldest.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int[]? RemoveComment { get; set; }

    /// <summary>Removes all comments, before one is added.</summary>
    [Parameter]
    public SwitchParameter ClearComment { get; set; }

    /// <summary>Who comments, as USER or USER@HOST. The user of this session if left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? User { get; set; }

    /// <summary>Gives the changed runs.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        RequireSense();
        base.Process();
    }

    private protected override void ProcessRun(RunStore store, GuildRun run)
    {
        if (!ShouldProcess($"run {run.ShortId} ({run.Operation})", Action()))
        {
            return;
        }

        var context = EngineContext;
        var (user, host) = CommentAuthor.Of(User, context);
        new RunAnnotations(run.Record.Directory, context.Time).Change(new RunAnnotationChange
        {
            Label = NewLabel,
            LabelPrefix = PrependLabel,
            LabelSuffix = AppendLabel,
            RemovedLabelParts = RemoveLabel ?? [],
            AddedTags = AddTag ?? [],
            RemovedTags = RemoveTag ?? [],
            ClearsTags = ClearTag,
            SyncsLabel = SyncLabel,
            IsMarked = MyInvocation.BoundParameters.ContainsKey(nameof(Marked)) ? Marked.IsPresent : null,
            Comment = Comment,
            EditedComment = EditComment,
            RemovedComments = RemoveComment ?? [],
            ClearsComments = ClearComment,
            User = user,
            Host = host,
        });
        if (PassThru)
        {
            WriteObject(Reread(store, run));
        }
    }

    // Null is as good as an empty text, if it was given.
    private string? NewLabel => MyInvocation.BoundParameters.ContainsKey(nameof(Label)) ? Label ?? "" : null;

    private void RequireSense()
    {
        if (NewLabel is not null && (PrependLabel ?? AppendLabel ?? RemoveLabel?[0]) is not null)
        {
            throw new RequestException("-Label sets the whole label, so it does not go with -PrependLabel, -AppendLabel or -RemoveLabel.", NewLabel, "Give the one or the others.");
        }

        if (EditComment is not null && Comment is null)
        {
            throw new RequestException("-EditComment says which comment gets a new text, and there is none.", EditComment, "Give the text with -Comment.");
        }

        if (EditComment is not null && (ClearComment || RemoveComment?.Contains(EditComment.Value) == true))
        {
            throw new RequestException($"Comment {EditComment} cannot be both edited and removed.", EditComment, "Give only one of the two.");
        }
    }

    private string Action()
    {
        List<string?> parts =
        [
            NewLabel is null ? null : NewLabel.Length == 0 ? "Remove label" : $"Set label '{NewLabel}'",
            PrependLabel is null ? null : $"Prepend '{PrependLabel}' to the label",
            AppendLabel is null ? null : $"Append '{AppendLabel}' to the label",
            .. (RemoveLabel ?? []).Select(part => $"Remove '{part}' from the label"),
            ClearTag ? "Remove all tags" : null,
            .. (AddTag ?? []).Select(tag => $"Add tag '{tag}'"),
            .. (RemoveTag ?? []).Select(tag => $"Remove tag '{tag}'"),
            !MyInvocation.BoundParameters.ContainsKey(nameof(Marked)) ? null : Marked ? "Mark" : "Remove mark",
            ClearComment ? "Remove all comments" : null,
            .. (RemoveComment ?? []).Select(number => $"Remove comment {number}"),
            Comment is null ? null : EditComment is null ? "Add comment" : $"Edit comment {EditComment}",
        ];
        var actions = parts.OfType<string>().ToList();
        return actions.Count == 0 ? "Change nothing" : string.Join(", ", actions.Select((action, at) => at == 0 ? action : char.ToLowerInvariant(action[0]) + action[1..]));
    }
}
