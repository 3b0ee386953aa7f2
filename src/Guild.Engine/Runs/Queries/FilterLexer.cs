using System.Globalization;
using Guild.Engine.Yaml;

namespace Guild.Engine.Runs.Queries;

/// <summary>Cuts a filter into its words.</summary>
internal static class FilterLexer
{
    private static readonly Dictionary<string, FilterTokenKind> Keywords = new(StringComparer.OrdinalIgnoreCase)
    {
        ["and"] = FilterTokenKind.And,
        ["or"] = FilterTokenKind.Or,
        ["not"] = FilterTokenKind.Not,
        ["in"] = FilterTokenKind.In,
        ["is"] = FilterTokenKind.Is,
        ["contains"] = FilterTokenKind.Contains,
        ["true"] = FilterTokenKind.True,
        ["false"] = FilterTokenKind.False,
        ["undefined"] = FilterTokenKind.Undefined,
    };

    // The longer of two that begin alike comes first.
    private static readonly (string Text, FilterTokenKind Kind)[] Signs =
    [
        ("<>", FilterTokenKind.NotEqual),
        ("!=", FilterTokenKind.NotEqual),
        ("<=", FilterTokenKind.LessOrEqual),
        (">=", FilterTokenKind.GreaterOrEqual),
        ("<", FilterTokenKind.Less),
        (">", FilterTokenKind.Greater),
        ("=", FilterTokenKind.Equal),
        ("(", FilterTokenKind.Open),
        (")", FilterTokenKind.Close),
        ("[", FilterTokenKind.OpenList),
        ("]", FilterTokenKind.CloseList),
        (",", FilterTokenKind.Comma),
    ];

    /// <summary>The words of a filter; the last of them is the end.</summary>
    /// <exception cref="FilterException">A character or a value cannot be read.</exception>
    public static List<FilterToken> Read(string text)
    {
        var tokens = new List<FilterToken>();
        var at = 0;
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            if (at == text.Length)
            {
                tokens.Add(new FilterToken(FilterTokenKind.End, at, ""));
                return tokens;
            }

            var token = Next(text, at);
            tokens.Add(token);
            at += token.Text.Length;
        }
    }

    private static FilterToken Next(string text, int at)
    {
        var first = text[at];
        if (first is '\'' or '"')
        {
            return Quoted(text, at);
        }

        if (char.IsLetter(first) || first == '_')
        {
            var word = text[at..EndOfName(text, at)];
            return new FilterToken(Keywords.GetValueOrDefault(word, FilterTokenKind.Name), at, word);
        }

        foreach (var (sign, kind) in Signs)
        {
            if (string.CompareOrdinal(text, at, sign, 0, sign.Length) == 0)
            {
                return new FilterToken(kind, at, sign);
            }
        }

        return EndOfNumber(text, at) is { } end
            ? end < text.Length && EndOfName(text, end) is var endOfWord && endOfWord > end
                ? throw FilterException.At(text, at, $"'{text[at..endOfWord]}' is no number", $"a number, or quotes around a text: '{text[at..endOfWord]}'")
                : new FilterToken(FilterTokenKind.Value, at, text[at..end], Number(text, at, end))
            : throw FilterException.At(text, at, $"'{CharacterAt(text, at)}' cannot stand here", "a name, a value or an operator");
    }

    private static int EndOfName(string text, int at)
    {
        while (at < text.Length && !char.IsWhiteSpace(text[at]) && !",<>!=()[]".Contains(text[at], StringComparison.Ordinal))
        {
            at++;
        }

        return at;
    }

    // -? .? DIGITS (. DIGITS)? (e [+-]? DIGITS)?
    private static int? EndOfNumber(string text, int start)
    {
        var at = start;
        Skip(text, ref at, "-");
        Skip(text, ref at, ".");
        if (!SkipDigits(text, ref at))
        {
            return null;
        }

        var end = at;
        if (Skip(text, ref at, ".") && SkipDigits(text, ref at))
        {
            end = at;
        }

        at = end;
        if (Skip(text, ref at, "eE"))
        {
            Skip(text, ref at, "+-");
            end = SkipDigits(text, ref at) ? at : end;
        }

        return end;
    }

    private static bool Skip(string text, ref int at, string any)
    {
        var isThere = at < text.Length && any.Contains(text[at], StringComparison.Ordinal);
        at += isThere ? 1 : 0;
        return isThere;
    }

    private static bool SkipDigits(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at > start;
    }

    private static object Number(string text, int at, int end)
    {
        var word = text[at..end];
        if (long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return whole;
        }

        return double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw FilterException.At(text, at, $"'{word}' is no number", "a number such as 1, -0.5 or 1e-3");
    }

    private static FilterToken Quoted(string text, int at)
    {
        var quote = text[at];
        var end = at + 1;
        while (end < text.Length && (text[end] != quote || IsDoubled(text, end)))
        {
            end += text[end] == quote || (quote == '"' && text[end] == '\\') ? 2 : 1;
        }

        if (end >= text.Length)
        {
            throw FilterException.At(text, at, "a text in quotes begins here and has no end", $"the closing quote {quote}");
        }

        var literal = text[at..(end + 1)];
        return new FilterToken(FilterTokenKind.Value, at, literal, quote == '\'' ? literal[1..^1].Replace("''", "'", StringComparison.Ordinal) : Unescaped(text, at, literal));
    }

    // A quote that stands twice between single quotes is one quote.
    private static bool IsDoubled(string text, int at) => text[at] == '\'' && at + 1 < text.Length && text[at + 1] == '\'';

    // Between double quotes Guild AI reads the escapes of YAML.
    private static string Unescaped(string text, int at, string literal)
    {
        try
        {
            return YamlText.Read(literal) as string ?? literal[1..^1];
        }
        catch (YamlTextException)
        {
            throw FilterException.At(text, at, "the text in quotes has a \\ with something after it that means nothing", "\\\\ for a backslash, or single quotes");
        }
    }

    private static string CharacterAt(string text, int at) => at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) ? text.Substring(at, 2) : text[at].ToString();
}
