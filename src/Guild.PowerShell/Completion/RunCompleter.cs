using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Guild.Engine;
using Guild.Engine.Operations;
using Guild.Engine.Runs;
using Guild.Engine.Runs.Transfer;

namespace Guild.PowerShell.Completion;

/// <summary>Completes runs by their short ids, newest first: those that the cmdlet is about. Where runs come by the pipeline, what stands in their place is completed.</summary>
public sealed class RunCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var context = ProjectLookup.Context();
        if (context is null)
        {
            return [];
        }

        if (PartsOf(commandName) is { } parts && commandAst is not null && PipedRuns.AreExpected(commandAst))
        {
            return parts.CompleteArgument(commandName, "Name", wordToComplete, commandAst, fakeBoundParameters);
        }

        return RunOffers.ById(Runs(context, commandName, fakeBoundParameters), CompletionText.Unquoted(wordToComplete))
            .Select(o => new CompletionResult(o.Word, o.Shown, CompletionResultType.ParameterValue, o.Tip));
    }

    // Of these cmdlets the first word is a name if the runs are piped.
    private static IArgumentCompleter? PartsOf(string? command) => command?.Split('\\')[^1].ToUpperInvariant() switch
    {
        "GET-GUILDSCALAR" or "SHOW-GUILDSCALAR" => new ScalarCompleter(),
        "GET-GUILDRUNFILE" => new RunFileCompleter(),
        _ => null,
    };

    private static IEnumerable<Run> Runs(EngineContext context, string command, IDictionary given)
    {
        var name = command?.Split('\\')[^1] ?? "";
        if (name.Equals("Import-GuildRun", StringComparison.OrdinalIgnoreCase))
        {
            return OfArchive(given["Path"] ?? given["LiteralPath"], context);
        }

        if (given?["Archive"] is { } archive)
        {
            return OfArchive(archive, context);
        }

        var isOfTrash = name.Equals("Restore-GuildRun", StringComparison.OrdinalIgnoreCase)
            || name.Equals("Clear-GuildTrash", StringComparison.OrdinalIgnoreCase)
            || (given?.Contains("Deleted") == true && LanguagePrimitives.IsTrue(given["Deleted"]));
        return context.Runs.List(isOfTrash ? RunPlace.Trash : RunPlace.Runs);
    }

    private static IEnumerable<Run> OfArchive(object? path, EngineContext context)
    {
        if (path is null || LanguagePrimitives.ConvertTo<string[]>(path) is not [var only])
        {
            return [];
        }

        try
        {
            using var archive = RunArchive.Open(NamedArchive.Locate(only, ProjectLookup.PathInSession(only), context), new RunTransferOptions());
            return [.. archive.Runs];
        }
        catch (Exception error) when (error is GuildException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
