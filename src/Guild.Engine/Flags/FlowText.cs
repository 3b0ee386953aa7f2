using System.Globalization;
using System.Text;
using Guild.Engine.Yaml;

namespace Guild.Engine.Flags;

/// <summary>
/// Values as YAML on one line (<c>[1, a]</c>, <c>{k: v}</c>), in ASCII as PyYAML writes it. Text that would read as something else is quoted.
/// </summary>
/// <param name="trueText">How true is written.</param>
/// <param name="falseText">How false is written.</param>
/// <param name="number">How floats are written, other than infinities and not-a-number.</param>
/// <param name="readBack">How text is read that stands by itself: plain text that does not come back as it was is quoted.</param>
internal sealed class FlowText(string trueText, string falseText, Func<double, string> number, Func<string, object?> readBack)
{
    /// <summary>YAML for any reader of YAML 1.1: <c>true</c>, and <c>1.0e-05</c>, since without the point some read text.</summary>
    public static FlowText Yaml { get; } = new("true", "false", YamlScalarText.Of, ReadYaml);

    public string Write(object? value) => Write(value, isNested: false);

    public static object? ReadYaml(string text)
    {
        try
        {
            return YamlText.Read(text);
        }
        catch (YamlTextException)
        {
            return null;
        }
    }

    private string Write(object? value, bool isNested) => value switch
    {
        null => "null",
        true => trueText,
        false => falseText,
        string text => WriteText(text, isNested),
        double.PositiveInfinity => ".inf",
        double.NegativeInfinity => "-.inf",
        double.NaN => ".nan",
        double real => number(real),
        IReadOnlyDictionary<string, object?> map =>
            $"{{{string.Join(", ", map.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{WriteText(entry.Key, isNested: true)}: {Write(entry.Value, isNested: true)}"))}}}",
        IEnumerable<object?> items => $"[{string.Join(", ", items.Select(item => Write(item, isNested: true)))}]",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"A value of type {value.GetType().Name} cannot be written.", nameof(value)),
    };

    private string WriteText(string text, bool isNested)
    {
        if (text.Any(character => character is < ' ' or > '~'))
        {
            return DoubleQuoted(text);
        }

        var back = IsPlain(text, isNested) ? isNested ? ReadYaml(text) : readBack(text) : null;
        return back is string same && same == text ? text : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    private static bool IsPlain(string text, bool isNested)
    {
        // As keys, << and = mean something of their own in YAML 1.1.
        if (text is "" or "<<" or "=" || text[0] == ' ' || text[^1] == ' ' || text.StartsWith("---", StringComparison.Ordinal) || text.StartsWith("...", StringComparison.Ordinal))
        {
            return false;
        }

        for (var at = 0; at < text.Length; at++)
        {
            var character = text[at];
            var isBeforeSpace = at + 1 == text.Length || text[at + 1] == ' ';
            var isIndicator = character switch
            {
                '#' => at == 0 || text[at - 1] == ' ',
                ':' => isNested || isBeforeSpace,
                '?' => isNested || (at == 0 && isBeforeSpace),
                '-' => at == 0 && isBeforeSpace,
                ',' or '[' or ']' or '{' or '}' => isNested || at == 0,

                // The parser takes " *a" within a plain key for an alias, so both signs are quoted wherever they are nested.
                '&' or '*' => at == 0 || isNested,
                '!' or '|' or '>' or '\'' or '"' or '%' or '@' or '`' => at == 0,
                _ => false,
            };
            if (isIndicator)
            {
                return false;
            }
        }

        return true;
    }

    private static string DoubleQuoted(string text)
    {
        var result = new StringBuilder("\"");
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsSurrogatePair(text, at))
            {
                result.Append(CultureInfo.InvariantCulture, $"\\U{char.ConvertToUtf32(text, at):X8}");
                at++;
                continue;
            }

            _ = text[at] switch
            {
                '"' => result.Append("\\\""),
                '\\' => result.Append(@"\\"),
                '\0' => result.Append(@"\0"),
                '\a' => result.Append(@"\a"),
                '\b' => result.Append(@"\b"),
                '\t' => result.Append(@"\t"),
                '\n' => result.Append(@"\n"),
                '\v' => result.Append(@"\v"),
                '\f' => result.Append(@"\f"),
                '\r' => result.Append(@"\r"),
                '\e' => result.Append(@"\e"),
                '\x85' => result.Append(@"\N"),
                '\xa0' => result.Append(@"\_"),
                '\u2028' => result.Append(@"\L"),
                '\u2029' => result.Append(@"\P"),
                >= ' ' and <= '~' => result.Append(text[at]),
                <= '\xff' => result.Append(CultureInfo.InvariantCulture, $"\\x{(int)text[at]:X2}"),
                _ => result.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[at]:X4}"),
            };
        }

        return result.Append('"').ToString();
    }
}
