using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Guild.PowerShell.Completion;

/// <summary>Completes optimizers: those of the operation, and those that are built in.</summary>
public sealed class OptimizerCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var project = ProjectLookup.Find(fakeBoundParameters);
        var operation = project is null ? null : FlagWords.Find(project, fakeBoundParameters["Operation"]?.ToString() ?? "", context: null);
        return CompletionText.Of(wordToComplete, OptimizerOffers.Of(project, operation));
    }
}
