using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;

namespace Guild.Engine.Text;

/// <summary>Python's formatting of one value with <c>%</c>, such as <c>'%.3f' % value</c>.</summary>
public static partial class PythonFormat
{
    // As many digits as the longest exact decimal form of a double has.
    private const string AllDigits = "E1080";

    /// <summary>Formats a value.</summary>
    /// <param name="format">Text with one conversion, such as <c>%5.2f</c> or <c>%s</c>; <c>%%</c> is a percent sign.</param>
    /// <param name="value">The value.</param>
    /// <returns>The text, or null if the value is not of a kind that the conversion takes, or there is not exactly one conversion.</returns>
    /// <exception cref="FormatException">The format is not one of Python's.</exception>
    public static string? Format(string format, object? value)
    {
        var result = new StringBuilder();
        var isConverted = false;
        var at = 0;
        while (at < format.Length)
        {
            if (format[at] != '%')
            {
                result.Append(format[at++]);
                continue;
            }

            var match = Conversion().Match(format, at);
            if (!match.Success)
            {
                throw new FormatException($"The format '{format}' has a % without a conversion that Python knows.");
            }

            at += match.Length;
            if (match.Groups["type"].Value == "%")
            {
                result.Append('%');
                continue;
            }

            if (isConverted || Convert(match, value) is not { } converted)
            {
                return null;
            }

            isConverted = true;
            result.Append(converted);
        }

        return isConverted ? result.ToString() : null;
    }

    private static string? Convert(Match match, object? value)
    {
        var type = match.Groups["type"].Value[0];
        var flags = match.Groups["flags"].Value;
        int? precision = match.Groups["precision"].Success ? Number(match.Groups["precision"].Value) : null;
        var text = type switch
        {
            's' => Cut(value as string ?? PythonText.Literal(value), precision),
            'r' or 'a' => Cut(PythonText.Literal(value), precision),
            'c' => Character(value),
            'd' or 'i' or 'u' => Integer(value) is { } integer ? Signed(Digits(integer, precision), integer.Sign < 0, flags) : null,
            'x' or 'X' or 'o' => value is long or bool ? Signed(InBase(Integer(value)!.Value, type, flags, precision), Integer(value)!.Value.Sign < 0, flags) : null,
            _ => Real(value) is { } real ? Signed(Float(Math.Abs(real), type, precision ?? 6, flags), double.IsNegative(real) && !double.IsNaN(real), flags) : null,
        };
        return text is null ? null : Pad(text, Number(match.Groups["width"].Value), flags, type);
    }

    private static int Number(string digits) => digits.Length == 0 ? 0
        : int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 1000 ? number
        : throw new FormatException($"The format has a width or precision above 1000: {digits}");

    private static string Cut(string text, int? length) => length < text.Length ? text[..length.Value] : text;

    private static string? Character(object? value) => value switch
    {
        long code and >= 0 and <= 0x10FFFF and not (>= 0xD800 and <= 0xDFFF) => char.ConvertFromUtf32((int)code),
        string { Length: 1 } text => text,
        _ => null,
    };

    private static BigInteger? Integer(object? value) => value switch
    {
        long number => number,
        bool truth => truth ? 1 : 0,
        double number when double.IsFinite(number) => new BigInteger(Math.Truncate(number)),
        _ => null,
    };

    private static double? Real(object? value) => value switch
    {
        double number => number,
        long number => number,
        bool truth => truth ? 1 : 0,
        _ => null,
    };

    private static string Digits(BigInteger number, int? precision) =>
        BigInteger.Abs(number).ToString(CultureInfo.InvariantCulture).PadLeft(precision ?? 0, '0');

    private static string InBase(BigInteger number, char type, string flags, int? precision)
    {
        var magnitude = (long)BigInteger.Abs(number);
        var digits = type == 'o' ? System.Convert.ToString(magnitude, 8) : magnitude.ToString(type == 'x' ? "x" : "X", CultureInfo.InvariantCulture);
        return (flags.Contains('#', StringComparison.Ordinal) ? $"0{type}" : "") + digits.PadLeft(precision ?? 0, '0');
    }

