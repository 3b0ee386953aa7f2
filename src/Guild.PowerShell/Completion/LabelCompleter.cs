using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Guild.Engine.Operations;
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
        CompletionText.Of(wordToComplete, ProjectLookup.Context() is { } context ? RecentRuns.Labels(context) : []);
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
        CompletionText.Of(wordToComplete, ProjectLookup.Context() is { } context ? RecentRuns.Tags(context) : []);
}

/// <summary>The runs that completion looks at.</summary>
internal static class RecentRuns
{
    // Completion must be quick in a home of any size: the newest runs have what people type now. A list of more takes all runs out of the index.
    private const int Most = 300;

    private const int DigestLength = 8;

    /// <summary>Their labels, each once.</summary>
    public static IEnumerable<Offer> Labels(EngineContext context) =>
        Of(context).Select(r => r.Label).OfType<string>().Distinct(StringComparer.Ordinal).Select(l => new Offer(l, ""));

    /// <summary>Their tags, each once.</summary>
    public static IEnumerable<Offer> Tags(EngineContext context) => Of(context).SelectMany(r => r.Tags).Distinct(StringComparer.Ordinal).Select(t => new Offer(t, ""));

    /// <summary>The folders of their projects, each once.</summary>
    public static IEnumerable<Offer> Projects(EngineContext context) => Of(context).Select(r => r.ProjectPath).OfType<string>().Distinct(StringComparer.Ordinal).Select(p => new Offer(p, ""));

    /// <summary>The digests of their source code, each once, as far as people type them.</summary>
    public static IEnumerable<Offer> Digests(EngineContext context) => Of(context)
        .Where(r => r.SourceCodeDigest is { Length: >= DigestLength })
        .DistinctBy(r => r.SourceCodeDigest)
        .Select(r => new Offer(r.SourceCodeDigest![..DigestLength], $"{r.FullName}  {r.ShortId}"));

    /// <summary>The newest runs.</summary>
    public static IEnumerable<Run> Of(EngineContext context) => context.Runs.List(limit: Most).Take(Most);
}
