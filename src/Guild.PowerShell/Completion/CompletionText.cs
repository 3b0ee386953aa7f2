using System.Management.Automation;
using System.Management.Automation.Language;
using Guild.Engine.Flags;

namespace Guild.PowerShell.Completion;

/// <summary>Turns words into completions: filtered by what was typed so far, and quoted where PowerShell needs it.</summary>
internal static class CompletionText
{
    /// <summary>The completions among some words, each with a line that explains it.</summary>
    public static IEnumerable<CompletionResult> Of(string? typed, IEnumerable<(string Word, string Tip)> words) =>
        Of(typed, words.Select(w => new Offer(w.Word, w.Tip)), IsPlain);

    /// <summary>The completions among some words for an argument of a cmdlet.</summary>
    public static IEnumerable<CompletionResult> Of(string? typed, IEnumerable<Offer> offers) => Of(typed, offers, IsPlain);

    /// <summary>The completions among some words.</summary>
    /// <param name="typed">What was typed so far, with its quotes.</param>
    /// <param name="offers">The words.</param>
    /// <param name="isPlain">True for a word that needs no quotes where it is typed.</param>
    public static IEnumerable<CompletionResult> Of(string? typed, IEnumerable<Offer> offers, Func<string, bool> isPlain)
    {
        var prefix = Unquoted(typed ?? "");
        var pattern = WildcardPattern.Get(WildcardPattern.Escape(prefix) + "*", WildcardOptions.IgnoreCase);
        foreach (var (word, tip, shown) in offers)
        {
            if (pattern.IsMatch(word))
            {
                yield return new CompletionResult(Quoted(word, typed, isPlain), shown ?? word, CompletionResultType.ParameterValue, tip.Length == 0 ? word : tip);
            }
        }
    }

    /// <summary>The completions among some values, each written so that PowerShell reads the same value: numbers bare, text in quotes where it needs them.</summary>
    public static IEnumerable<CompletionResult> OfValues(string? typed, IEnumerable<(object Value, string Tip)> values)
    {
        var prefix = Unquoted(typed ?? "");
        foreach (var (value, tip) in values)
        {
            if (value is string text)
            {
                foreach (var result in Of(typed, [(text, tip)]))
                {
                    yield return result;
                }
            }
            else if (Literal(value) is { } word && word.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                yield return new CompletionResult(word, word, CompletionResultType.ParameterValue, tip.Length == 0 ? word : tip);
            }
        }
    }

    /// <summary>True for what PowerShell passes on as the one word that was typed. Numbers come with the text that they were typed with.</summary>
    public static bool IsPlainWord(string word) => word.Length > 0
        && (char.IsLetterOrDigit(word[0]) || word[0] is '_' or '/' or '-' or '.')
        && word.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or '/' or ':' or '=' or '+')
        && !IsTornApart(word);

    // "-x.y" and "-x:y" come as two words.
    private static bool IsTornApart(string word) => word[0] == '-' && !word.StartsWith("--", StringComparison.Ordinal) && word.AsSpan().ContainsAny('.', ':');

    // Lists and mappings have no form that is worth completing.
    private static string? Literal(object value) => value switch
    {
        bool flag => flag ? "$true" : "$false",
        long or double => FlagGrammar.Encode(value),
        _ => null,
    };

    /// <summary>What was typed, without its quotes.</summary>
    public static string Unquoted(string typed) => typed.Length > 0 && typed[0] is '\'' or '"' ? typed.Trim(typed[0]) : typed;

    private static string Quoted(string word, string? typed, Func<string, bool> isPlain)
    {
        var quote = typed is { Length: > 0 } && typed[0] is '\'' or '"' ? typed![0] : '\0';
        if (quote == '\0' && isPlain(word))
        {
            return word;
        }

        return quote == '"'
            ? $"\"{word.Replace("`", "``", StringComparison.Ordinal).Replace("$", "`$", StringComparison.Ordinal).Replace("\"", "`\"", StringComparison.Ordinal)}\""
            : $"'{CodeGeneration.EscapeSingleQuotedStringContent(word)}'";
    }

    // What PowerShell takes as one bare word, and as text.
    private static bool IsPlain(string word) => word.Length > 0
        && (char.IsLetter(word[0]) || word[0] is '_' or '/')
        && word.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or '/' or ':');
}