    private static string Signed(string text, bool isNegative, string flags) =>
        isNegative ? $"-{text}"
        : flags.Contains('+', StringComparison.Ordinal) ? $"+{text}"
        : flags.Contains(' ', StringComparison.Ordinal) ? $" {text}"
        : text;

    private static string Pad(string text, int width, string flags, char type)
    {
        if (flags.Contains('-', StringComparison.Ordinal))
        {
            return text.PadRight(width);
        }

        if (!flags.Contains('0', StringComparison.Ordinal) || type is 's' or 'r' or 'a' or 'c')
        {
            return text.PadLeft(width);
        }

        var prefix = text.Length > 0 && text[0] is '-' or '+' or ' ' ? 1 : 0;
        prefix += text.AsSpan(prefix).StartsWith("0x", StringComparison.OrdinalIgnoreCase) || text.AsSpan(prefix).StartsWith("0o") ? 2 : 0;
        return text[..prefix] + text[prefix..].PadLeft(width - prefix, '0');
    }

    private static string Float(double value, char type, int precision, string flags)
    {
        var keepsPoint = flags.Contains('#', StringComparison.Ordinal);
        var text = !double.IsFinite(value) ? (double.IsNaN(value) ? "nan" : "inf") : char.ToLowerInvariant(type) switch
        {
            'f' => Fixed(value, precision, keepsPoint),
            'e' => Exponential(value, precision, keepsPoint),
            _ => General(value, Math.Max(precision, 1), keepsPoint),
        };
        return char.IsUpper(type) ? text.ToUpperInvariant() : text;
    }

    private static string Fixed(double value, int precision, bool keepsPoint)
    {
        var (digits, exponent) = Exact(value);
        var text = Round(digits, exponent + 1 + precision).ToString(CultureInfo.InvariantCulture).PadLeft(precision + 1, '0');
        var point = precision > 0 || keepsPoint ? "." : "";
        return text[..^precision] + point + text[^precision..];
    }

    private static string Exponential(double value, int precision, bool keepsPoint)
    {
        var (text, exponent) = Significant(value, precision + 1);
        var point = precision > 0 || keepsPoint ? "." : "";
        return string.Create(CultureInfo.InvariantCulture, $"{text[0]}{point}{text[1..]}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
    }

    private static string General(double value, int precision, bool keepsPoint)
    {
        var exponent = Significant(value, precision).Exponent;
        var isFixed = exponent >= -4 && exponent < precision;
        var text = isFixed ? Fixed(value, precision - 1 - exponent, keepsPoint) : Exponential(value, precision - 1, keepsPoint);
        if (keepsPoint || !text.Contains('.', StringComparison.Ordinal))
        {
            return text;
        }

        var mantissa = isFixed ? text : text[..text.IndexOf('e', StringComparison.Ordinal)];
        return mantissa.TrimEnd('0').TrimEnd('.') + text[mantissa.Length..];
    }

    private static (string Text, int Exponent) Significant(double value, int count)
    {
        var (digits, exponent) = Exact(value);
        var text = Round(digits, count).ToString(CultureInfo.InvariantCulture).PadLeft(count, '0');
        return text.Length > count ? (text[..count], exponent + 1) : (text, exponent);
    }

    private static (string Digits, int Exponent) Exact(double value)
    {
        var text = value.ToString(AllDigits, CultureInfo.InvariantCulture);
        var at = text.IndexOf('E', StringComparison.Ordinal);
        return (text[0] + text[2..at], int.Parse(text.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
    }

    // Half goes to the even digit, as in Python; the framework rounds it up.
    private static BigInteger Round(string digits, int count)
    {
        if (count < 0)
        {
            return 0;
        }

        var kept = BigInteger.Parse("0" + digits[..Math.Min(count, digits.Length)].PadRight(count, '0'), CultureInfo.InvariantCulture);
        var rest = digits[Math.Min(count, digits.Length)..].TrimEnd('0');
        var order = string.CompareOrdinal(rest, "5");
        return order > 0 || (order == 0 && !kept.IsEven) ? kept + 1 : kept;
    }

    [GeneratedRegex(@"\G%(?<flags>[-+ #0]*)(?<width>[0-9]*)(\.(?<precision>[0-9]*))?[hlL]?(?<type>[diouxXeEfFgGcrsa%])", RegexOptions.CultureInvariant)]
    private static partial Regex Conversion();
}
