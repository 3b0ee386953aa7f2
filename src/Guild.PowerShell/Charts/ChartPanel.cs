namespace Guild.PowerShell.Charts;

/// <summary>A chart of one scalar: a title, lines inside two axes, and a legend.</summary>
internal static class ChartPanel
{
    private const int LeastColumns = 10;
    private const int RowsPerTick = 3;
    private const int ColumnsPerTick = 12;

    /// <summary>The lines of text.</summary>
    /// <param name="name">The name of the scalar.</param>
    /// <param name="series">The lines of the chart. At least one has a value.</param>
    /// <param name="settings">How it is drawn.</param>
    public static IReadOnlyList<string> Lines(string name, IReadOnlyList<ChartSeries> series, ChartSettings settings)
    {
        var level = AxisRange.Level(series.Min(s => s.Drawn.MinimumX), series.Max(s => s.Drawn.MaximumX));
        var title = Title(name, level, settings);
        var drawn = series.Where(s => !double.IsNaN(s.Drawn.MinimumY)).ToList();
        if (drawn.Count == 0)
        {
            return [title, "  nothing that can be drawn", .. ChartLegend.Lines(series, settings)];
        }

        var upright = AxisRange.Upright(drawn.Min(s => s.Drawn.MinimumY), drawn.Max(s => s.Drawn.MaximumY), settings.IsLogScale);
        var labels = UprightLabels(upright, settings);
        var gutter = labels.Max(label => label?.Length ?? 0);
        var grid = new DotGrid(settings.Glyphs, Math.Max(settings.Width - gutter - 2, LeastColumns), settings.Height);
        Draw(grid, series, level, upright, settings);

        var axes = settings.Glyphs.Axes;
        var lines = new List<string> { title };
        for (var row = 0; row < settings.Height; row++)
        {
            var label = labels[row];
            lines.Add($"{(label ?? "").PadLeft(gutter)} {(label is null ? axes.Upright : axes.UprightTick)}{grid.Row(row, settings.Palette)}");
        }

        lines.AddRange(LevelLines(level, grid.Width / settings.Glyphs.Columns, gutter + 1, settings));
        lines.AddRange(ChartLegend.Lines(series, settings));
        return lines;
    }

    private static string Title(string name, AxisRange level, ChartSettings settings)
    {
        var smoothed = settings.Smoothing > 0 ? FormattableString.Invariant($", smoothed by {settings.Smoothing:0.####}") : "";
        return ChartText.Fitted($"{ChartText.Printable(name)}{(settings.IsLogScale ? ", logarithmic" : "")}{smoothed}, by {settings.Level.Name(level.Minimum)}", settings.Width, settings.Glyphs.Axes.Ellipsis);
    }

    private static string?[] UprightLabels(AxisRange range, ChartSettings settings)
    {
        var count = Math.Max(settings.Height / RowsPerTick, 2);
        var labels = new string?[settings.Height];
        foreach (var tick in range.IsLogScale ? LogTicks.Between(range.Minimum, range.Maximum, count) : NumberTicks.Between(range.Minimum, range.Maximum, count))
        {
            var dots = settings.Height * settings.Glyphs.Rows;
            labels[(dots - 1 - range.DotOf(tick.Value, dots)) / settings.Glyphs.Rows] ??= tick.Text;
        }

        return labels;
    }

    private static void Draw(DotGrid grid, IReadOnlyList<ChartSeries> series, AxisRange level, AxisRange upright, ChartSettings settings)
    {
        var ends = new List<(Dot End, int Series)>();
        for (var i = 0; i < series.Count; i++)
        {
            Dot? before = null;
            foreach (var point in series[i].Drawn.Points())
            {
                var dot = new Dot(level.DotOf(point.X, grid.Width), grid.Height - 1 - upright.DotOf(point.Y, grid.Height));
                grid.Line(point.IsAfterGap || before is null ? dot : before, dot, i);
                before = dot;
            }

            if (before is not null)
            {
                ends.Add((before, i));
            }
        }

        if (ChartLegend.HasLetters(series.Count, settings))
        {
            ends.ForEach(end => grid.Letter(end.End, ChartPalette.Letter(end.Series)));
        }
    }

    private static IEnumerable<string> LevelLines(AxisRange range, int columns, int indent, ChartSettings settings)
    {
        var axes = settings.Glyphs.Axes;
        var axis = new string(axes.Level, columns).ToCharArray();
        var labels = "";
        foreach (var tick in settings.Level.Ticks(range.Minimum, range.Maximum, Math.Max(columns / ColumnsPerTick, 2)))
        {
            var column = range.DotOf(tick.Value, columns * settings.Glyphs.Columns) / settings.Glyphs.Columns;
            axis[column] = axes.LevelTick;

            // In the middle below its tick, but inside of the picture.
            var start = Math.Max(0, Math.Min(indent + 1 + column - tick.Text.Length / 2, indent + 1 + columns - tick.Text.Length));
            if (labels.Length == 0 || start > labels.Length)
            {
                labels = labels.PadRight(start) + tick.Text;
            }
        }

        return [new string(' ', indent) + axes.Corner + new string(axis), labels];
    }
}
