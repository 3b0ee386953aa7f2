using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Guild.PowerShell.Completion;

/// <summary>Completes runs that are batches, by their short ids, newest first.</summary>
public sealed class BatchCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) => ProjectLookup.Context() is { } context
            ? RunOffers.ById(context.Runs.List().Where(run => run.IsBatch), CompletionText.Unquoted(wordToComplete))
                .Select(o => new CompletionResult(o.Word, o.Shown, CompletionResultType.ParameterValue, o.Tip))
            : [];
}
