using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Guild.Engine.Yaml;

/// <summary>
/// What a plain scalar means: the types of YAML 1.1 as PyYAML's safe loader gives them, with Guild's one change (<c>1e2</c> is a float).
/// Dates stay text, and so do whole numbers that do not fit in 64 bits, because a float would lose their digits.
/// </summary>
internal static partial class PlainScalar
{
    // All that a number which begins with one of 1 to 9 can have: digits, a point, an exponent, and the colons of hours and minutes.
    private static readonly SearchValues<char> DecimalCharacters = SearchValues.Create("0123456789_.eE+-:");

    // That of "false".
    private const int LongestWord = 5;

    /// <summary>The value: null, bool, long or double, or the text itself.</summary>
    public static object? Resolve(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        var first = text[0];
        if (BeginsNumber(first))
        {
            // Hashes, ids and paths are told from numbers by their first letter or dash, without a pattern for each kind of number.
            if ((first is >= '1' and <= '9' && text.AsSpan().ContainsAnyExcept(DecimalCharacters)) || text.StartsWith("..", StringComparison.Ordinal))
            {
                return text;
            }

            return Integer(text) ?? (object?)Float(text) ?? text;
        }

        return text.Length > LongestWord ? text : Word(text);
    }

    /// <summary>The whole number that a plain scalar means, or null.</summary>
    public static long? Integer(string text)
    {
        if (char.IsAsciiDigit(text[0]) && text[0] != '0' && text.Length < 19 && !text.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return long.Parse(text, CultureInfo.InvariantCulture);
        }

        if (!IntegerPattern().IsMatch(text))
        {
            return null;
        }

        var digits = text.Replace("_", "", StringComparison.Ordinal);
        var isNegative = digits[0] == '-';
        return Magnitude(digits.TrimStart('+', '-')) switch
        {
            null => null,
            // The least of the 64-bit numbers has a magnitude that no positive one has.
            > 1UL << 63 => null,
            1UL << 63 => isNegative ? long.MinValue : null,
            { } magnitude => isNegative ? -(long)magnitude : (long)magnitude,
        };
    }

    /// <summary>The floating-point number that a plain scalar means, or null.</summary>
    public static double? Float(string text)
    {
        if (!FloatPattern().IsMatch(text))
        {
            return null;
        }

        var digits = text.Replace("_", "", StringComparison.Ordinal);
        var sign = digits[0] == '-' ? -1.0 : 1.0;
        var unsigned = digits.TrimStart('+', '-');
        if (unsigned.EndsWith("inf", StringComparison.OrdinalIgnoreCase))
        {
            return sign * double.PositiveInfinity;
        }

        if (unsigned.EndsWith("nan", StringComparison.OrdinalIgnoreCase))
        {
            return double.NaN;
        }

        return unsigned.Contains(':', StringComparison.Ordinal)
            ? sign * Sexagesimal(unsigned)
            : double.TryParse(unsigned, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? sign * value : null;
    }

    /// <summary>True if PyYAML, with or without Guild's change, reads the text as something that is no string.</summary>
    public static bool IsTyped(string text)
    {
        if (text is "" or "=" or "<<")
        {
            return true;
        }

        return BeginsNumber(text[0])
            ? Resolve(text) is not string || (char.IsAsciiDigit(text[0]) && TimestampPattern().IsMatch(text)) || IntegerPattern().IsMatch(text)
            : text.Length <= LongestWord && Word(text) is not string;
    }

    private static bool BeginsNumber(char first) => char.IsAsciiDigit(first) || first is '+' or '-' or '.';

    private static object? Word(string text) => text switch
    {
        "~" or "null" or "Null" or "NULL" => null,
        "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON" => true,
        "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF" => false,
        _ => text,
    };

    private static ulong? Magnitude(string digits)
    {
        if (digits.StartsWith("0b", StringComparison.Ordinal))
        {
            return Accumulate(digits.AsSpan(2), 2);
        }

        if (digits.StartsWith("0x", StringComparison.Ordinal))
        {
            return Accumulate(digits.AsSpan(2), 16);
        }

        if (!digits.Contains(':', StringComparison.Ordinal))
        {
            return Accumulate(digits, digits[0] == '0' ? 8U : 10U);
        }

        var total = 0UL;
        foreach (var part in digits.Split(':'))
        {
            if (Accumulate(part, 10) is not { } value || total > (ulong.MaxValue - value) / 60)
            {
                return null;
            }

            total = (total * 60) + value;
        }

        return total;
    }

    private static ulong? Accumulate(ReadOnlySpan<char> digits, uint radix)
    {
        if (digits.IsEmpty)
        {
            return null;
        }

        var total = 0UL;
        foreach (var digit in digits)
        {
            var value = (uint)Convert.ToInt32(digit.ToString(), 16);
            if (total > (ulong.MaxValue - value) / radix)
            {
                return null;
            }

            total = (total * radix) + value;
        }

        return total;
    }

    private static double Sexagesimal(string digits)
    {
        var (total, unit) = (0.0, 1.0);
        foreach (var part in digits.Split(':').Reverse())
        {
            total += double.Parse(part, NumberStyles.Float, CultureInfo.InvariantCulture) * unit;
            unit *= 60;
        }

        return total;
    }

    [GeneratedRegex(@"^[-+]?(?:0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(?::[0-5]?[0-9])+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex IntegerPattern();

    [GeneratedRegex(
        @"^(?:[-+]?[0-9][0-9_]*(?:\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[eE][-+]?[0-9]+|(?::[0-5]?[0-9])+\.[0-9_]*)|\.[0-9_]+(?:[eE][-+][0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex FloatPattern();

    [GeneratedRegex(
        @"^[0-9]{4}-(?:[0-9]{2}-[0-9]{2}|[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?)\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex TimestampPattern();
}
