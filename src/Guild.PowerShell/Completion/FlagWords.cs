using Guild.Engine;
using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Imports;
using Guild.Engine.Operations;

namespace Guild.PowerShell.Completion;

/// <summary>What can be typed for the flags of an operation.</summary>
internal static class FlagWords
{
    /// <summary>The operation that a name means, with the flags of its code; null if there is none.</summary>
    public static OperationDefinition? Find(Project project, string name, EngineContext? context)
    {
        try
        {
            var declared = OperationResolver.Resolve(project, name);
            return context is null ? declared : FlagImport.Of(project, declared, context).Operation;
        }
        catch (GuildException)
        {
            return null;
        }
    }

    /// <summary>The values of a flag: its choices, true and false for a boolean, else its default.</summary>
    public static IEnumerable<(object Value, string Tip)> ValuesOf(FlagDefinition flag)
    {
        if (flag.Choices.Count > 0)
        {
            return flag.Choices.Where(c => c.Value is not null).Select(c => (c.Value!, c.Description));
        }

        return flag.Type == FlagType.Boolean || flag.Default is bool
            ? [(true, ""), (false, "")]
            : flag.Default is null || flag.IsSecret ? [] : [(flag.Default, "The default.")];
    }

    /// <summary>The values of a flag in Guild's grammar, as they stand behind <c>NAME=</c>.</summary>
    public static IEnumerable<Offer> TextsOf(FlagDefinition flag) => ValuesOf(flag).Select(v => new Offer(FlagGrammar.Encode(v.Value), v.Tip));

    /// <summary>The line that explains a flag.</summary>
    public static string TipOf(OperationDefinition operation, FlagDefinition flag) =>
        FlagHelp.Of(operation, flag).Message is { Length: > 0 } text ? text : $"Flag {flag.Name}.";
}
