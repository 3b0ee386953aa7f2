using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Guild.Engine.Resources;

namespace Guild.PowerShell.Completion;

/// <summary>Completes what the cache of the home has: resources of the project, and files by name.</summary>
public sealed class CacheCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        CompletionText.Of(wordToComplete, Resources().Concat(Files()).DistinctBy(found => found.Item1));

    private static IEnumerable<(string, string)> Resources() =>
        (ProjectLookup.Find(new Hashtable())?.Models ?? [])
            .SelectMany(model => model.Resources)
            .Where(resource => !resource.IsPrivate)
            .Select(resource => (resource.Name, resource.Description.Split('\n', 2)[0]));

    private static IEnumerable<(string, string)> Files()
    {
        try
        {
            var entries = ProjectLookup.Context() is { } context ? new ResourceCache(context.Home).Entries() : [];
            return [.. entries.Select(entry => (entry.FileName, $"{TransferText.Size(entry.Length)}, from {entry.Source ?? "an unknown place"}"))];
        }
        catch (Exception error) when (Streams.ErrorRecords.IsExpected(error))
        {
            return [];
        }
    }
}
