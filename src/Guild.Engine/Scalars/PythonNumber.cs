using System.Globalization;

namespace Guild.Engine.Scalars;

/// <summary>Reads numbers as Python's <c>float()</c> does.</summary>
internal static class PythonNumber
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Reads a number; null if the text is none.</summary>
    public static double? TryRead(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        var isNegative = text is ['-', ..];
        var unsigned = text is ['-' or '+', ..] ? text[1..] : text;
        if (unsigned.Equals("inf", StringComparison.OrdinalIgnoreCase) || unsigned.Equals("infinity", StringComparison.OrdinalIgnoreCase))
        {
            return isNegative ? double.NegativeInfinity : double.PositiveInfinity;
        }

        if (unsigned.Equals("nan", StringComparison.OrdinalIgnoreCase))
        {
            return double.NaN;
        }

        // The framework knows further names of these values, which Python does not.
        if (unsigned.IsEmpty || !(char.IsAsciiDigit(unsigned[0]) || unsigned[0] == '.'))
        {
            return null;
        }

        if (unsigned.Contains('_'))
        {
            return HasUnderscoresBetweenDigits(unsigned) ? TryRead(text.ToString().Replace("_", "", StringComparison.Ordinal)) : null;
        }

        return double.TryParse(text, Style, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static bool HasUnderscoresBetweenDigits(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '_' && (i == 0 || i == text.Length - 1 || !char.IsAsciiDigit(text[i - 1]) || !char.IsAsciiDigit(text[i + 1])))
            {
                return false;
            }
        }

        return true;
    }
}
