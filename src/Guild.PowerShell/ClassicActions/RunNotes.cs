using Guild.Engine.Runs;
using Guild.PowerShell.Classic;

namespace Guild.PowerShell.ClassicActions;

/// <summary><c>guild tag</c> and <c>guild mark</c>.</summary>
internal static class RunNotes
{
    public static int Do(TagRunsCommand command, ClassicSession session)
    {
        if (command.IsList)
        {
            session.Print(RunSelector.Select(command.Selection, session, RunPlace.Runs, ":").SelectMany(run => run.Tags).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
            return ClassicExit.Success;
        }

        var labels = command.SyncsLabels ? "Labels are updated to reflect the latest tags." : "Labels are not updated - use --sync-labels to apply changes to run labels.";
        var change = ChangeOf("1", $"You are about to modify tags for the following runs:\n{labels}", "No runs to modify.");
        return change.Do(command, session, runs =>
        {
            Change(runs, session, new RunAnnotationChange
            {
                AddedTags = command.Added,
                RemovedTags = command.Removed,
                ClearsTags = command.IsCleared,
                SyncsLabel = command.SyncsLabels,
            });
            session.Note($"Modified tags for {runs.Count} run(s)");
        });
    }

    public static int Do(MarkRunsCommand command, ClassicSession session)
    {
        // What has no mark need not be asked about when all marks go.
        var selection = command.IsCleared && command.Selection.Runs.Count == 0
            ? command.Selection with { Filter = command.Selection.Filter with { Marked = true } }
            : command.Selection;
        var change = command.IsCleared
            ? ChangeOf(":", "You are about to unmark the following runs:", "No runs to unmark.")
            : ChangeOf("1", "You are about to mark the following runs:", "No runs to mark.");
        return change.Do(command with { Selection = selection }, session, runs =>
        {
            Change(runs, session, new RunAnnotationChange { IsMarked = !command.IsCleared });
            session.Note($"{(command.IsCleared ? "Unmarked" : "Marked")} {runs.Count} run(s)");
        });
    }

    /// <summary>Makes the same change to several runs.</summary>
    public static void Change(IEnumerable<Run> runs, ClassicSession session, RunAnnotationChange change)
    {
        foreach (var run in runs)
        {
            new RunAnnotations(run.Directory, session.Engine.Time).Change(change);
        }
    }

    private static RunChange ChangeOf(string byDefault, string preview, string nothing) => new()
    {
        ByDefault = byDefault,
        Preview = preview,
        Question = "Continue?",
        Default = DefaultAnswer.Yes,
        Nothing = nothing,
        IsHarmless = true,
    };
}
