using System.Globalization;
using System.Text.RegularExpressions;

namespace Guild.Engine.Text;

/// <summary>How a category of characters is written in .NET: by itself, and inside a character class.</summary>
internal readonly record struct RegexCategory(string Outside, string Inside);

/// <summary>What a backslash means in Python's patterns.</summary>
internal static class PythonRegexEscapes
{
    // Python's \w is letters, numbers of all kinds and the underscore; .NET's has marks and all connectors besides, and lacks numbers such as ².
    private const string WordInside = @"\p{L}\p{N}_";
    private const string NotWordInside = @"\p{M}\p{S}\p{Z}\p{C}\p{Pd}\p{Ps}\p{Pe}\p{Pi}\p{Pf}\p{Po}\u203F\u2040\u2054\uFE33\uFE34\uFE4D-\uFE4F\uFF3F";

    public static RegexCategory? Category(char letter, bool isAscii) => (letter, isAscii) switch
    {
        ('d', false) => new(@"\d", @"\d"),
        ('D', false) => new(@"\D", @"\D"),
        ('s', false) => new(@"\s", @"\s"),
        ('S', false) => new(@"\S", @"\S"),
        ('w', false) => new($"[{WordInside}]", WordInside),
        ('W', false) => new($"[^{WordInside}]", NotWordInside),
        ('d', true) => new("[0-9]", "0-9"),
        ('D', true) => new("[^0-9]", @"\u0000-/:-\uFFFF"),
        ('s', true) => new(@"[ \t-\r]", @" \t-\r"),
        ('S', true) => new(@"[^ \t-\r]", @"\u0000-\u0008\u000E-\u001F!-\uFFFF"),
        ('w', true) => new("[a-zA-Z0-9_]", "a-zA-Z0-9_"),
        ('W', true) => new("[^a-zA-Z0-9_]", @"\u0000-/:-@\[-\^`{-\uFFFF"),
        _ => null,
    };

    /// <summary>Reads the character that an escape means, from what follows the backslash; two UTF-16 units if it is beyond U+FFFF.</summary>
    public static (string Text, int End) Read(string pattern, int at)
    {
        if (at >= pattern.Length)
        {
            throw Bad(pattern, "it ends with a lone backslash");
        }

        var character = pattern[at];
        if (character is >= '0' and <= '7')
        {
            var length = pattern[at..].TakeWhile(digit => digit is >= '0' and <= '7').Take(3).Count();
            var code = Convert.ToInt32(pattern.Substring(at, length), 8);
            return code <= 255 ? (((char)code).ToString(), at + length) : throw Bad(pattern, "an octal escape is above 0o377");
        }

        const string Letters = "abfnrtv";
        const string Meanings = "\a\b\f\n\r\t\v";
        var known = Letters.IndexOf(character, StringComparison.Ordinal);
        if (known >= 0)
        {
            return (Meanings[known].ToString(), at + 1);
        }

        return character switch
        {
            'x' => ReadHex(pattern, at + 1, 2),
            'u' => ReadHex(pattern, at + 1, 4),
            'U' => ReadHex(pattern, at + 1, 8),
            'N' => throw Bad(pattern, @"characters by name (\N{…}) are not supported"),
            _ when char.IsAsciiLetterOrDigit(character) => throw Bad(pattern, $@"\{character} means nothing here"),
            _ => (character.ToString(), at + 1),
        };
    }

    /// <summary>A character as a pattern that matches just it, outside of a character class.</summary>
    public static string Literal(char character) =>
        char.IsLetterOrDigit(character) || character == '_' ? character.ToString()
        : character is '}' or ']' ? $@"\{character}"
        : Regex.Escape(character.ToString());

    public static ArgumentException Bad(string pattern, string why) => new($"The regular expression '{pattern}' cannot be used: {why}.");

    private static (string Text, int End) ReadHex(string pattern, int at, int length)
    {
        if (at + length > pattern.Length
            || !int.TryParse(pattern.AsSpan(at, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            || code > 0x10FFFF)
        {
            throw Bad(pattern, $@"\{pattern[at - 1]} must be followed by the {length} hexadecimal digits of a character");
        }

        return (code is >= 0xD800 and <= 0xDFFF ? ((char)code).ToString() : char.ConvertFromUtf32(code), at + length);
    }
}
