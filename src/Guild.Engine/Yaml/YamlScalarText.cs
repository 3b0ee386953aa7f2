using System.Buffers;
using System.Globalization;
using System.Text;
using Guild.Engine.Text;

namespace Guild.Engine.Yaml;

/// <summary>How a string or a number is written, so that every YAML 1.1 reader reads the same value.</summary>
internal static class YamlScalarText
{
    private static readonly SearchValues<char> Indicators = SearchValues.Create("?:,[]{}#&*!|>'\"%@`");

    /// <summary>
    /// A string: plain where that is safe, else in single quotes, else in double quotes with escapes. Half of a surrogate pair is no
    /// character and cannot be read back, so it becomes U+FFFD.
    /// </summary>
    public static string Of(string text)
    {
        // Nearly all texts are of these characters only, and then there is nothing to look for.
        if (text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            if (HasLoneSurrogate(text))
            {
                text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
            }

            if (NeedsEscapes(text))
            {
                return Escaped(text);
            }
        }

        return IsSafePlain(text) ? text : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    /// <summary>
    /// A floating-point number as PyYAML writes it: Python's <c>repr</c>, but <c>1.0e-05</c> for <c>1e-05</c>, and YAML's names for what is no number.
    /// </summary>
    public static string Of(double number)
    {
        if (double.IsFinite(number))
        {
            // Without a point, YAML 1.1 takes it for text.
            var text = PythonText.Float(number);
            return text.Contains('.', StringComparison.Ordinal) ? text : text.Replace("e", ".0e", StringComparison.Ordinal);
        }

        return double.IsNaN(number) ? ".nan" : number > 0 ? ".inf" : "-.inf";
    }

    private static bool NeedsEscapes(string text)
    {
        foreach (var character in text)
        {
            // Line and paragraph separators end a line in YAML 1.1.
            if (char.IsControl(character) || character is '\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF')
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
            {
                return true;
            }

            i++;
        }

        return false;
    }

    private static bool IsSafePlain(string text)
    {
        if (text.Length == 0 || text[0] == ' ' || text[^1] is ' ' or ':' || Indicators.Contains(text[0]))
        {
            return false;
        }

        if (text[0] == '-' && (text.Length == 1 || text[1] is ' ' or '-'))
        {
            return false;
        }

        return !text.StartsWith("...", StringComparison.Ordinal)
            && !text.Contains(": ", StringComparison.Ordinal)
            && !text.Contains(" #", StringComparison.Ordinal)
            && !PlainScalar.IsTyped(text);
    }

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder("\"", text.Length + 16);
        foreach (var character in text)
        {
            AppendEscaped(escaped, character);
        }

        return escaped.Append('"').ToString();
    }

    private static void AppendEscaped(StringBuilder escaped, char character)
    {
        switch (character)
        {
            case '"' or '\\':
                escaped.Append('\\').Append(character);
                break;
            case '\n':
                escaped.Append("\\n");
                break;
            case '\t':
                escaped.Append("\\t");
                break;
            case '\r':
                escaped.Append("\\r");
                break;
            case < '\u0100' when char.IsControl(character):
                escaped.Append(CultureInfo.InvariantCulture, $"\\x{(int)character:X2}");
                break;
            case '\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF':
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
                break;
            default:
                escaped.Append(character);
                break;
        }
    }
}
