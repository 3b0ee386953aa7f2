using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Guild.PowerShell.Completion;

/// <summary>Completes runs by their short ids, newest first.</summary>
public sealed class RunCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var context = ProjectLookup.Context();
        if (context is null)
        {
            return [];
        }

        return RunOffers.ById(context.Runs.List(), CompletionText.Unquoted(wordToComplete))
            .Select(o => new CompletionResult(o.Word, o.Shown, CompletionResultType.ParameterValue, o.Tip));
    }
}
