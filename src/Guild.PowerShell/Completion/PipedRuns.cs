using System.Management.Automation;
using System.Management.Automation.Language;
using Guild.Engine.Runs;

namespace Guild.PowerShell.Completion;

/// <summary>The runs that come to a command by the pipeline while it is being typed.</summary>
internal static class PipedRuns
{
    // Who completes a name waits for it, and a few runs have the names of all.
    private const int Most = 20;

    /// <summary>True if something comes to the command by the pipeline.</summary>
    public static bool AreExpected(CommandAst command) => ElementsBefore(command).Count > 0;

    /// <summary>The runs, or null where they cannot be known without running what was typed: only a variable, and Get-GuildRun with plain arguments, are asked.</summary>
    public static IReadOnlyList<Run>? Find(CommandAst command)
    {
        if (ElementsBefore(command) is not [var source] || !IsHarmless(source))
        {
            return null;
        }

        return ProjectLookup.Try(() =>
        {
            using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
            shell.AddScript($$"""do { {{source.Extent.Text}} | Microsoft.PowerShell.Core\ForEach-Object { $_; if (++$guildPiped -ge {{Most}}) { break } } } while ($false)""", useLocalScope: true);
            return (IReadOnlyList<Run>)[.. shell.Invoke().Select(item => item?.BaseObject).OfType<GuildRun>().Select(run => run.Record)];
        });
    }

    private static List<CommandBaseAst> ElementsBefore(CommandAst command) =>
        command.Parent is PipelineAst pipeline ? [.. pipeline.PipelineElements.TakeWhile(element => element != command)] : [];

    private static bool IsHarmless(CommandBaseAst source) => source switch
    {
        { Redirections.Count: > 0 } => false,
        CommandExpressionAst { Expression: VariableExpressionAst } => true,
        CommandAst listing => IsGetGuildRun(listing) && listing.CommandElements.Skip(1).All(IsPlain),
        _ => false,
    };

    private static bool IsGetGuildRun(CommandAst command) => command.InvocationOperator == TokenKind.Unknown
        && command.GetCommandName()?.Split('\\')[^1].Equals("Get-GuildRun", StringComparison.OrdinalIgnoreCase) == true;

    private static bool IsPlain(CommandElementAst element) => element switch
    {
        CommandParameterAst parameter => parameter.Argument is null || IsPlain(parameter.Argument),
        VariableExpressionAst { Splatted: false } or ConstantExpressionAst => true,
        ArrayLiteralAst list => list.Elements.All(IsPlain),
        _ => false,
    };
}
