using Guild.Engine;
using Guild.Engine.Runs;
using Guild.Engine.Runs.Comparing;
using Guild.Engine.Yaml;
using Guild.PowerShell.Classic;

namespace Guild.PowerShell.ClassicActions;

/// <summary><c>guild select</c>.</summary>
internal static class RunSelect
{
    public static int Do(SelectRunsCommand command, ClassicSession session)
    {
        if (command.BestColumn is { } column)
        {
            session.Print(TextOf(Best(column, command, session), command, session));
            return ClassicExit.Success;
        }

        var showsAll = command.ShowsAll || command.Selection.Runs.Count > 0;
        var runs = RunSelector.Select(command.Selection, session, RunPlace.Runs, showsAll ? ":" : "1");
        if (runs.Count == 0)
        {
            throw RunSelector.NoMatch();
        }

        foreach (var run in showsAll ? runs : runs.Take(1))
        {
            session.Print(TextOf(run, command, session));
        }

        return ClassicExit.Success;
    }

    private static Run Best(string text, SelectRunsCommand command, ClassicSession session)
    {
        if (ColumnSpec.Parse(text) is not [var column])
        {
            throw new RequestException($"invalid col spec '{text}': multiple cols not supported", text, "Name one column.");
        }

        var runs = RunSelector.Select(command.Selection, session, RunPlace.Runs, ":");
        if (runs.Count == 0)
        {
            throw RunSelector.NoMatch();
        }

        return RunComparison.Best(column, command.IsHighestBest ? ValueOrder.HighestFirst : ValueOrder.LowestFirst, runs, session.Runs, session.Stop)
            ?? throw new RequestException($"no matching run has a value for '{text}'", text, "Use 'guild compare --print-scalars' to see which scalars there are.");
    }

    private static string TextOf(Run run, SelectRunsCommand command, ClassicSession session) => command.Part switch
    {
        SelectedPart.ShortId => run.ShortId,
        SelectedPart.Directory => run.Directory.Path,
        SelectedPart.Attribute => AttributeOf(run, command.Attribute!, session),
        _ => run.Id,
    };

    // What lists show of a run goes by the same names as the attributes on disk, and comes first.
    private static string AttributeOf(Run run, string name, ClassicSession session)
    {
        var shown = RunListText.Details(RunRows.Of(run, 1, session)).FirstOrDefault(d => string.Equals(d.Key, name, StringComparison.Ordinal));
        if (shown is not null)
        {
            return shown.Value;
        }

        return run.Directory.HasAttribute(name)
            ? YamlText.Write(run.Directory.ReadAttribute(name))
            : throw new RequestException($"no such run attribute '{name}'", name);
    }
}
