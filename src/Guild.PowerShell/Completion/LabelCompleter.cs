using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Guild.Engine.Runs;

namespace Guild.PowerShell.Completion;

/// <summary>Completes labels of runs.</summary>
public sealed class LabelCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        CompletionText.Of(wordToComplete, RecentRuns.Of().Select(r => r.Label).OfType<string>().Distinct(StringComparer.Ordinal).Select(l => (l, "")));
}

/// <summary>Completes tags of runs.</summary>
public sealed class TagCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        CompletionText.Of(wordToComplete, RecentRuns.Of().SelectMany(r => r.Tags).Distinct(StringComparer.Ordinal).Select(t => (t, "")));
}

/// <summary>The runs that completion looks at.</summary>
internal static class RecentRuns
{
    // Completion must be quick in a home of any size: the newest runs have what people type now.
    private const int Most = 500;

    public static IEnumerable<Run> Of() => ProjectLookup.Context() is { } context ? context.Runs.List(limit: Most).Take(Most) : [];
}
