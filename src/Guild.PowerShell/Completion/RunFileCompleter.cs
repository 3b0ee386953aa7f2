using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Guild.PowerShell.Completion;

/// <summary>Completes files of the run that is named before them, or of the newest one.</summary>
public sealed class RunFileCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        if (ProjectLookup.Context() is not { } context)
        {
            return [];
        }

        var reference = fakeBoundParameters["Id"] is { } id && LanguagePrimitives.ConvertTo<string[]>(id) is [var first, ..] ? first : null;
        var run = reference is null ? context.Runs.List(limit: 1).FirstOrDefault() : RunOffers.Named(reference, context);
        return CompletionText.Of(wordToComplete, RunFileOffers.Of(run, CompletionText.Unquoted(wordToComplete)));
    }
}
