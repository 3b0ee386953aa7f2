using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Guild.Engine.Operations;
using Guild.Engine.Runs;

namespace Guild.PowerShell.Completion;

/// <summary>The runs that a command being typed is about.</summary>
internal static class ChosenRuns
{
    /// <summary>The runs that come by the pipeline or are named; null where none are, or where they are not known yet.</summary>
    public static IReadOnlyList<Run>? Of(CommandAst? command, IDictionary given, EngineContext context)
    {
        if (command is not null && PipedRuns.AreExpected(command))
        {
            return PipedRuns.Find(command);
        }

        return given["Id"] is { } id && LanguagePrimitives.ConvertTo<string[]>(id) is { Length: > 0 } references
            ? [.. references.SelectMany(reference => RunOffers.AllNamed(reference, context))]
            : null;
    }
}
