using Guild.Engine;
using Guild.Engine.Runs;
using Guild.PowerShell.Classic;

namespace Guild.PowerShell.ClassicActions;

/// <summary>What is common to the commands that change runs: which, whether the user agrees, and what to say where there is none.</summary>
internal sealed record RunChange
{
    /// <summary>Where the runs are.</summary>
    public RunPlace Place { get; init; } = RunPlace.Runs;

    /// <summary>The name to take if none is given: <c>:</c> for all runs or <c>1</c> for the newest.</summary>
    public string ByDefault { get; init; } = ":";

    /// <summary>What is about to happen, above the list of runs.</summary>
    public required string Preview { get; init; }

    /// <summary>The question below the list, in which <c>{0}</c> stands for the number of runs.</summary>
    public required string Question { get; init; }

    /// <summary>What an empty answer means.</summary>
    public required DefaultAnswer Default { get; init; }

    /// <summary>What is said if there is no such run.</summary>
    public required string Nothing { get; init; }

    /// <summary>True if the command goes on where nobody can be asked, because what it changes can be changed back.</summary>
    public bool IsHarmless { get; init; }

    /// <summary>Asks, and does the work if the user agrees.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="RequestException">Nobody can be asked, and the command does not say <c>-y</c>.</exception>
    public int Do(ChangeRunsCommand command, ClassicSession session, Action<IReadOnlyList<Run>> work) =>
        Do(command, session, () => RunSelector.Select(command.Selection, session, Place, ByDefault), work);

    /// <summary>As <see cref="Do(ChangeRunsCommand, ClassicSession, Action{IReadOnlyList{Run}})"/>, for runs that are chosen in another way.</summary>
    public int Do(ChangeRunsCommand command, ClassicSession session, Func<IReadOnlyList<Run>> choose, Action<IReadOnlyList<Run>> work)
    {
        var runs = choose();
        if (runs.Count == 0)
        {
            session.Note(Nothing);
            return ClassicExit.Success;
        }

        if (!command.AssumesYes)
        {
            var question = string.Format(System.Globalization.CultureInfo.InvariantCulture, Question, runs.Count);
            var answer = ClassicActions.Question.Ask(session, ConfirmPrompt.ForRuns(Preview, RunRows.Of(runs, session), question, Default), Default);
            if (answer == Answer.No)
            {
                return ClassicExit.Aborted;
            }

            if (answer == Answer.None && !IsHarmless)
            {
                throw new RequestException($"nobody is here to answer '{question}'", null, "Use --yes to go on without the question.");
            }
        }

        work(runs);
        return ClassicExit.Success;
    }
}
