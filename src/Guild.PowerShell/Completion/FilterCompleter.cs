using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Guild.PowerShell.Completion;

/// <summary>Completes filters of runs: the name, operator or value that is being typed.</summary>
public sealed class FilterCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        ProjectLookup.Context() is { } context
            ? CompletionText.Of(wordToComplete, ProjectLookup.Try(() => FilterOffers.Of(CompletionText.Unquoted(wordToComplete), context).ToList()) ?? [])
            : [];
}

/// <summary>Completes ranges of time and beginnings of them.</summary>
public sealed class TimeRangeCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        CompletionText.Of(wordToComplete, string.Equals(parameterName, "Since", StringComparison.OrdinalIgnoreCase) ? TimeOffers.Beginnings : TimeOffers.Ranges);
}

/// <summary>Completes days.</summary>
public sealed class DayCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        CompletionText.Of(wordToComplete, TimeOffers.Days(DateTime.Today));
}

/// <summary>Completes digests of source code.</summary>
public sealed class DigestCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        CompletionText.Of(wordToComplete, ProjectLookup.Context() is { } context ? RecentRuns.Digests(context) : []);
}
