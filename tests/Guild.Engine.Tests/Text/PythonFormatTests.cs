using System.Text.Json.Nodes;
using Guild.Engine.Text;

namespace Guild.Engine.Tests.Text;

public sealed class PythonFormatTests
{
    private static readonly string[] Formats =
    [
        "%f", "%.0f", "%.1f", "%.2f", "%.5f", "%10.3f", "%-10.3f|", "%+.2f", "% .2f", "%010.2f", "%#.0f", "%e", "%.0e", "%.3e", "%E", "%g", "%.3g", "%G", "%#g", "%.10g", "%.0g",
        "%d", "%5d", "%-5d|", "%05d", "%+d", "% d", "%i", "%u", "%.4d", "%s", "%10s", "%-6s|", "%.2s", "%r", "100%% %s", "lr=%.1f!",
    ];

    private static readonly object[] Values = [0.0, -0.5, 0.5, 1.5, 2.5, 0.125, 1234.5678, 1e-5, 1.05, 123456789.0, 1e16, 9.9999e22, 1e-300, 99999.95, 0.00009999995, 3L, -42L, 0L];

    [Fact]
    public void Numbers_are_formatted_as_a_real_Python_formats_them()
    {
        var pairs = Formats.SelectMany(format => Values.Select(value => (Format: format, Value: value))).ToList();
        var answer = PythonOracle.Ask(
            "answer = [f % eval(v) for f, v in input]",
            new JsonArray([.. pairs.Select(pair => new JsonArray(pair.Format, PythonText.Literal(pair.Value)))]));

        Assert.All(pairs.Zip(answer.AsArray()), item =>
            Assert.Equal(
                (item.First.Format, item.First.Value, item.Second!.GetValue<string>()),
                (item.First.Format, item.First.Value, PythonFormat.Format(item.First.Format, item.First.Value))));
    }

    [Theory]
    [InlineData("%x", 255L, "ff")]
    [InlineData("%#X", 255L, "0XFF")]
    [InlineData("%o", 8L, "10")]
    [InlineData("%#o", 8L, "0o10")]
    [InlineData("%x", -255L, "-ff")]
    [InlineData("%#06x", 255L, "0x00ff")]
    [InlineData("%c", 65L, "A")]
    [InlineData("%c", "é", "é")]
    [InlineData("%s", true, "True")]
    [InlineData("%s", null, "None")]
    [InlineData("%s", "a b", "a b")]
    [InlineData("%r", "a b", "'a b'")]
    [InlineData("%d", true, "1")]
    [InlineData("%f", double.NaN, "nan")]
    [InlineData("%f", double.NegativeInfinity, "-inf")]
    [InlineData("%F", double.PositiveInfinity, "INF")]
    [InlineData("%d", 2.9, "2")]
    public void Other_conversions_are_Pythons(string format, object? value, string expected) => Assert.Equal(expected, PythonFormat.Format(format, value));

    [Theory]
    [InlineData("%d", "text")]
    [InlineData("%f", null)]
    [InlineData("%x", 1.5)]
    [InlineData("%c", "two")]
    [InlineData("%d", double.NaN)]
    [InlineData("none", 1L)]
    [InlineData("%d %d", 1L)]
    public void A_value_that_the_conversion_does_not_take_has_no_text(string format, object? value) => Assert.Null(PythonFormat.Format(format, value));

    [Theory]
    [InlineData("%")]
    [InlineData("%y")]
    [InlineData("%5")]
    [InlineData("%99999f")]
    public void A_format_that_Python_does_not_know_is_an_error(string format) => Assert.Throws<FormatException>(() => PythonFormat.Format(format, 1L));
}
