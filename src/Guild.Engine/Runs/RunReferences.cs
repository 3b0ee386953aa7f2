using System.Globalization;
using System.IO.Enumeration;

namespace Guild.Engine.Runs;

/// <summary>
/// How people name runs: by a place in a list, counted from 1 (<c>1</c>); by a range of places, both ends included (<c>1:3</c>,
/// <c>:3</c>, <c>3:</c>, <c>:</c>); or by the beginning of an id. A number beyond the list is the beginning of an id.
/// </summary>
public static class RunReferences
{
    private const int ShownCandidates = 20;

    /// <summary>The ids that references name, in the order of the references, each once.</summary>
    /// <param name="references">What the user gave.</param>
    /// <param name="ids">The ids of the list that the user sees, in its order.</param>
    /// <exception cref="NameNotFoundException">A reference names no run.</exception>
    /// <exception cref="AmbiguousNameException">A reference names more than one run and is not a range.</exception>
    public static IReadOnlyList<string> Select(IEnumerable<string> references, IReadOnlyList<string> ids)
    {
        ArgumentNullException.ThrowIfNull(references);
        ArgumentNullException.ThrowIfNull(ids);
        return [.. references.SelectMany(reference => SelectOne(reference, ids)).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The one id that a text is, or is the beginning of.</summary>
    /// <param name="reference">What the user gave, for messages.</param>
    /// <param name="ids">The ids to look at, in any order.</param>
    /// <exception cref="NameNotFoundException">There is none.</exception>
    /// <exception cref="AmbiguousNameException">There is more than one.</exception>
    public static string ByPrefix(string reference, IEnumerable<string> ids)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(ids);
        if (reference.Length == 0)
        {
            throw NotFound(reference);
        }

        var found = new List<string>();
        foreach (var id in ids)
        {
            if (string.Equals(id, reference, StringComparison.Ordinal))
            {
                return id;
            }

            if (id.StartsWith(reference, StringComparison.OrdinalIgnoreCase))
            {
                found.Add(id);
            }
        }

        return found switch
        {
            [var only] => only,
            [] => throw NotFound(reference),
            _ => throw Ambiguous(reference, found),
        };
    }

    internal static bool IsPlace(string reference) => PlaceOf(reference) is not null || RangeOf(reference) is not null;

    internal static bool IsPattern(string reference) => reference.AsSpan().IndexOfAny('*', '?') >= 0;

    internal static IEnumerable<string> Matching(string pattern, IEnumerable<string> ids) => ids.Where(id => FileSystemName.MatchesSimpleExpression(pattern, id));

    internal static NameNotFoundException NotFound(string reference) => new(
        NameKind.Run,
        reference,
        $"There is no run that '{reference}' names.",
        [],
        "List the runs with Get-GuildRun (guild runs) and name one by its id, the beginning of its id, or its place in the list.");

    private static IEnumerable<string> SelectOne(string reference, IReadOnlyList<string> ids)
    {
        if (PlaceOf(reference) is { } place && place <= ids.Count)
        {
            return [ids[place - 1]];
        }

        if (RangeOf(reference) is { } range)
        {
            return ids.Skip(range.First - 1).Take(range.Last - range.First + 1);
        }

        return [ByPrefix(reference, ids)];
    }

    private static int? PlaceOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place > 0 ? place : null;

    private static (int First, int Last)? RangeOf(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return null;
        }

        var first = colon == 0 ? 1 : PlaceOf(text[..colon]);
        var last = colon == text.Length - 1 ? int.MaxValue - 1 : PlaceOf(text[(colon + 1)..]);
        return first is { } from && last is { } to ? (from, Math.Max(from - 1, to)) : null;
    }

    private static AmbiguousNameException Ambiguous(string reference, List<string> found)
    {
        found.Sort(StringComparer.Ordinal);
        var shown = string.Join(", ", found.Take(ShownCandidates).Select(id => reference.Length < RunId.ShortLength ? RunId.Short(id) : id));
        var more = found.Count > ShownCandidates ? ", …" : "";
        return new AmbiguousNameException(
            NameKind.Run,
            reference,
            $"'{reference}' is the beginning of {found.Count} runs: {shown}{more}.",
            found,
            "Give more characters of the id.");
    }
}
