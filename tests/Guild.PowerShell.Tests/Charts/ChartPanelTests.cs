using Guild.PowerShell.Charts;

namespace Guild.PowerShell.Tests.Charts;

/// <summary>Charts as they are seen.</summary>
public sealed class ChartPanelTests
{
    [Fact]
    public void A_line_in_Braille_has_axes_and_a_legend()
    {
        AssertShows(
            """
            loss, by step
              │                                  ⢀⠔⠊
            5 ┤                           ⢀⣀⣀⠤⠤⠒⠊⠁
              │             ⣀⣀⣀⣀⣀⣀⠤⠤⠒⠒⠒⠉⠉⠉⠁
              │     ⢀⣀⠤⠔⠒⠊⠉⠉
            0 ┤⣀⠤⠤⠒⠊⠁
              └┬─────────────────┬─────────────────┬
               0                 5                10
            ──  11112222  first  8
            """,
            Lines(CellGlyphs.Braille, Series(0, 1, 2, 3, 3.5, 3.5, 4, 4.5, 5, 6, 8)));
    }

    [Fact]
    public void Squares_are_drawn_where_Braille_is_not_wanted()
    {
        AssertShows(
            """
            loss, by step
            4 ┤                              ▄▄▄▄▞▀▀
              │                       ▄▄▄▀▀▀▀
            2 ┤                ▄▄▄▄▀▀▀
              │       ▄▄▄▄▞▀▀▀▀
            0 ┤▄▄▞▀▀▀▀
              └┬─────────────────┬─────────────────┬
               0                 2                 4
            ──  11112222  first  4
            """,
            Lines(CellGlyphs.Block, Series(0, 1, 2, 3, 4)));
    }

    [Fact]
    public void Each_series_has_its_mark_in_ASCII()
    {
        var lines = Lines(CellGlyphs.Ascii, Series(4, 3, 2, 1, 0), new ChartSeriesInput("33334444", "second", [0, 1, 2, 3, 4]));

        AssertShows(
            """
            loss, by step
            4 +*****                           +++++
              |     *********         +++++++++
            2 +              +++++++++
              |     +++++++++         *********
            0 ++++++                           *****
            """,
            lines[..^4]);
        Assert.Equal(["**  11112222  first   0", "++  33334444  second  4"], lines[^2..]);
        Assert.All(string.Concat(lines), c => Assert.True(char.IsAscii(c)));
    }

