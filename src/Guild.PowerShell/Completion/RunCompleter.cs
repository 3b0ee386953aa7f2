using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Guild.PowerShell.Completion;

/// <summary>Completes runs by their short ids, newest first.</summary>
public sealed class RunCompleter : IArgumentCompleter
{
    // Enough to choose from at a prompt; who wants an older run types the first letters of its id.
    private const int Most = 100;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var context = ProjectLookup.Context();
        if (context is null)
        {
            return [];
        }

        var typed = wordToComplete.Trim('\'', '"');
        return context.Runs.List()
            .Where(r => r.Id.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Take(Most)
            .Select(r => new CompletionResult(
                r.ShortId,
                $"{r.ShortId}  {r.FullName}",
                CompletionResultType.ParameterValue,
                $"{r.FullName}  {r.Started?.ToLocalTime():yyyy-MM-dd HH:mm:ss}  {StatusText.Of(r.Status)}  {r.Label}"));
    }
}
