using System.Globalization;
using System.Text;

namespace Guild.PowerShell.Classic;

/// <summary>Measures and cuts plain text by the columns that it takes in a terminal.</summary>
internal static class TextLayout
{
    // What terminals show in two columns: East Asian wide and full-width characters, and emoji. First and last of each range.
    private static readonly (int First, int Last)[] WideRanges =
    [
        (0x1100, 0x115F), (0x231A, 0x231B), (0x2329, 0x232A), (0x23E9, 0x23EC), (0x23F0, 0x23F0), (0x23F3, 0x23F3), (0x25FD, 0x25FE),
        (0x2614, 0x2615), (0x2648, 0x2653), (0x267F, 0x267F), (0x2693, 0x2693), (0x26A1, 0x26A1), (0x26AA, 0x26AB), (0x26BD, 0x26BE),
        (0x26C4, 0x26C5), (0x26CE, 0x26CE), (0x26D4, 0x26D4), (0x26EA, 0x26EA), (0x26F2, 0x26F3), (0x26F5, 0x26F5), (0x26FA, 0x26FA),
        (0x26FD, 0x26FD), (0x2705, 0x2705), (0x270A, 0x270B), (0x2728, 0x2728), (0x274C, 0x274C), (0x274E, 0x274E), (0x2753, 0x2755),
        (0x2757, 0x2757), (0x2795, 0x2797), (0x27B0, 0x27B0), (0x27BF, 0x27BF), (0x2B1B, 0x2B1C), (0x2B50, 0x2B50), (0x2B55, 0x2B55),
        (0x2E80, 0x303E), (0x3041, 0x33FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA000, 0xA4CF), (0xA960, 0xA97F), (0xAC00, 0xD7A3),
        (0xF900, 0xFAFF), (0xFE30, 0xFE6F), (0xFF00, 0xFF60), (0xFFE0, 0xFFE6), (0x16FE0, 0x18DFF), (0x1B000, 0x1B2FF), (0x1F004, 0x1F004),
        (0x1F0CF, 0x1F0CF), (0x1F18E, 0x1F18E), (0x1F191, 0x1F19A), (0x1F1E6, 0x1F1FF), (0x1F200, 0x1F320), (0x1F32D, 0x1F335),
        (0x1F337, 0x1F37C), (0x1F37E, 0x1F393), (0x1F3A0, 0x1F3CA), (0x1F3CF, 0x1F3D3), (0x1F3E0, 0x1F3F0), (0x1F3F4, 0x1F3F4),
        (0x1F3F8, 0x1F43E), (0x1F440, 0x1F440), (0x1F442, 0x1F4FC), (0x1F4FF, 0x1F53D), (0x1F54B, 0x1F54E), (0x1F550, 0x1F567),
        (0x1F57A, 0x1F57A), (0x1F595, 0x1F596), (0x1F5A4, 0x1F5A4), (0x1F5FB, 0x1F64F), (0x1F680, 0x1F6C5), (0x1F6CC, 0x1F6CC),
        (0x1F6D0, 0x1F6D2), (0x1F6D5, 0x1F6DF), (0x1F6EB, 0x1F6EC), (0x1F6F4, 0x1F6FC), (0x1F7E0, 0x1F7F0), (0x1F90C, 0x1F9FF),
        (0x1FA70, 0x1FAFF), (0x20000, 0x3FFFD),
    ];

    // Asks for the coloured form of the character before it, which is wide.
    private const int EmojiSelector = 0xFE0F;

    /// <summary>Gives the columns that a text takes: none for combining and control characters, two for wide ones.</summary>
    /// <param name="text">One line of plain text.</param>
    public static int WidthOf(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text.Length;
        }

        int width = 0;
        for (int i = 0; i < text.Length; i += StringInfo.GetNextTextElementLength(text, i))
        {
            width += WidthOfElement(text.AsSpan(i, StringInfo.GetNextTextElementLength(text, i)));
        }

        return width;
    }

    /// <summary>Gives the beginning of a text that takes no more columns than are allowed; characters are not torn apart.</summary>
    /// <param name="text">One line of plain text.</param>
    /// <param name="width">The columns allowed.</param>
    public static string Cut(string text, int width)
    {
        int used = 0;
        for (int i = 0; i < text.Length;)
        {
            int length = StringInfo.GetNextTextElementLength(text, i);
            used += WidthOfElement(text.AsSpan(i, length));
            if (used > width)
            {
                return text[..i];
            }

            i += length;
        }

        return text;
    }

    /// <summary>Adds spaces up to a number of columns.</summary>
    /// <param name="text">One line of plain text.</param>
    /// <param name="width">The columns to fill.</param>
    public static string Pad(string text, int width) => text + new string(' ', Math.Max(0, width - WidthOf(text)));

    /// <summary>Breaks a paragraph at spaces into lines; a word that is longer than a line gets one of its own. At least one line.</summary>
    /// <param name="paragraph">The text; its own line ends count as spaces.</param>
    /// <param name="width">The columns of a line.</param>
    public static IReadOnlyList<string> Wrap(string paragraph, int width)
    {
        List<string> lines = [""];
        foreach (string word in paragraph.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            string line = lines[^1];
            if (line.Length == 0)
            {
                lines[^1] = word;
            }
            else if (WidthOf(line) + 1 + WidthOf(word) <= width)
            {
                lines[^1] = $"{line} {word}";
            }
            else
            {
                lines.Add(word);
            }
        }

        return lines;
    }

    private static int WidthOfElement(ReadOnlySpan<char> element)
    {
        int width = 0;
        foreach (Rune rune in element.EnumerateRunes())
        {
            width = Math.Max(width, WidthOfRune(rune));
        }

        return width;
    }

    private static int WidthOfRune(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        _ when rune.Value == EmojiSelector || Array.Exists(WideRanges, range => rune.Value >= range.First && rune.Value <= range.Last) => 2,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format or UnicodeCategory.Control => 0,
        _ => 1,
    };
}
