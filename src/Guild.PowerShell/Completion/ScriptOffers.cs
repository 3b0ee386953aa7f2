using System.Collections;

namespace Guild.PowerShell.Completion;

/// <summary>What can be typed for a script that is run without a Guild file.</summary>
internal static class ScriptOffers
{
    // A folder of a hundred scripts is a library, and not what is run.
    private const int Most = 100;

    /// <summary>The scripts of the folder that <c>-Path</c> names, else of the session's folder.</summary>
    /// <param name="typed">What was typed, with its quotes.</param>
    /// <param name="boundParameters">The parameters of the command.</param>
    public static IEnumerable<Offer> InSession(string typed, IDictionary boundParameters)
    {
        var path = boundParameters["Path"] ?? boundParameters["LiteralPath"] ?? boundParameters["ProjectPath"];
        return ProjectLookup.Try(() => Of(ProjectLookup.PathInSession(path), CompletionText.Unquoted(typed), isCurrent: path is null).ToList()) ?? [];
    }

    /// <summary>The scripts of a folder, and those below what was typed of a path.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="typed">What was typed.</param>
    /// <param name="isCurrent">True if the folder is the session's: PowerShell completes paths from there only.</param>
    public static IEnumerable<Offer> Of(string folder, string typed, bool isCurrent)
    {
        if (typed.Contains('=', StringComparison.Ordinal))
        {
            return [];
        }

        if (typed.AsSpan().ContainsAny('/', '\\'))
        {
            return isCurrent ? FileOffers.Of(typed).Where(o => IsScript(o.Word) || Directory.Exists(Path.Combine(folder, o.Word))) : [];
        }

        return Directory.EnumerateFiles(folder)
            .Where(IsScript)
            .Take(Most)
            .Select(file => new Offer(Path.GetFileName(file), file))
            .OrderBy(o => o.Word, StringComparer.Ordinal);
    }

    private static bool IsScript(string path) => Path.GetExtension(path).ToLowerInvariant() is ".py" or ".ps1";
}
