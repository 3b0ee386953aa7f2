using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

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
        if (project is null)
        {
            return [];
        }

        var open = project.Operations.Where(o => !o.Name.StartsWith('_'));
        return CompletionText.Of(
            wordToComplete,
            open.Select(o => (o.FullName, FirstLine(o.Description)))
                .Concat(project.DefaultModel is { Name.Length: > 0 } model ? model.Operations.Where(o => !o.Name.StartsWith('_')).Select(o => (o.Name, FirstLine(o.Description))) : []));
    }

    private static string FirstLine(string text) => text.Split('\n', 2)[0];
}
