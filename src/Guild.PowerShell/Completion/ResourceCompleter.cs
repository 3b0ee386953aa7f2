using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Guild.PowerShell.Completion;

/// <summary>Completes resources' names.</summary>
public sealed class ResourceCompleter : IArgumentCompleter
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
            (ProjectLookup.Find(fakeBoundParameters)?.Models ?? [])
                .SelectMany(m => m.Resources)
                .Where(r => !r.IsPrivate)
                .Select(r => (r.Name, r.Description.Split('\n', 2)[0]))
                .DistinctBy(r => r.Name));
}
