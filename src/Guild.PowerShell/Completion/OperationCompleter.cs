using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Guild.PowerShell.Completion;

/// <summary>Completes operations' names.</summary>
public sealed class OperationCompleter : IArgumentCompleter
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
        return CompletionText.Of(wordToComplete, DefinitionOffers.Operations(project, ProjectLookup.OfPackages(wordToComplete, project)));
    }
}
