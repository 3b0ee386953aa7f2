using System.Collections;
using System.Management.Automation;
using Guild.Engine;
using Guild.Engine.Flags;

namespace Guild.PowerShell.Commands;

/// <summary>Trials that are given one by one: rows of a file as Import-Csv gives them, hashtables, or trials of a plan.</summary>
internal sealed class TrialRows
{
    private readonly List<object> _rows = [];
    private readonly List<Trial> _trials = [];

    /// <summary>The trials, in the order of the rows.</summary>
    public IReadOnlyList<Trial> Trials => _trials;

    /// <summary>Takes a row, or several.</summary>
    /// <exception cref="RequestException">It is nothing that has flags.</exception>
    public void Add(PSObject row)
    {
        if (row.BaseObject is object[] several)
        {
            foreach (var one in several.Where(one => one is not null))
            {
                Add(PSObject.AsPSObject(one));
            }

            return;
        }

        _trials.Add(new Trial([.. Cells(row)]));
        _rows.Add(row);
    }

    /// <summary>The error of the first row that has a problem, and that row; null if the problem is in none of them.</summary>
    /// <param name="error">What is wrong with the flags of a request.</param>
    /// <param name="trialsBefore">How many trials of the request come before the rows.</param>
    public (FlagException Error, object Row)? FirstProblem(FlagException error, Func<int> trialsBefore)
    {
        if (_rows is [var only] && error.Problems.Any(p => p.Trial is null && _trials[0].Flags.Any(f => f.Key == p.Flag)))
        {
            return (error, only);
        }

        if (error.Problems.FirstOrDefault(p => p.Trial is not null)?.Trial is not { } first || first - trialsBefore() is not (> 0 and var place) || place > _rows.Count)
        {
            return null;
        }

        var others = error.Problems.Select(p => p.Trial).Distinct().Count() - 1;
        var problems = error.Problems.Where(p => p.Trial == first).ToList();
        if (others > 0)
        {
            problems[^1] = problems[^1] with { Message = $"{problems[^1].Message} {others} more {(others == 1 ? "row has a problem" : "rows have problems")}." };
        }

        return (new FlagException(problems, error.RecommendedAction), _rows[place - 1]);
    }

    // A cell of a file has no type, so it is read as if it were typed behind NAME=.
    private static IEnumerable<KeyValuePair<string, FlagInput>> Cells(PSObject row) => row.BaseObject switch
    {
        GuildPlannedTrial trial => FlagInputs.OfTable(trial.Flags),
        IDictionary table => FlagInputs.OfTable(table).Select(flag => flag.Value is FlagValue { Value: string text } ? KeyValuePair.Create(flag.Key, (FlagInput)new FlagText(text)) : flag),
        PSCustomObject => row.Properties.Select(p => KeyValuePair.Create(p.Name, p.Value is string text ? new FlagText(text) : FlagInputs.Input(p.Value))),
        var other => throw new RequestException(
            $"A {other.GetType().Name} is no row of flag values.",
            other,
            "Give objects with a property for each flag, as Import-Csv gives them, or hashtables."),
    };
}
