using System.Buffers;
using System.Text;

namespace Guild.Engine.Scalars;

/// <summary>
/// A line as the default patterns of <see cref="OutputScalars"/> want it, read by hand: programs print millions of lines, and
/// expressions take many times longer. What is not plain ASCII is left to the expressions, which know all that Unicode calls a blank.
/// </summary>
/// <param name="NameLength">The length of the name at the beginning of the line.</param>
/// <param name="Value">The value; null if what is in its place is no number.</param>
/// <param name="Step">The step in parentheses at the end; null if there is none.</param>
internal readonly record struct DefaultScalarLine(int NameLength, double? Value, double? Step)
{
    /// <summary>What stands behind each name.</summary>
    public const byte Mark = (byte)':';

    private const int LongestUsualNumber = 64;

    private const int MostShortDigits = 15;

    private static readonly SearchValues<byte> Plain = SearchValues.Create([(byte)'\t', .. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (byte)code)]);

    private static ReadOnlySpan<double> PowersOfTen => [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    private static ReadOnlySpan<byte> Blanks => " \t"u8;

    private static ReadOnlySpan<byte> Digits => "0123456789"u8;

    /// <summary>Whether a line, with or without its line break, has nothing but characters that are read here.</summary>
    public static bool CanRead(ReadOnlySpan<byte> line) => !line.TrimEnd("\r\n"u8).ContainsAnyExcept(Plain);

    /// <summary>Reads a line; null if neither of the patterns finds anything in it.</summary>
    public static DefaultScalarLine? Read(ReadOnlySpan<byte> line)
    {
        line = line.TrimEnd(" \t\r\n"u8);
        var nameLength = line.IndexOfAny(Blanks) - 1;
        if (nameLength < 1 || line[nameLength] != Mark || !(char.IsAsciiLetter((char)line[0]) || line[0] == '_'))
        {
            return null;
        }

        var afterMark = line[(nameLength + 1)..];
        var text = afterMark.TrimStart(Blanks);

        // The value can be missing before parentheses, as long as there are blanks for both sides of it.
        var isMissing = text[0] == '(' && afterMark.Length - text.Length > 1;
        var end = isMissing ? 0 : text.IndexOfAny(Blanks);
        var value = end < 0 ? text : text[..end];
        var rest = text[value.Length..].TrimStart(Blanks);
        if (!IsValue(value) || !(rest.IsEmpty || rest is [(byte)'(', .., (byte)')']))
        {
            return null;
        }

        return new DefaultScalarLine(nameLength, Number(value), rest.IsEmpty ? null : StepIn(rest[1..^1]));
    }

    private static double? StepIn(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("step"u8))
        {
            var afterWord = text[4..].TrimStart(Blanks);
            text = afterWord.Length < text.Length - 4 ? afterWord : [];
        }

        return text.IsEmpty || !text.TrimStart(Digits).IsEmpty ? null : Number(text);
    }

    // What \value matches, which need not be a number.
    private static bool IsValue(ReadOnlySpan<byte> text)
    {
        var unsigned = WithoutSign(text);
        if (Ascii.EqualsIgnoreCase(text, "nan"u8) || Ascii.EqualsIgnoreCase(unsigned, "inf"u8))
        {
            return true;
        }

        var fraction = unsigned.TrimStart(Digits);
        var exponent = (fraction is [(byte)'.', ..] ? fraction[1..] : fraction).TrimStart(Digits);
        if (exponent is [(byte)'e' or (byte)'E', ..])
        {
            var power = WithoutSign(exponent[1..]);
            return !power.IsEmpty && power.TrimStart(Digits).IsEmpty;
        }

        return exponent.IsEmpty;
    }

    private static ReadOnlySpan<byte> WithoutSign(ReadOnlySpan<byte> text) => text is [(byte)'+' or (byte)'-', ..] ? text[1..] : text;

    private static double? Number(ReadOnlySpan<byte> text)
    {
        if (ShortNumber(text) is { } number)
        {
            return number;
        }

        Span<char> characters = text.Length <= LongestUsualNumber ? stackalloc char[LongestUsualNumber] : new char[text.Length];
        return PythonNumber.TryRead(characters[..Encoding.ASCII.GetChars(text, characters)]);
    }

    // Whole numbers of this many digits and these powers of ten are exact as doubles, so that one division rounds as a full reading does. Null for all that is longer or has an exponent.
    private static double? ShortNumber(ReadOnlySpan<byte> text)
    {
        var unsigned = WithoutSign(text);
        if (unsigned.Length is 0 or > MostShortDigits + 1)
        {
            return null;
        }

        var (digits, fractionDigits, pointAt) = (0L, 0, -1);
        for (var i = 0; i < unsigned.Length; i++)
        {
            if (unsigned[i] == '.' && pointAt < 0)
            {
                pointAt = i;
                fractionDigits = unsigned.Length - 1 - i;
            }
            else if (char.IsAsciiDigit((char)unsigned[i]))
            {
                digits = (digits * 10) + (unsigned[i] - '0');
            }
            else
            {
                return null;
            }
        }

        if (unsigned.Length - (pointAt < 0 ? 0 : 1) is 0 or > MostShortDigits)
        {
            return null;
        }

        var number = digits / PowersOfTen[fractionDigits];
        return text[0] == '-' ? -number : number;
    }
}
