using Guild.Engine.Operations;
using Guild.Engine.Runs;
using Guild.Engine.Runs.Comparing;

namespace Guild.PowerShell.Completion;

/// <summary>What can be typed for a column of a comparison.</summary>
internal static class ColumnOffers
{
    // Scalars of these may have to be read from event files.
    private const int Most = 50;

    private static readonly (string Word, string Tip)[] Qualifiers =
    [
        ("first", "the value at the smallest step"),
        ("last", "the value at the greatest step"),
        ("min", "the smallest value"),
        ("max", "the greatest value"),
        ("avg", "the mean of all values"),
        ("total", "the sum of all values"),
        ("count", "how many values there are"),
    ];

    /// <summary>The columns, behind what was typed of earlier ones.</summary>
    /// <param name="context">What the engine works with.</param>
    /// <param name="typed">What was typed so far, without its quotes.</param>
    public static IEnumerable<Offer> Of(EngineContext context, string typed)
    {
        var runs = Recent(context);
        var end = typed.LastIndexOfAny([',', ' ']) + 1;
        var lead = typed[..end];

        // Behind a qualifier there is a scalar, behind a whole column the step or a heading, and at the beginning of a column anything.
        var before = lead[(lead.LastIndexOf(',') + 1)..].Trim();
        var offers = before.Length == 0 ? Flags(runs).Concat(ScalarsOf(runs)).Concat(Attributes(runs)).Concat(Qualifiers.Select(q => new Offer(q.Word, q.Tip)))
            : Array.Exists(Qualifiers, q => q.Word == before) ? ScalarsOf(runs)
            : before.Contains(' ', StringComparison.Ordinal) && !Array.Exists(Qualifiers, q => before.StartsWith(q.Word + " ", StringComparison.Ordinal)) ? []
            : new Offer[] { new("step", "the step of the value"), new("as", "with a heading") };
        return offers.Select(offer => offer with { Word = lead + offer.Word, Shown = offer.Word });
    }

    /// <summary>The names of scalars.</summary>
    /// <param name="runs">The runs that have them; null for the recent ones.</param>
    /// <param name="context">What the engine works with.</param>
    public static IEnumerable<Offer> Scalars(IReadOnlyList<Run>? runs, EngineContext context) => ScalarsOf(runs is null ? Recent(context) : [.. runs.Take(Most)]);

    private static List<Run> Recent(EngineContext context) => [.. context.Runs.List(limit: Most).Take(Most)];

    private static IEnumerable<Offer> Flags(List<Run> runs) =>
        runs.SelectMany(run => run.Flags.Keys).Distinct(StringComparer.Ordinal).Select(name => new Offer($"={Quoted(name)}", $"flag {name}"));

    private static IEnumerable<Offer> ScalarsOf(List<Run> runs) =>
        runs.SelectMany(run => run.LastValues.Keys).Distinct(StringComparer.Ordinal).Select(name => new Offer(Quoted(name), $"scalar {name}"));

    private static IEnumerable<Offer> Attributes(List<Run> runs) => RunComparison.AttributeNames
        .Concat(runs.Take(1).SelectMany(run => run.Directory.AttributeNames))
        .Distinct(StringComparer.Ordinal)
        .Select(name => new Offer($".{name}", $"attribute {name}"));

    private static string Quoted(string name) => name.AsSpan().ContainsAny(", '\"") ? $"\"{name.Replace("\"", "\\\"", StringComparison.Ordinal)}\"" : name;
}
