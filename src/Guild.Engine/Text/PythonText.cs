using System.Globalization;
using System.Numerics;
using System.Text;

namespace Guild.Engine.Text;

/// <summary>Values as Python prints them, for programs and records that expect Python's spelling.</summary>
public static class PythonText
{
    /// <summary>
    /// A number as Python's <c>repr</c> prints it: the shortest digits that read back as the same number, always with a point or an
    /// exponent (<c>1.0</c>, <c>0.1</c>, <c>1e-05</c>, <c>1e+16</c>), and <c>inf</c>, <c>-inf</c>, <c>nan</c>.
    /// </summary>
    public static string Float(double value)
    {
        if (double.IsNaN(value))
        {
            return "nan";
        }

        if (double.IsInfinity(value))
        {
            return value > 0 ? "inf" : "-inf";
        }

        var sign = double.IsNegative(value) ? "-" : "";
        var (digits, exponent) = ShortestDigits(Math.Abs(value));
        if (exponent is < -4 or >= 16)
        {
            var fraction = digits.Length > 1 ? $".{digits[1..]}" : "";
            var exponentSign = exponent < 0 ? '-' : '+';
            return string.Create(CultureInfo.InvariantCulture, $"{sign}{digits[0]}{fraction}e{exponentSign}{Math.Abs(exponent):00}");
        }

        if (exponent < 0)
        {
            return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        }

        var whole = exponent + 1;
        return digits.Length <= whole
            ? $"{sign}{digits.PadRight(whole, '0')}.0"
            : $"{sign}{digits[..whole]}.{digits[whole..]}";
    }

    /// <summary>
    /// A value as Python's <c>repr</c> prints it: <c>None</c>, <c>True</c>, <c>1</c>, <c>1.0</c>, <c>'text'</c>, <c>[1, 2]</c>,
    /// <c>{'a': 1}</c>. Entries of mappings keep their order.
    /// </summary>
    /// <exception cref="ArgumentException">The value is of a type that flags do not have.</exception>
    public static string Literal(object? value) => value switch
    {
        null => "None",
        true => "True",
        false => "False",
        string text => Quote(text),
        double or float => Float(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        sbyte or byte or short or ushort or int or uint or long or ulong or BigInteger => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        IReadOnlyDictionary<string, object?> map => $"{{{string.Join(", ", map.Select(entry => $"{Quote(entry.Key)}: {Literal(entry.Value)}"))}}}",
        IEnumerable<object?> items => $"[{string.Join(", ", items.Select(Literal))}]",
        _ => throw new ArgumentException($"A value of type {value.GetType().Name} has no Python literal.", nameof(value)),
    };

    // The framework's round-trip text has the same digits as Python's and other thresholds for the exponent, so only the digits are taken.
    private static (string Digits, int Exponent) ShortestDigits(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var exponent = 0;
        var exponentAt = text.IndexOf('E', StringComparison.Ordinal);
        if (exponentAt >= 0)
        {
            exponent = int.Parse(text.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            text = text[..exponentAt];
        }

        var point = text.IndexOf('.', StringComparison.Ordinal);
        exponent += (point < 0 ? text.Length : point) - 1;
        var all = text.Replace(".", "", StringComparison.Ordinal);
        var significant = all.TrimStart('0');
        if (significant.Length == 0)
        {
            return ("0", 0);
        }

        exponent -= all.Length - significant.Length;
        significant = significant.TrimEnd('0');
        return (significant, exponent);
    }

    private static string Quote(string text)
    {
        var quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        var result = new StringBuilder(text.Length + 2).Append(quote);
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsSurrogatePair(text, at))
            {
                AppendWide(result, text, at);
                at++;
                continue;
            }

            AppendQuoted(result, text[at], quote);
        }

        return result.Append(quote).ToString();
    }

    private static void AppendWide(StringBuilder result, string text, int at)
    {
        if (IsPrintable(CharUnicodeInfo.GetUnicodeCategory(text, at)))
        {
            result.Append(text, at, 2);
            return;
        }

        result.Append(CultureInfo.InvariantCulture, $"\\U{char.ConvertToUtf32(text, at):x8}");
    }

    private static void AppendQuoted(StringBuilder result, char character, char quote)
    {
        _ = character switch
        {
            '\\' => result.Append(@"\\"),
            '\n' => result.Append(@"\n"),
            '\r' => result.Append(@"\r"),
            '\t' => result.Append(@"\t"),
            _ when character == quote => result.Append('\\').Append(character),
            _ when character == ' ' || IsPrintable(CharUnicodeInfo.GetUnicodeCategory(character)) => result.Append(character),
            <= '\xff' => result.Append(CultureInfo.InvariantCulture, $"\\x{(int)character:x2}"),
            _ => result.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
        };
    }

    private static bool IsPrintable(UnicodeCategory category) => category is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.SpaceSeparator);
}
