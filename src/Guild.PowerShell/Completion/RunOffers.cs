using System.Globalization;
using Guild.Engine.Operations;
using Guild.Engine.Runs;

namespace Guild.PowerShell.Completion;

/// <summary>What can be typed for a run.</summary>
internal static class RunOffers
{
    // Enough to choose from at a prompt; who wants an older run types the first letters of its id.
    private const int Most = 100;

    /// <summary>The first run that a reference names; null if it names none.</summary>
    public static Run? Named(string reference, EngineContext context) => AllNamed(reference, context) is [var named, ..] ? named : null;

    /// <summary>The runs that a reference names; none if it names none.</summary>
    public static IReadOnlyList<Run> AllNamed(string reference, EngineContext context) =>
        ProjectLookup.Try(() => new RunLookup(context.Runs).Select(reference)) ?? [];

    /// <summary>A run by its short id, with what it is.</summary>
    public static Offer Of(Run run) => new(
        run.ShortId,
        $"{run.FullName}  {run.Started?.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}  {StatusText.Of(run.Status)}  {run.Label}".TrimEnd(),
        $"{run.ShortId}  {run.FullName}");

    /// <summary>The runs by their short ids, those whose id begins as typed.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="typed">What was typed.</param>
    public static IEnumerable<Offer> ById(IEnumerable<Run> runs, string typed) =>
        runs.Where(run => run.Id.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).Take(Most).Select(Of);

    /// <summary>The runs by their place in a list and by their short ids. Places are offered only to who types a number: who does not wants to see which run it is.</summary>
    /// <param name="runs">The runs in the order of the list.</param>
    /// <param name="typed">What was typed.</param>
    public static IEnumerable<Offer> ByPlaceOrId(IEnumerable<Run> runs, string typed)
    {
        var offered = 0;
        var place = 0;
        foreach (var run in runs)
        {
            place++;
            var number = place.ToString(CultureInfo.InvariantCulture);
            if (typed.Length > 0 && number.StartsWith(typed, StringComparison.Ordinal))
            {
                var offer = Of(run);
                yield return new Offer(number, offer.Tip, $"{number}  {offer.Shown}");
            }

            if (run.Id.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            {
                yield return Of(run);
                offered++;
            }

            if (offered == Most)
            {
                yield break;
            }
        }
    }
}
