using System.Globalization;
using Guild.Engine.Text;

namespace Guild.Engine.Tests.Text;

public sealed class PythonTextTests
{
    [Theory]
    [InlineData(0.0, "0.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(1.0, "1.0")]
    [InlineData(-2.5, "-2.5")]
    [InlineData(100.0, "100.0")]
    [InlineData(0.1, "0.1")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(0.000012345, "1.2345e-05")]
    [InlineData(123456789.125, "123456789.125")]
    [InlineData(1e15, "1000000000000000.0")]
    [InlineData(1e16, "1e+16")]
    [InlineData(1.5e300, "1.5e+300")]
    [InlineData(double.Epsilon, "5e-324")]
    [InlineData(double.NaN, "nan")]
    [InlineData(double.PositiveInfinity, "inf")]
    [InlineData(double.NegativeInfinity, "-inf")]
    public void A_float_is_printed_as_repr_does(double value, string expected) => Assert.Equal(expected, PythonText.Float(value));

    [Fact]
    public void Floats_of_all_sizes_are_printed_as_a_real_Python_prints_them()
    {
        var random = new Random(7);
        var values = Enumerable.Range(0, 2000)
            .Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64()))
            .Concat(Enumerable.Range(-20, 45).Select(exponent => 1.234567 * Math.Pow(10, exponent)))
            .Where(double.IsFinite)
            .ToList();

        var expected = PythonOracle.Map("repr(float(x))", values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));

        Assert.Equal(expected, values.Select(PythonText.Float));
    }

    [Fact]
    public void Values_are_printed_as_Python_literals()
    {
        Assert.Equal("None", PythonText.Literal(null));
        Assert.Equal("True", PythonText.Literal(true));
        Assert.Equal("False", PythonText.Literal(false));
        Assert.Equal("12", PythonText.Literal(12L));
        Assert.Equal("1.0", PythonText.Literal(1.0));
        Assert.Equal("'x'", PythonText.Literal("x"));
        Assert.Equal("[1, 'a', None]", PythonText.Literal(new List<object?> { 1L, "a", null }));
        Assert.Equal("{'b': [1.5], 'a': True}", PythonText.Literal(new Dictionary<string, object?> { ["b"] = new List<object?> { 1.5 }, ["a"] = true }));
    }

    [Fact]
    public void Text_is_quoted_and_escaped_as_a_real_Python_does()
    {
        string[] texts =
        [
            "", "plain", "it's", "say \"x\"", "it's \"x\"", "a\\b", "line\nnext\r\t", "\0\x1f\x7f", "é\u00a0ß", "\u200b\u2028", "日本語", "😀", "\U000E0001",
        ];

        Assert.Equal(PythonOracle.Map("repr(x)", texts), texts.Select(PythonText.Literal));
    }

    [Fact]
    public void A_value_that_flags_do_not_have_is_refused() => Assert.Throws<ArgumentException>(() => PythonText.Literal(new object()));
}
