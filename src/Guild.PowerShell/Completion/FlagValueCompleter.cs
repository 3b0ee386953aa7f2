using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Guild.Engine;
using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
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
            var operation = OperationResolver.Resolve(project, fakeBoundParameters["Operation"]?.ToString() ?? "");
            var flag = operation.Flags.FirstOrDefault(f => string.Equals(f.Name, parameterName, StringComparison.OrdinalIgnoreCase));
            return flag is null ? [] : CompletionText.Of(wordToComplete, Values(operation, flag));
        }
        catch (GuildException)
        {
            return [];
        }
    }

    private static IEnumerable<(string Value, string Description)> Values(OperationDefinition operation, FlagDefinition flag)
    {
        var help = FlagHelp.Of(operation, flag);
        if (help.Choices.Count > 0)
        {
            return help.Choices.Select(c => (c.Text, c.Description));
        }

        return flag.Type == FlagType.Boolean || flag.Default is bool
            ? [("$true", ""), ("$false", "")]
            : flag.Default is null ? [] : [(FlagGrammar.Encode(flag.Default), "The default.")];
    }
}
