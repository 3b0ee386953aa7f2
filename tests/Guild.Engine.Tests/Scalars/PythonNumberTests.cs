using Guild.Engine.Scalars;

namespace Guild.Engine.Tests.Scalars;

public sealed class PythonNumberTests
{
    [Theory]
    [InlineData("1", 1.0)]
    [InlineData(" 1.5\t", 1.5)]
    [InlineData("+.5e-3", 0.0005)]
    [InlineData("-16.", -16.0)]
    [InlineData("1_000", 1000.0)]
    [InlineData("-Infinity", double.NegativeInfinity)]
    [InlineData("INF", double.PositiveInfinity)]
    [InlineData("nan", double.NaN)]
    [InlineData("-nan", double.NaN)]
    [InlineData("1e400", double.PositiveInfinity)]
    public void What_Python_reads_as_a_number_is_one(string text, double expected) => Assert.Equal(expected, PythonNumber.TryRead(text));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("e6")]
    [InlineData("1,000")]
    [InlineData("_1")]
    [InlineData("1__0")]
    [InlineData("1_")]
    [InlineData("0x10")]
    [InlineData("∞")]
    [InlineData("--1")]
    [InlineData("1 2")]
    [InlineData("$1")]
    public void Other_text_is_not(string text) => Assert.Null(PythonNumber.TryRead(text));
}
