using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;

namespace Guild.Engine.Search.Batches;

/// <summary>Completes what an optimizer suggests to the flags of a trial: choices bring flags with them, and references get what they refer to.</summary>
/// <param name="choices">The flags with choices that bring others or arguments with them.</param>
/// <param name="given">The names of the flags that were given, which no choice changes.</param>
internal sealed class TrialFlags(IReadOnlyList<FlagDefinition> choices, IReadOnlyCollection<string> given)
{
    /// <summary>The flags of the trial, in ordinal order.</summary>
    public SortedList<string, object?> Of(IReadOnlyDictionary<string, object?> suggested)
    {
        var result = new SortedList<string, object?>(suggested.Count, StringComparer.Ordinal);
        foreach (var (name, value) in suggested)
        {
            result[name] = value;
        }

        foreach (var choice in Chosen(suggested))
        {
            foreach (var (name, value) in choice.Flags)
            {
                if (!given.Contains(name))
                {
                    result[name] = FlagValues.Normalize(value);
                }
            }
        }

        Resolve(result);
        return result;
    }

    /// <summary>Options of the program that the chosen values bring.</summary>
    public IReadOnlyDictionary<string, object?> Arguments(IReadOnlyDictionary<string, object?> flags)
    {
        if (choices.Count == 0)
        {
            return flags.Count == 0 ? flags : NoArguments;
        }

        var result = new SortedList<string, object?>(StringComparer.Ordinal);
        foreach (var choice in Chosen(flags))
        {
            foreach (var (name, value) in choice.Args)
            {
                result[name] = FlagReferences.Resolve(value, flags);
            }
        }

        return result;
    }

    private static readonly Dictionary<string, object?> NoArguments = [];

    private IEnumerable<FlagChoice> Chosen(IReadOnlyDictionary<string, object?> flags)
    {
        foreach (var flag in choices)
        {
            if (flags.TryGetValue(flag.Name, out var value) && flag.Choices.FirstOrDefault(c => FlagValues.AreEqual(c.Value, value)) is { } choice)
            {
                yield return choice;
            }
        }
    }

    private static void Resolve(SortedList<string, object?> flags)
    {
        List<string>? names = null;
        foreach (var (name, value) in flags)
        {
            if (value is string text && text.Contains("${", StringComparison.Ordinal) && FlagReferences.HasReference(text))
            {
                (names ??= []).Add(name);
            }
        }

        foreach (var name in names ?? [])
        {
            try
            {
                flags[name] = FlagReferences.Resolve(flags[name], flags);
            }
            catch (FlagReferenceException)
            {
                // Text that only looks like a reference stays text, as it does in a run of its own.
            }
        }
    }
}
