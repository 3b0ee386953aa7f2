using Guild.Engine.Operations;
using Guild.Engine.Runs;
using Guild.PowerShell.Classic;

namespace Guild.PowerShell.ClassicActions;

/// <summary><c>guild runs list</c>.</summary>
internal static class RunListing
{
    public static int Do(ListRunsCommand command, ClassicSession session)
    {
        var place = command.IsDeleted ? RunPlace.Trash : RunPlace.Runs;
        if (command.Form == RunListForm.Json)
        {
            session.Print(JsonLiteral.Write(Runs(command, session, place).Select(JsonOf).ToList()));
            return ClassicExit.Success;
        }

        // Only a list that is cut needs to know how many more runs there are, and without a filter counting reads none of them.
        var limit = command.Limit ?? int.MaxValue;
        var isPlain = command.Selection.Runs.Count == 0 && RunSelector.IsEmpty(command.Selection.Filter);
        var runs = isPlain ? [.. session.Runs.List(place, limit, session.Stop)] : Runs(command, session, place);
        var total = isPlain ? session.Runs.Ids(place).Count() : runs.Count;
        var shown = runs.Take(limit).ToList();
        session.Print(RunListText.Format(RunRows.Of(shown, session), command.Form));
        if (command.IsPaged && RunListText.Note(shown.Count, total) is { } note)
        {
            session.Note(note);
        }

        return ClassicExit.Success;
    }

    private static IReadOnlyList<Run> Runs(ListRunsCommand command, ClassicSession session, RunPlace place) =>
        RunSelector.Select(command.Selection, session, place, ":");

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
