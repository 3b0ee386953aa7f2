using System.Collections;
using System.Management.Automation;

namespace Guild.PowerShell.Classic;

/// <summary>
/// Turns the arguments of the <c>guild</c> function back into the words that were typed. PowerShell parses before the function sees
/// anything: it reads numbers, makes lists of what has commas, and marks words that look like its own parameters.
/// </summary>
internal static class ClassicWords
{
    /// <summary>Gives the typed words, in order.</summary>
    /// <param name="arguments">The function's <c>$args</c>, passed on as one value. Words from another shell, plain strings, come back unchanged.</param>
    /// <returns>
    /// One word an argument, with three exceptions: what PowerShell tore apart at a <c>:</c>, <c>.</c>, <c>{</c> or quote is joined again where
    /// that is certain; a hashtable becomes a <c>NAME=VALUE</c> word for each entry; an empty list of arguments gives no words.
    /// </returns>
    public static IReadOnlyList<string> FromArguments(IReadOnlyList<object?> arguments)
    {
        List<string> words = [];
        object? previous = null;
        foreach (object? argument in arguments)
        {
            if (Unwrap(argument) is IDictionary entries)
            {
                words.AddRange(ClassicValues.Entries(entries).Select(entry => $"{entry.Key}={ClassicValues.TextOf(entry.Value)}"));
            }
            else if (words.Count > 0 && IsTornOff(words[^1], previous, argument))
            {
                words[^1] += WordOf(argument);
            }
            else
            {
                words.Add(WordOf(argument));
            }

            previous = argument;
        }

        return words;
    }

    private static string WordOf(object? argument)
    {
        if (!IsOptionLike(argument))
        {
            return Unwrap(argument) is ScriptBlock block ? $"{{{block}}}" : ClassicValues.TextOf(argument);
        }

        // PowerShell takes the dashes of typesetters for dashes, and what is pasted from a page has them.
        string word = $"-{argument!.ToString()![1..]}";
        // With "=" the colon belongs to the value (-Fo=mlp:train); without, it stands between the option and its value (-l:foo).
        return word.EndsWith(':') && !word.Contains('=', StringComparison.Ordinal) ? word[..^1] : word;
    }

    private static bool IsTornOff(string word, object? previous, object? argument)
    {
        if (IsOptionLike(previous) && word.Contains('=', StringComparison.Ordinal))
        {
            return word.EndsWith(':') || BeginsWithNameAfterDot(argument);
        }

        return Unwrap(argument) switch
        {
            ScriptBlock => word.EndsWith('='),
            string text => Unwrap(previous) is IList && text.StartsWith(']') && HasOpenBracket(word),
            _ => false,
        };
    }

    private static bool BeginsWithNameAfterDot(object? argument)
    {
        string text = argument is null ? "" : ClassicValues.TextOf(argument);
        return text.Length > 1 && text[0] == '.' && char.IsAsciiLetterOrDigit(text[1]);
    }

    private static bool HasOpenBracket(string word) => word.Count(static c => c == '[') > word.Count(static c => c == ']');

    // Only words that PowerShell read as parameter names arrive wrapped; quoted ones are plain strings.
    private static bool IsOptionLike(object? argument) =>
        argument is PSObject { BaseObject: string { Length: > 1 } text } && text[0] is ('-' or '–' or '—' or '―');

    private static object? Unwrap(object? argument) => argument is PSObject wrapped ? wrapped.BaseObject : argument;
}
