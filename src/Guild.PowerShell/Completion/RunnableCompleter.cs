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
        IDictionary fakeBoundParameters)
    {
        var project = ProjectLookup.FindDeclared(fakeBoundParameters);
        return CompletionText.Of(
            wordToComplete,
            DefinitionOffers.Operations(project, ProjectLookup.OfPackages(wordToComplete, project)).Concat(ScriptOffers.InSession(wordToComplete, fakeBoundParameters)));
    }
}
