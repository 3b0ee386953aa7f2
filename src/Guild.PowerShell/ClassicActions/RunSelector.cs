using System.Management.Automation;
using System.Text.RegularExpressions;
using Guild.Engine;
using Guild.Engine.Runs;
using Guild.Engine.Runs.Queries;
using Guild.Engine.Text;
using Guild.PowerShell.Classic;
using RunSelection = Guild.PowerShell.Classic.RunSelection;

namespace Guild.PowerShell.ClassicActions;

/// <summary>Finds the runs that a command is about: those that pass its filter and, of these, the ones that are named.</summary>
internal static class RunSelector
{
    /// <summary>All runs that are named; without names those of <paramref name="byDefault"/>. Indexes count within the filtered list.</summary>
    /// <param name="selection">Names and filter.</param>
    /// <param name="session">The session.</param>
    /// <param name="place">Where to look.</param>
    /// <param name="byDefault">The name to take if there is none, such as <c>:</c> for all or <c>1</c> for the newest.</param>
    /// <exception cref="NameNotFoundException">A name names no run.</exception>
    /// <exception cref="AmbiguousNameException">A name is the beginning of more than one id.</exception>
    public static IReadOnlyList<Run> Select(RunSelection selection, ClassicSession session, RunPlace place, string byDefault)
    {
        var filtered = Filter(selection.Filter, session, place).ToList();
        if (selection.Runs.Count == 0 && filtered.Count == 0)
        {
            return [];
        }

        var ids = RunReferences.Select(selection.Runs.Count == 0 ? [byDefault] : selection.Runs, [.. filtered.Select(r => r.Id)]);
        var byId = filtered.ToDictionary(r => r.Id, StringComparer.Ordinal);
        return [.. ids.Select(id => byId[id])];
    }

    /// <summary>The one run that is named, or the newest that passes the filter.</summary>
    /// <exception cref="RequestException">No run passes the filter.</exception>
    /// <exception cref="NameNotFoundException">The name names no run.</exception>
    /// <exception cref="AmbiguousNameException">The name names more than one run.</exception>
    public static Run One(RunSelection selection, ClassicSession session) => Select(selection, session, RunPlace.Runs, "1") switch
    {
        [var only] => only,
        [] => throw NoMatch(),
        var several => throw new AmbiguousNameException(
            NameKind.Run,
            selection.Runs[0],
            $"'{selection.Runs[0]}' names {several.Count} runs, where one is needed.",
            [.. several.Select(r => r.Id)]),
    };

    /// <summary>Reads the runs that pass a filter, the newest first, each when it is asked for.</summary>
    /// <exception cref="FilterException">Its expression cannot be read.</exception>
    /// <exception cref="TimeRangeException">Its range of time cannot be read.</exception>
    public static IEnumerable<Run> Filter(RunFilter filter, ClassicSession session, RunPlace place)
    {
        var store = session.Runs;
        return QueryOf(filter).Of(store.List(place, cancellation: session.Stop), store, session.Stop);
    }

    /// <summary>What a filter means.</summary>
    /// <exception cref="FilterException">Its expression cannot be read.</exception>
    /// <exception cref="TimeRangeException">Its range of time cannot be read.</exception>
    public static RunQuery QueryOf(RunFilter filter) => new()
    {
        Condition = run => Passes(run, filter),
        Started = filter.Started is { } range ? [TimeRange.Parse(range, TimeProvider.System)] : [],
        Digests = filter.Digest is { } digest ? [digest] : [],
        Filters = filter.Expression is { } expression ? [FilterExpression.Parse(expression)] : [],
    };

    /// <summary>True if a filter lets every run pass.</summary>
    public static bool IsEmpty(RunFilter filter) => filter is
    {
        Operations.Count: 0, Labels.Count: 0, Tags.Count: 0, Comments.Count: 0, Marked: null, Statuses.Count: 0, ExcludedStatuses.Count: 0,
        Expression: null, Started: null, Digest: null,
    };

    /// <summary>The error of a command that needs a run where there is none.</summary>
    public static RequestException NoMatch() => new("no matching runs", null, "Try 'guild runs list' for a list of runs.");

    private static bool Passes(Run run, RunFilter filter)
    {
        var status = StatusText.Of(run.Status);
        return (filter.Statuses.Count == 0 || filter.Statuses.Contains(status, StringComparer.Ordinal))
            && !filter.ExcludedStatuses.Contains(status, StringComparer.Ordinal)
            && (filter.Marked is null || filter.Marked == run.IsMarked)
            && (filter.Tags.Count == 0 || filter.Tags.Intersect(run.Tags, StringComparer.Ordinal).Any())
            && (filter.Comments.Count == 0 || filter.Comments.Any(text => HasComment(run, text)))
            && (filter.Labels.Count == 0 || filter.Labels.Any(text => HasLabel(run, text)))
            && (filter.Operations.Count == 0 || filter.Operations.Any(text => IsOf(run, text)));
    }

    private static bool HasLabel(Run run, string text)
    {
        var label = run.Label?.Trim() ?? "";
        return string.Equals(text, "-", StringComparison.Ordinal) ? label.Length == 0 : label.Contains(text, StringComparison.Ordinal);
    }

    private static bool HasComment(Run run, string text) => string.Equals(text, "-", StringComparison.Ordinal)
        ? run.Comments.Count == 0
        : run.Comments.Any(comment => $"{comment.User}\n{comment.Host}\n{comment.Body}".Contains(text, StringComparison.OrdinalIgnoreCase));

    private static bool IsOf(Run run, string operation)
    {
        if (operation.StartsWith('^') || operation.EndsWith('$'))
        {
            return IsMatch(operation, run.FullName);
        }

        // A part that is not given fits any.
        return Parts(operation).Zip(Parts(run.FullName)).All(p => p.First.Length == 0 || IsPart(p.First, p.Second));
    }

    private static bool IsPart(string wanted, string part) => wanted.Contains('*', StringComparison.Ordinal)
        ? part.Length > 0 && new WildcardPattern(wanted).IsMatch(part)
        : string.Equals(wanted, part, StringComparison.Ordinal);

    private static bool IsMatch(string pattern, string text)
    {
        try
        {
            return PythonRegex.Translate(pattern).IsMatch(text);
        }
        catch (Exception error) when (error is ArgumentException or FormatException or RegexMatchTimeoutException)
        {
            // As Guild has it, what is no expression fits nothing.
            return false;
        }
    }

    // Package, model and operation, each empty if it is not there.
    private static string[] Parts(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        var model = colon < 0 ? "" : name[..colon];
        var operation = name[(colon + 1)..];
        var slash = (colon < 0 ? operation : model).IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return ["", model, operation];
        }

        return colon < 0 ? [operation[..slash], "", operation[(slash + 1)..]] : [model[..slash], model[(slash + 1)..], operation];
    }
}
