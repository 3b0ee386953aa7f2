using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Guild.Engine.Operations;

namespace Guild.PowerShell.Completion;

/// <summary>Completes operations' names.</summary>
public sealed class OperationCompleter : IArgumentCompleter
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
        var packages = ProjectLookup.OfPackages(wordToComplete, project);
        return CompletionText.Of(
            wordToComplete,
            packages.Prepend(project).OfType<Project>().SelectMany(p => p.Operations.Where(o => !o.Name.StartsWith('_')).Select(o => (p.NameOf(o), FirstLine(o.Description))))
                .Concat(project?.DefaultModel is { Name.Length: > 0 } model ? model.Operations.Where(o => !o.Name.StartsWith('_')).Select(o => (o.Name, FirstLine(o.Description))) : []));
    }

    private static string FirstLine(string text) => text.Split('\n', 2)[0];
}
