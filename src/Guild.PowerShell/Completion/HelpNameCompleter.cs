using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Guild.PowerShell.Completion;

/// <summary>Completes what there is help on: operations, models and scripts.</summary>
public sealed class HelpNameCompleter : IArgumentCompleter
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
            DefinitionOffers.Operations(project, ProjectLookup.OfPackages(wordToComplete, project)).Concat(DefinitionOffers.Models(project)).Concat(ScriptOffers.InSession(wordToComplete, fakeBoundParameters)).DistinctBy(o => o.Word));
    }
}
