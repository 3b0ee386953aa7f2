using System.Globalization;
using System.Text.RegularExpressions;
using Guild.Engine.GuildFiles;
using Guild.Engine.Runs;
using Guild.Engine.SourceCode;
using Guild.Engine.Text;

namespace Guild.Engine.Resources;

/// <summary>Selects the files and folders of what was acquired. Changes nothing, so a preview takes this step too.</summary>
internal static class SelectStep
{
    private const string GuildFolder = ".guild";
    private const int MostTries = 5;

    /// <summary>The selected files and folders by name. Raises <see cref="ResourceException"/> for a pattern that cannot be used.</summary>
    public static IReadOnlyList<SelectedInput> Run(SourceRequest request, AcquiredSource acquired, CancellationToken cancellation)
    {
        // A path that the user gave is meant as it is, unless it takes the place of an operation's run.
        var isWhole = !acquired.IsDirectory
            || (acquired.Archive is null
                && request.Source.Kind != SourceKind.Operation
                && (request.Substitute is not null || request.Source.Select.Count == 0));
        if (isWhole)
        {
            return [new SelectedInput(acquired.Root, Path.GetFileName(acquired.Root))];
        }

        try
        {
            var paths = request.Source.Select.Count > 0 ? Matching(request, acquired, cancellation)
                : acquired.Run is not null ? Generated(acquired.Run, cancellation)
                : TopLevel(acquired.Root);
            return [.. paths.Select(path => new SelectedInput(Path.Join(acquired.Root, path), path) { Archive = acquired.Archive })];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw request.Fail($"the folder '{acquired.Root}' cannot be read: {error.Message}", inner: error);
        }
    }

    /// <summary>The names in a folder beside Guild's own. Raises <see cref="ResourceException"/> if it cannot be read.</summary>
    public static IReadOnlyList<string> TopLevel(SourceRequest request, string directory)
    {
        try
        {
            return [.. TopLevel(directory)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw request.Fail($"the folder '{directory}' cannot be read: {error.Message}", inner: error);
        }
    }

    private static IEnumerable<string> TopLevel(string directory) =>
        Tree.Children(directory).Select(entry => entry.Path).Where(path => !IsOfGuild(path));

    // What an operation made itself is what stands neither in the manifest nor in Guild's own folder; of folders the topmost.
    private static IEnumerable<string> Generated(RunDirectory run, CancellationToken cancellation)
    {
        var given = Manifest.Read(run.ManifestPath).Select(entry => entry.Destination.TrimEnd('/')).ToHashSet(StringComparer.Ordinal);
        return Tree.Children(run.Path).Where(entry => !IsOfGuild(entry.Path) && !given.Contains(entry.Path)
            && (!entry.IsDirectory || entry.IsLink || HasGenerated(run, entry, given, cancellation))).Select(entry => entry.Path);
    }

    private static bool HasGenerated(RunDirectory run, TreeEntry folder, HashSet<string> given, CancellationToken cancellation) =>
        Tree.Entries(Path.Join(run.Path, folder.Path), TreeLinks.AreKept, cancellation)
            .Where(entry => !entry.IsDirectory || entry.IsLink)
            .Any(entry => !IsGiven($"{folder.Path}/{entry.Path}", given));

    private static bool IsGiven(string path, HashSet<string> given)
    {
        for (var end = path.Length; end > 0; end = path.LastIndexOf('/', end - 1))
        {
            if (given.Contains(path[..end]))
            {
                return true;
            }
        }

        return false;
    }

    private static SortedSet<string> Matching(SourceRequest request, AcquiredSource acquired, CancellationToken cancellation)
    {
        var selected = new SortedSet<string>(CodePointOrder.Instance);
        var patterns = request.Source.Select.Select(select => (select.Reduction, Text: request.Resolve(select.Pattern))).ToArray();

        // What a run was given by link belongs to its files, as what it was given by copy does.
        var links = acquired.Run is null ? TreeLinks.AreKept : TreeLinks.AreFollowed;
        var asksForGuild = Array.Exists(patterns, pattern => pattern.Text.Contains(GuildFolder, StringComparison.Ordinal));
        var paths = Tree.Entries(acquired.Root, links, cancellation)
            .Select(entry => entry.Path)
            .Where(path => asksForGuild || !IsInGuildFolder(path))
            .ToArray();
        foreach (var (reduction, text) in patterns)
        {
            selected.UnionWith(Reduce(Matches(request, text, paths), reduction));
        }

        return selected;
    }

    private static IEnumerable<Match> Matches(SourceRequest request, string pattern, string[] paths)
    {
        try
        {
            var regex = PythonRegex.Translate(pattern, RegexAnchor.Whole);
            return [.. paths.Select(path => Patiently(regex, path)).Where(match => match.Success)];
        }
        catch (Exception error) when (error is ArgumentException or RegexMatchTimeoutException)
        {
            throw request.Fail($"the pattern '{pattern}' cannot be used: {error.Message}", "Correct 'select' in the Guild file.", error);
        }
    }

    // The time that a match may take is the clock's: a machine that has much else to do can let it pass without a step of the match.
    private static Match Patiently(Regex regex, string path)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return regex.Match(path);
            }
            catch (RegexMatchTimeoutException) when (tries < MostTries)
            {
                // A pattern that really takes so long does so each time.
            }
        }
    }

    private static IEnumerable<string> Reduce(IEnumerable<Match> matches, SelectReduction reduction)
    {
        if (reduction == SelectReduction.All)
        {
            return matches.Select(match => match.Value);
        }

        var numbered = matches.Select(match => (match.Value, Number: Number(match))).Where(match => match.Number is not null);
        var best = reduction == SelectReduction.Minimum ? numbered.MinBy(match => match.Number) : numbered.MaxBy(match => match.Number);
        return best.Value is null ? [] : [best.Value];
    }

    private static double? Number(Match match) =>
        match.Groups[1].Success
        && double.TryParse(match.Groups[1].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && !double.IsNaN(number)
            ? number
            : null;

    private static bool IsOfGuild(string name) => name.StartsWith(GuildFolder, StringComparison.Ordinal);

    private static bool IsInGuildFolder(string path) =>
        path == GuildFolder || path.StartsWith(GuildFolder + "/", StringComparison.Ordinal);
}