    [Fact]
    public void Without_colours_a_letter_at_the_end_tells_lines_apart()
    {
        var lines = Lines(CellGlyphs.Braille, Series(0, 1, 2), new ChartSeriesInput("33334444", "second", [2, 1, 0]));

        Assert.EndsWith("a", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("b", lines[5], StringComparison.Ordinal);
        Assert.Equal([" a  11112222  first   2", " b  33334444  second  0"], lines[^2..]);
    }

    [Fact]
    public void With_colours_each_line_and_its_legend_have_one()
    {
        var settings = Settings(CellGlyphs.Ascii) with { Palette = new ChartPalette(["<r>", "<g>"], "</>") };
        var lines = Lines(settings, Series(0, 0), new ChartSeriesInput("33334444", "second", [1, 1]), new ChartSeriesInput("55556666", "third", [2, 2]));

        Assert.Contains("<r>*", lines[5], StringComparison.Ordinal);
        Assert.Contains("<g>+", lines[3], StringComparison.Ordinal);
        Assert.Contains("<r>o", lines[1], StringComparison.Ordinal);
        Assert.Equal(["<r>**</>  11112222  first   0", "<g>++</>  33334444  second  1", "<r>oo</>  55556666  third   2"], lines[^3..]);
        Assert.All(lines, line => Assert.Equal(line.Split("</>").Length - 1, line.Split("<r>").Length + line.Split("<g>").Length - 2));
    }

    [Fact]
    public void What_cannot_be_drawn_is_a_gap_and_stands_in_the_legend()
    {
        var lines = Lines(CellGlyphs.Ascii, Series(1, 1, double.NaN, double.PositiveInfinity, 1, 1));

        Assert.Equal("*******                   ********", lines[3][^34..]);
        Assert.Equal(["**  11112222  first  1", "    (not drawn: 1 NaN, 1 infinite of 6)"], lines[^2..]);
    }

    [Fact]
    public void A_series_without_any_number_says_so()
    {
        Assert.Equal(
            ["loss, by step", "  nothing that can be drawn", "──  11112222  first  NaN", "    (not drawn: 2 NaN of 2)"],
            Lines(CellGlyphs.Braille, Series(double.NaN, double.NaN)));
    }

    [Fact]
    public void A_logarithmic_axis_has_no_place_for_what_is_not_above_zero()
    {
        var lines = Lines(Settings(CellGlyphs.Ascii) with { IsLogScale = true }, Series(100, 10, 1, 0, -1));

        Assert.StartsWith("100 +*", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("  1 +", lines[5], StringComparison.Ordinal);
        Assert.Equal("loss, logarithmic, by", lines[0][..21]);
        Assert.EndsWith("(not drawn: 2 not above 0 of 5)", lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(7.5)]
    [InlineData(-1e300)]
    [InlineData(1e-320)]
    public void A_single_value_is_a_dot_in_the_middle(double value)
    {
        var lines = Lines(Settings(CellGlyphs.Ascii), Series(value));

        Assert.Contains('*', lines[3]);
        Assert.Single(string.Concat(lines[1..6]), '*');
    }

    [Fact]
    public void Values_from_end_to_end_of_what_a_double_holds_have_a_place()
    {
        var lines = Lines(Settings(CellGlyphs.Ascii), Series(double.MinValue, 0, double.MaxValue));

        Assert.EndsWith("*", lines[1], StringComparison.Ordinal);
        Assert.Contains('*', Lines(CellGlyphs.Ascii, Series(double.MaxValue))[1]);
        Assert.Contains("+*", lines[5].Replace('|', '+'), StringComparison.Ordinal);
    }

    [Fact]
    public void No_line_is_longer_than_the_window()
    {
        var label = string.Join(' ', Enumerable.Range(0, 30).Select(i => $"flag-{i}={i}"));
        foreach (var width in (int[])[40, 60, 61, 133])
        {
            var settings = Settings(CellGlyphs.Braille) with { Width = width, Smoothing = 0.6 };
            var lines = Lines(settings, new ChartSeriesInput("11112222", label, [1e-7, 5]), new ChartSeriesInput("33334444", label + " lr=1", [1, double.NaN]));
            Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
        }
    }

    [Fact]
    public void Where_labels_do_not_fit_what_they_have_in_common_is_left_out()
    {
        var lines = Lines(
            Settings(CellGlyphs.Ascii) with { Width = 44 },
            new ChartSeriesInput("11112222", "batch-size=4 epochs=40 lr=0.1 seed=7", [1]),
            new ChartSeriesInput("33334444", "batch-size=4 epochs=40 lr=0.02 seed=7", [1]));

        Assert.Equal(["**  11112222  lr=0.1   1", "++  33334444  lr=0.02  1"], lines[^2..]);
    }

    [Fact]
    public void Names_of_others_move_no_cursor()
    {
        var lines = Lines(CellGlyphs.Ascii, new ChartSeriesInput("11112222", "a\u001b[2Jb\nc", [1, 2]));

        Assert.DoesNotContain(lines, line => line.Any(char.IsControl));
        Assert.Equal("**  11112222  a [2Jb c  2", lines[^1]);
    }

    private static ChartSeriesInput Series(params double[] values) => new("11112222", "first", values);

    private static ChartSettings Settings(CellGlyphs glyphs) => new() { Glyphs = glyphs, Width = 40, Height = 5, Level = LevelAxis.Step };

    private static IReadOnlyList<string> LinesOf(ChartSettings settings, ChartSeriesInput[] inputs) => ChartPanel.Lines("loss", [.. inputs.Select(input => input.ToSeries(settings))], settings);

    private static string[] Lines(CellGlyphs glyphs, params ChartSeriesInput[] inputs) => Lines(Settings(glyphs), inputs);

    private static string[] Lines(ChartSettings settings, params ChartSeriesInput[] inputs) => [.. LinesOf(settings, inputs)];

    private static void AssertShows(string expected, string[] lines) => Assert.True(expected.ReplaceLineEndings("\n") == string.Join('\n', lines), string.Join('\n', lines));

    private sealed record ChartSeriesInput(string Id, string Label, double[] Values)
    {
        public ChartSeries ToSeries(ChartSettings settings)
        {
            var series = new ChartSeries(Id, Label, settings);
            for (var i = 0; i < Values.Length; i++)
            {
                series.Add(i, Values[i]);
            }

            return series;
        }
    }
}
