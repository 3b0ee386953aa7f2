namespace Guild.PowerShell.Charts;

/// <summary>What a chart is drawn with: how many dots a character has, which character shows which dots, and what axes are made of.</summary>
internal sealed class CellGlyphs
{
    private readonly Func<int, char, char> _glyph;

    private CellGlyphs(int columns, int rows, AxisGlyphs axes, Func<int, char, char> glyph)
    {
        Columns = columns;
        Rows = rows;
        Axes = axes;
        _glyph = glyph;
    }

    /// <summary>Two by four dots a character, as Braille has them.</summary>
    public static CellGlyphs Braille { get; } = new(2, 4, AxisGlyphs.Lines, static (dots, _) => (char)(0x2800 + BrailleBits(dots)));

    /// <summary>Two by two squares a character.</summary>
    public static CellGlyphs Block { get; } = new(2, 2, AxisGlyphs.Lines, static (dots, _) => " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"[dots]);

    /// <summary>One mark a character, another one for each series. For terminals and files that have no Unicode.</summary>
    public static CellGlyphs Ascii { get; } = new(1, 1, AxisGlyphs.Ascii, static (_, mark) => mark);

    /// <summary>The dots beside each other in a character.</summary>
    public int Columns { get; }

    /// <summary>The dots above each other in a character.</summary>
    public int Rows { get; }

    /// <summary>What the axes are made of.</summary>
    public AxisGlyphs Axes { get; }

    /// <summary>True if each series has marks of its own, so that they are told apart without colours.</summary>
    public bool HasMarks => Columns * Rows == 1;

    /// <summary>The character for dots: bit 0 is the upper left one, bit 1 the one to the right of it, and so on row by row.</summary>
    /// <param name="dots">The dots. There is at least one.</param>
    /// <param name="mark">The mark of the series.</param>
    public char Of(int dots, char mark) => _glyph(dots, mark);

    // Braille counts its dots down the columns, the last row apart, since there were six at first.
    private static int BrailleBits(int dots)
    {
        ReadOnlySpan<byte> bits = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80];
        var result = 0;
        for (var i = 0; i < bits.Length; i++)
        {
            result |= (dots >> i & 1) * bits[i];
        }

        return result;
    }
}
