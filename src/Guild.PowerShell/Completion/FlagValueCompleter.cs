using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Guild.PowerShell.Completion;

/// <summary>Completes values of a flag: its choices, true and false for a boolean, else its default.</summary>
public sealed class FlagValueCompleter : IArgumentCompleter
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
        if (project is null)
        {
            return [];
        }

        var operation = FlagWords.Find(project, fakeBoundParameters["Operation"]?.ToString() ?? "", ProjectLookup.Context());
        var flag = operation?.Flags.FirstOrDefault(f => string.Equals(f.Name, parameterName, StringComparison.OrdinalIgnoreCase));
        return flag is null ? [] : CompletionText.OfValues(wordToComplete, FlagWords.ValuesOf(flag));
    }
}
