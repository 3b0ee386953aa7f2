using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Guild.PowerShell.Completion;

/// <summary>Completes folders of projects: those that have runs, and any folder.</summary>
public sealed class ProjectCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        CompletionText.Of(wordToComplete, (ProjectLookup.Context() is { } context ? RecentRuns.Projects(context) : []).Concat(FileOffers.Folders(CompletionText.Unquoted(wordToComplete))));
}
