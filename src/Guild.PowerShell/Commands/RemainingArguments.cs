using Guild.PowerShell.Classic;

namespace Guild.PowerShell.Commands;

/// <summary>What the binder of PowerShell did not take: words, and parameters that it does not know.</summary>
internal sealed class RemainingArguments
{
    public RemainingArguments(IReadOnlyList<object?> arguments)
    {
        var parameters = new List<UnboundParameter>();
        var words = new List<object?>();
        for (var i = 0; i < arguments.Count; i++)
        {
            if (ParameterName(arguments[i]) is not { } name)
            {
                words.Add(arguments[i]);
                continue;
            }

            var hasValue = i + 1 < arguments.Count && ParameterName(arguments[i + 1]) is null;
            parameters.Add(new UnboundParameter(name, hasValue, hasValue ? arguments[++i] : null));
        }

        Parameters = parameters;
        Words = Joined(ClassicWords.FromArguments(words));
    }

    /// <summary>The parameters, each with the value that follows it.</summary>
    public IReadOnlyList<UnboundParameter> Parameters { get; }

    /// <summary>The other words, as they were typed.</summary>
    public IReadOnlyList<string> Words { get; }

    // PowerShell reads x=[1,2] as a list of the words x=[1 and 2], and what remains of a command line comes without its lists.
    private static List<string> Joined(IReadOnlyList<string> words)
    {
        var result = new List<string>(words.Count);
        foreach (var word in words)
        {
            if (result is [.., var last] && last.Contains('=', StringComparison.Ordinal) && IsOpen(last))
            {
                result[^1] = $"{last},{word}";
            }
            else
            {
                result.Add(word);
            }
        }

        return result;
    }

    private static bool IsOpen(string word) => word.AsSpan().Count('[') > word.AsSpan().Count(']');

    // "-epochs" is a parameter, "-epochs=3" a word, and "-1" a number.
    private static string? ParameterName(object? argument)
    {
        var text = PlainArgument.Of(argument) as string;
        return text is { Length: > 1 } && text[0] == '-' && (char.IsLetter(text[1]) || text[1] == '_') && !text.Contains('=', StringComparison.Ordinal)
            ? text[1..].TrimEnd(':')
            : null;
    }
}

/// <summary>A parameter that the binder does not know.</summary>
/// <param name="Name">The name without its dash.</param>
/// <param name="HasValue">True if a value follows it.</param>
/// <param name="Value">The value as PowerShell has it.</param>
internal sealed record UnboundParameter(string Name, bool HasValue, object? Value);
