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

    private static Dictionary<string, object?> JsonOf(Run run)
    {
        var result = JsonOf(run.Directory, run.Id, run.OpRef.ToString(), StatusText.Of(run.Status));
        if (run.IsBatch && Directory.Exists(run.Directory.PrototypePath))
        {
            // A prototype is never started: its record says of it what a run says that waits.
            var prototype = new RunDirectory(run.Directory.PrototypePath);
            result["batch_proto"] = JsonOf(prototype, "proto", prototype.ReadOpRef()?.ToString() ?? "", StatusText.Of(RunStatus.Pending));
        }

        return result;
    }

    private static Dictionary<string, object?> JsonOf(RunDirectory directory, string id, string opRef, string status) => new(StringComparer.Ordinal)
    {
        ["id"] = id,
        ["run_dir"] = directory.Path,
        ["opref"] = opRef,
        ["exit_status"] = directory.ReadAttribute("exit_status"),
        ["cmd"] = directory.ReadAttribute("cmd"),
        ["comments"] = directory.ReadAttribute("comments"),
        ["marked"] = directory.ReadAttribute("marked"),
        ["label"] = directory.ReadAttribute("label"),
        ["started"] = directory.ReadAttribute("started"),
        ["status"] = status,
        ["stopped"] = directory.ReadAttribute("stopped"),
        ["tags"] = directory.ReadAttribute("tags"),
    };
}
