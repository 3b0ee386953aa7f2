using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Guild.Engine;
using Guild.Engine.GuildFiles;
using Guild.Engine.Imports;
using Guild.Engine.Operations;

namespace Guild.PowerShell.Completion;

/// <summary>Completes values of a flag: its choices, true and false for a boolean, else its default.</summary>
public sealed class FlagValueCompleter : IArgumentCompleter
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

        try
        {
            var declared = OperationResolver.Resolve(project, fakeBoundParameters["Operation"]?.ToString() ?? "");
            var operation = ProjectLookup.Context() is { } context ? FlagImport.Of(project, declared, context).Operation : declared;
            var flag = operation.Flags.FirstOrDefault(f => string.Equals(f.Name, parameterName, StringComparison.OrdinalIgnoreCase));
            return flag is null ? [] : CompletionText.OfValues(wordToComplete, Values(flag));
        }
        catch (GuildException)
        {
            return [];
        }
    }

    private static IEnumerable<(object Value, string Tip)> Values(FlagDefinition flag)
    {
        if (flag.Choices.Count > 0)
        {
            return flag.Choices.Where(c => c.Value is not null).Select(c => (c.Value!, c.Description));
        }

        return flag.Type == FlagType.Boolean || flag.Default is bool
            ? [(true, ""), (false, "")]
            : flag.Default is null || flag.IsSecret ? [] : [(flag.Default, "The default.")];
    }
}
