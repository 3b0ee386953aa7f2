using System.Globalization;
using Guild.Engine.Flags;
using Guild.Engine.Operations;
using Guild.Engine.Runs;
using Guild.Engine.Runs.Queries;

namespace Guild.PowerShell.Completion;

/// <summary>What can go on a filter that is being typed: names and values that the newest runs have, and the words between them.</summary>
internal static class FilterOffers
{
    // Names of scalars take the event files of runs that nobody looked at yet.
    private const int RunsWithScalars = 20;
    private const int MostValues = 50;

    private static readonly Offer[] Operators =
    [
        new("=", "equal"),
        new("!=", "not equal, or undefined"),
        new("<", "less"),
        new("<=", "less or equal"),
        new(">", "greater"),
        new(">=", "greater or equal"),
        new("is", "equal, as in: is undefined"),
        new("is not", "not equal, as in: is not undefined"),
        new("in", "one of a list, as in: in [a, b]"),
        new("not in", "none of a list"),
        new("contains", "has this text or item"),
        new("not contains", "has not this text or item"),
    ];

    /// <summary>The whole of what was typed, each with another end.</summary>
    /// <param name="typed">What was typed, without quotes around it.</param>
    /// <param name="context">The session's context.</param>
    public static IEnumerable<Offer> Of(string typed, EngineContext context)
    {
        var begin = typed.Length;
        while (begin > 0 && !char.IsWhiteSpace(typed[begin - 1]) && !",<>!=()[]".Contains(typed[begin - 1], StringComparison.Ordinal))
        {
            begin--;
        }

        var lead = typed[..begin];
        return FilterContext.After(lead) is { } place
            ? Words(place, context).Select(offer => offer with { Word = Joined(lead, offer.Word), Shown = offer.Shown ?? offer.Word })
            : [];
    }

    // "lr" and an operator must not grow together.
    private static string Joined(string lead, string word) => lead.Length > 0 && !char.IsWhiteSpace(lead[^1]) && lead[^1] is not ('(' or '[') ? $"{lead} {word}" : lead + word;

    private static IEnumerable<Offer> Words(FilterContext context, EngineContext engine) => context.Place switch
    {
        FilterPlace.Part => Names(engine).Append(new Offer("not", "the opposite")),
        FilterPlace.Operator => Operators,
        FilterPlace.NegatedOperator => [new Offer("in", "none of a list"), new Offer("contains", "has not this text or item")],
        FilterPlace.Value => Values(context.Name, engine).Concat([new("undefined", "no value"), new("true", ""), new("false", "")]),
        FilterPlace.List => Values(context.Name, engine).Select(offer => offer with { Word = $"[{offer.Word}" }),
        FilterPlace.Item => Values(context.Name, engine),
        FilterPlace.Link => [new Offer("and", "both must hold"), new Offer("or", "one must hold")],
        _ => [],
    };

    private static IEnumerable<Offer> Names(EngineContext engine)
    {
        var runs = RecentRuns.Of(engine).ToList();
        var flags = runs.SelectMany(run => run.Flags.Keys).Distinct(StringComparer.Ordinal).Select(name => new Offer(name, "flag"));
        var attributes = FilterContext.AttributeNames.Select(name => new Offer(name, "attribute"));
        return flags.Concat(Scalars(runs, engine.Runs)).Concat(attributes).DistinctBy(offer => offer.Word);
    }

    private static IEnumerable<Offer> Scalars(List<Run> runs, RunStore store)
    {
        var newest = runs.Take(RunsWithScalars).ToList();
        store.LoadLastValues(newest, CancellationToken.None);
        return newest.SelectMany(run => run.LastValues.Keys).Distinct(StringComparer.Ordinal).Select(name => new Offer(name, "scalar"));
    }

    private static IEnumerable<Offer> Values(string name, EngineContext engine) => RecentRuns.Of(engine)
        .SelectMany(run => FilterContext.ValueOf(run, name) switch
        {
            IEnumerable<object?> items => items,
            var value => [value],
        })
        .Select(Written)
        .OfType<string>()
        .Distinct(StringComparer.Ordinal)
        .Take(MostValues)
        .Select(text => new Offer(text, name));

    private static string? Written(object? value) => value switch
    {
        string { Length: > 0 } text => IsWord(text) ? text : text.AsSpan().ContainsAny('"', '\\', '\n') ? null : $"\"{text}\"",
        bool truth => truth ? "true" : "false",
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number when double.IsFinite(number) => FlagGrammar.Encode(number),
        _ => null,
    };

    private static bool IsWord(string text) => char.IsLetter(text[0])
        && text.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or ':' or '/')
        && text.ToUpperInvariant() is not ("AND" or "OR" or "NOT" or "IN" or "IS" or "CONTAINS" or "TRUE" or "FALSE" or "UNDEFINED");
}
