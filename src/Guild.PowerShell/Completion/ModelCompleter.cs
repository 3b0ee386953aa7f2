using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Guild.PowerShell.Completion;

/// <summary>Completes models' names.</summary>
public sealed class ModelCompleter : IArgumentCompleter
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
            (ProjectLookup.Find(fakeBoundParameters)?.Models ?? []).Where(m => m.Name.Length > 0).Select(m => (m.Name, m.Description.Split('\n', 2)[0])));
}
