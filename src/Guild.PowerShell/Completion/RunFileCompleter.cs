using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Guild.PowerShell.Completion;

/// <summary>Completes files of the run that is named before them or comes by the pipeline, or of the newest one.</summary>
public sealed class RunFileCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        if (ProjectLookup.Context() is not { } context)
        {
            return [];
        }

        var runs = ChosenRuns.Of(commandAst, fakeBoundParameters, context) ?? [.. context.Runs.List(limit: 1)];
        return CompletionText.Of(wordToComplete, RunFileOffers.Of(runs is [var first, ..] ? first : null, CompletionText.Unquoted(wordToComplete)));
    }
}
