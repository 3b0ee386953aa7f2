using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Guild.PowerShell.Completion;

/// <summary>Completes columns of comparisons: scalars, flags and attributes that recent runs have.</summary>
public sealed class ColumnCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        ProjectLookup.Context() is { } context ? CompletionText.Of(wordToComplete, ColumnOffers.Of(context, CompletionText.Unquoted(wordToComplete ?? ""))) : [];
}

/// <summary>Completes names of scalars: of the runs that are named before them or come by the pipeline, or of recent ones.</summary>
public sealed class ScalarCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        ProjectLookup.Context() is { } context ? CompletionText.Of(wordToComplete, ColumnOffers.Scalars(ChosenRuns.Of(commandAst, fakeBoundParameters, context), context)) : [];
}
