using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Guild.PowerShell.Completion;

/// <summary>Completes names of installed packages.</summary>
public sealed class PackageCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        CompletionText.Of(wordToComplete, (ProjectLookup.Packages()?.Installed.All ?? []).Select(p => (p.Name, $"{p.Name} {p.Version}".TrimEnd())));
}
