using System.Text;

namespace Guild.PowerShell.Charts;

/// <summary>The picture inside the axes: dots, each character with the series that was drawn into it last.</summary>
internal sealed class DotGrid
{
    private const int Nobody = -1;

    private readonly CellGlyphs _glyphs;
    private readonly int _columns;
    private readonly int _rows;
    private readonly byte[] _dots;
    private readonly int[] _owners;
    private readonly char[] _letters;

    /// <param name="glyphs">What it is drawn with.</param>
    /// <param name="columns">The characters beside each other.</param>
    /// <param name="rows">The lines.</param>
    public DotGrid(CellGlyphs glyphs, int columns, int rows)
    {
        _glyphs = glyphs;
        _columns = columns;
        _rows = rows;
        _dots = new byte[columns * rows];
        _letters = new char[columns * rows];
        _owners = new int[columns * rows];
        Array.Fill(_owners, Nobody);
    }

    /// <summary>The dots beside each other.</summary>
    public int Width => _columns * _glyphs.Columns;

    /// <summary>The dots above each other.</summary>
    public int Height => _rows * _glyphs.Rows;

    /// <summary>Draws a line, both ends included. Rows count from the top.</summary>
    public void Line(Dot from, Dot to, int series)
    {
        var (x, y) = (from.X, from.Y);
        var (width, height) = (Math.Abs(to.X - x), -Math.Abs(to.Y - y));
        var error = width + height;
        while (true)
        {
            Set(x, y, series);
            if (x == to.X && y == to.Y)
            {
                return;
            }

            var doubled = 2 * error;
            if (doubled >= height)
            {
                error += height;
                x += Math.Sign(to.X - x);
            }

            if (doubled <= width)
            {
                error += width;
                y += Math.Sign(to.Y - y);
            }
        }
    }

    /// <summary>Writes a letter over the character that has a dot.</summary>
    public void Letter(Dot at, char letter) => _letters[CellOf(at.X, at.Y)] = letter;

    /// <summary>A line of the picture, without blanks at its end.</summary>
    /// <param name="row">The line, from the top.</param>
    /// <param name="palette">The colours and marks of the series.</param>
    public string Row(int row, ChartPalette palette)
    {
        var line = new StringBuilder();
        var written = 0;
        var coloured = Nobody;
        for (var column = 0; column < _columns; column++)
        {
            var cell = row * _columns + column;
            var owner = _owners[cell];
            if (owner == Nobody)
            {
                continue;
            }

            if (column > written || owner != coloured)
            {
                line.Append(palette.End(coloured)).Append(' ', column - written).Append(palette.Start(owner));
                coloured = owner;
            }

            line.Append(_letters[cell] is not '\0' and var letter ? letter : _glyphs.Of(_dots[cell], ChartPalette.Mark(owner)));
            written = column + 1;
        }

        return line.Append(palette.End(coloured)).ToString();
    }

    private void Set(int x, int y, int series)
    {
        var cell = CellOf(x, y);
        _dots[cell] |= (byte)(1 << (y % _glyphs.Rows * _glyphs.Columns + x % _glyphs.Columns));
        _owners[cell] = series;
    }

    private int CellOf(int x, int y) => y / _glyphs.Rows * _columns + x / _glyphs.Columns;
}

/// <summary>A place in a picture, in dots from the upper left.</summary>
internal sealed record Dot(int X, int Y);
