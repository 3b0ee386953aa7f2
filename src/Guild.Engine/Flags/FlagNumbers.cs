using System.Globalization;
using System.Text.RegularExpressions;

namespace Guild.Engine.Flags;

/// <summary>Numbers as Python's <c>int()</c> and <c>float()</c> read them from text: <c>_</c> between digits, spaces around, no hexadecimal.</summary>
internal static partial class FlagNumbers
{
    public static bool IsInteger(string text) => Integer().IsMatch(text);

    /// <summary>The integer that the text means, or null if it means none or one that has no 64 bits.</summary>
    public static long? ReadInteger(string text) => IsInteger(text)
        && long.TryParse(Plain(text), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;

    /// <summary>The number that the text means, or null if it means none.</summary>
    public static double? ReadFloat(string text)
    {
        if (!Real().IsMatch(text))
        {
            return null;
        }

        var plain = Plain(text);
        return plain.TrimStart('+', '-').ToUpperInvariant() switch
        {
            "NAN" => double.NaN,
            "INF" or "INFINITY" => plain[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity,
            _ => double.Parse(plain, NumberStyles.Float, CultureInfo.InvariantCulture),
        };
    }

    private static string Plain(string text) => text.Trim().Replace("_", "", StringComparison.Ordinal);

    [GeneratedRegex(@"\A\s*[+-]?[0-9]+(?:_[0-9]+)*\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Integer();

    [GeneratedRegex(
        @"\A\s*[+-]?(?:(?:[0-9]+(?:_[0-9]+)*(?:\.(?:[0-9]+(?:_[0-9]+)*)?)?|\.[0-9]+(?:_[0-9]+)*)(?:e[+-]?[0-9]+(?:_[0-9]+)*)?|inf(?:inity)?|nan)\s*\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Real();
}
