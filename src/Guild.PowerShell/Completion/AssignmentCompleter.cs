using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Guild.PowerShell.Completion;

/// <summary>Completes words <c>NAME=VALUE</c>: flags of the operation, and resources that it requires.</summary>
public sealed class AssignmentCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var name = fakeBoundParameters["Operation"]?.ToString() ?? "";
        return ProjectLookup.Find(fakeBoundParameters) is { } project
            && ProjectLookup.Context() is { } context
            && FlagWords.Find(project, name, context) is { } operation
            ? CompletionText.Of(
                wordToComplete,
                new AssignmentOffers(project, operation, context.Runs).Of(CompletionText.Unquoted(wordToComplete), Given(commandAst)),
                CompletionText.IsPlainWord)
            : [];
    }

    private static IEnumerable<string> Given(CommandAst command) => command.CommandElements.Select(e => e.Extent.Text).Where(text => text.IndexOf('=', StringComparison.Ordinal) > 0);
}
