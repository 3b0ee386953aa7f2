using Guild.Engine.Operations;
using Guild.Engine.Runs;
using Guild.PowerShell.Classic;

namespace Guild.PowerShell.ClassicActions;

/// <summary><c>guild runs list</c>.</summary>
internal static class RunListing
{
    public static int Do(ListRunsCommand command, ClassicSession session)
    {
        if (command.Archive is { } path)
        {
            RunTransfers.Read(path, session, archive => Show(command, session, RunTransfers.Chosen(command.Selection, archive.Runs), total: null));
            return ClassicExit.Success;
        }

        // Only a list that is cut needs to know how many more runs there are, and without a filter counting reads none of them.
        var place = command.IsDeleted ? RunPlace.Trash : RunPlace.Runs;
        var isPlain = command.Form != RunListForm.Json && command.Selection.Runs.Count == 0 && RunSelector.IsEmpty(command.Selection.Filter);
        if (isPlain)
        {
            Show(command, session, [.. session.Runs.List(place, command.Limit ?? int.MaxValue, session.Stop)], session.Runs.Ids(place).Count());
        }
        else
        {
            Show(command, session, RunSelector.Select(command.Selection, session, place, ":"), total: null);
        }

        return ClassicExit.Success;
    }

    private static void Show(ListRunsCommand command, ClassicSession session, IReadOnlyList<Run> runs, int? total)
    {
        if (command.Form == RunListForm.Json)
        {
            session.Print(JsonLiteral.Write(runs.Select(JsonOf).ToList()));
            return;
        }

        var shown = runs.Take(command.Limit ?? int.MaxValue).ToList();
        var lines = RunListText.Format(RunRows.Of(shown, session), command.Form);
        session.Print(command.ShowsComments ? lines.Zip(shown).SelectMany(item => item.Second.Comments.SelectMany(RunComments.BelowList).Prepend(item.First)) : lines);
        if (command.IsPaged && RunListText.Note(shown.Count, total ?? runs.Count) is { } note)
        {
            session.Note(note);
        }
    }

    private static object? JsonOf(Run run) => new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["id"] = run.Id,
        ["run_dir"] = run.Directory.Path,
        ["opref"] = run.OpRef.ToString(),
        ["exit_status"] = run.Directory.ReadAttribute("exit_status"),
        ["cmd"] = run.Directory.ReadAttribute("cmd"),
        ["comments"] = run.Directory.ReadAttribute("comments"),
        ["marked"] = run.Directory.ReadAttribute("marked"),
        ["label"] = run.Directory.ReadAttribute("label"),
        ["started"] = run.Directory.ReadAttribute("started"),
        ["status"] = StatusText.Of(run.Status),
        ["stopped"] = run.Directory.ReadAttribute("stopped"),
        ["tags"] = run.Directory.ReadAttribute("tags"),
    };
}
