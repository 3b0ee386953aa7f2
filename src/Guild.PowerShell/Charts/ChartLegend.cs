using System.Globalization;

namespace Guild.PowerShell.Charts;

/// <summary>What stands below a chart: a line a series, with its run, its label and its last value, and what could not be drawn.</summary>
internal static class ChartLegend
{
    private const int MarkWidth = 2;

    /// <summary>True if series are told apart by a letter at their end, because nothing else does.</summary>
    public static bool HasLetters(int count, ChartSettings settings) => count > 1 && !settings.Palette.HasColours && !settings.Glyphs.HasMarks;

    /// <summary>The lines of the legend.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<ChartSeries> series, ChartSettings settings)
    {
        var values = series.Select(s => s.Last.ToString("G6", CultureInfo.InvariantCulture)).ToList();
        var notes = series.Select(Notes).ToList();
        var valueWidth = values.Max(value => value.Length);
        var fixedWidth = MarkWidth + series.Max(s => s.Id.Length) + valueWidth + 6;
        var room = Math.Max(settings.Width - fixedWidth, 8);
        var labels = Labels(series, room).ConvertAll(label => ChartText.Fitted(label, room, settings.Glyphs.Axes.Ellipsis));
        var labelWidth = labels.Max(label => label.Length);
        for (var i = 0; i < series.Count; i++)
        {
            var mark = settings.Glyphs.HasMarks ? $"{ChartPalette.Mark(i)}{ChartPalette.Mark(i)}"
                : HasLetters(series.Count, settings) ? $" {ChartPalette.Letter(i)}"
                : new string(settings.Glyphs.Axes.Level, MarkWidth);
            var text = $"  {series[i].Id}  {labels[i].PadRight(labelWidth)}  {values[i].PadLeft(valueWidth)}";
            var isOneLine = MarkWidth + text.Length + notes[i].Length <= settings.Width;
            yield return settings.Palette.Coloured(mark, i) + ChartText.Fitted(isOneLine ? text + notes[i] : text, settings.Width - MarkWidth, settings.Glyphs.Axes.Ellipsis);
            if (!isOneLine)
            {
                yield return ChartText.Fitted($"  {notes[i]}", settings.Width, settings.Glyphs.Axes.Ellipsis);
            }
        }
    }

    // Where labels do not fit, what they have in common makes room for what tells them apart.
    private static List<string> Labels(IReadOnlyList<ChartSeries> series, int room)
    {
        var labels = series.Select(s => ChartText.Printable(s.Label)).ToList();
        if (series.Count == 1 || labels.TrueForAll(label => label.Length <= room))
        {
            return labels;
        }

        var words = labels.ConvertAll(label => label.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var common = words.Skip(1).Aggregate(words[0].ToHashSet(StringComparer.Ordinal), (set, of) => [.. set.Intersect(of, StringComparer.Ordinal)]);
        return words.TrueForAll(of => of.All(common.Contains)) ? labels : words.ConvertAll(of => string.Join(' ', of.Where(word => !common.Contains(word))));
    }

    private static string Notes(ChartSeries series)
    {
        string?[] notes =
        [
            series.NaNCount > 0 ? FormattableString.Invariant($"{series.NaNCount} NaN") : null,
            series.InfiniteCount > 0 ? FormattableString.Invariant($"{series.InfiniteCount} infinite") : null,
            series.NotPositiveCount > 0 ? FormattableString.Invariant($"{series.NotPositiveCount} not above 0") : null,
        ];
        var shown = string.Join(", ", notes.OfType<string>());
        return shown.Length == 0 ? "" : $"  (not drawn: {shown} of {series.Count.ToString(CultureInfo.InvariantCulture)})";
    }
}
