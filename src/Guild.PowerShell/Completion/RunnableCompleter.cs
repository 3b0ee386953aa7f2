using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Guild.PowerShell.Completion;

/// <summary>Completes what can be run: operations, and scripts that need no Guild file.</summary>
public sealed class RunnableCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        CompletionText.Of(
            wordToComplete,
            DefinitionOffers.Operations(ProjectLookup.FindDeclared(fakeBoundParameters)).Concat(ScriptOffers.InSession(wordToComplete, fakeBoundParameters)));
}
