using Guild.Engine.Yaml;

namespace Guild.Engine.Tests.Yaml;

public sealed class PlainScalarTests
{
    public static TheoryData<string, object?> Typed => new()
    {
        { "", null },
        { "~", null },
        { "null", null },
        { "Null", null },
        { "NULL", null },
        { "yes", true },
        { "Yes", true },
        { "YES", true },
        { "on", true },
        { "On", true },
        { "true", true },
        { "TRUE", true },
        { "no", false },
        { "NO", false },
        { "off", false },
        { "Off", false },
        { "False", false },
        { "0", 0L },
        { "-0", 0L },
        { "+12", 12L },
        { "1_000", 1000L },
        { "010", 8L },
        { "0_", 0L },
        { "0x1F", 31L },
        { "-0x10", -16L },
        { "0b101", 5L },
        { "1:30", 90L },
        { "-1:30:00", -5400L },
        { "9223372036854775807", long.MaxValue },
        { "-9223372036854775808", long.MinValue },
        { "1.0", 1.0 },
        { "1.", 1.0 },
        { ".5", 0.5 },
        { "-1.5e3", -1500.0 },
        { "1e2", 100.0 },
        { "1e-3", 0.001 },
        { "1_0.5", 10.5 },
        { "010.5", 10.5 },
        { "1:30.5", 90.5 },
        { ".inf", double.PositiveInfinity },
        { "-.INF", double.NegativeInfinity },
        { ".nan", double.NaN },
        { "1e400", double.PositiveInfinity },
    };

    public static TheoryData<string> Untyped =>
    [
        "y", "n", "Y", "N", "yEs", "tRUE", "nULL", "08", "0o10", "0b", "0x", "0b_", "1e", "e5", ".", "._", "-.5", "+", "-", "inf", "nan", "-.nan",
        "2018-10-26", "2018-10-26 10:00:00", "1:60", "0:30", "12:", "1,000", "١٢",
    ];

    [Theory]
    [MemberData(nameof(Typed))]
    public void A_plain_scalar_has_the_type_that_PyYAML_gives_it(string text, object? expected) => Assert.Equal(expected, PlainScalar.Resolve(text));

    [Theory]
    [MemberData(nameof(Untyped))]
    public void What_PyYAML_does_not_type_stays_text(string text) => Assert.Equal(text, PlainScalar.Resolve(text));

    [Theory]
    [InlineData("9223372036854775808")]
    [InlineData("-9223372036854775809")]
    [InlineData("0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF")]
    [InlineData("99999999999999999999:00:00")]
    public void A_whole_number_beyond_64_bits_keeps_its_digits_as_text(string text) => Assert.Equal(text, PlainScalar.Resolve(text));
}
