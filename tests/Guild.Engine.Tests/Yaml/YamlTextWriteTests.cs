using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Guild.Engine.Yaml;

namespace Guild.Engine.Tests.Yaml;

public sealed class YamlTextWriteTests
{
    public static TheoryData<object?, string> Scalars => new()
    {
        { null, "null\n" },
        { true, "true\n" },
        { false, "false\n" },
        { 1542374892000000L, "1542374892000000\n" },
        { 1.0, "1.0\n" },
        { 1e-05, "1.0e-05\n" },
        { 1.5e-07, "1.5e-07\n" },
        { 1e16, "1.0e+16\n" },
        { double.PositiveInfinity, ".inf\n" },
        { double.NegativeInfinity, "-.inf\n" },
        { double.NaN, ".nan\n" },
        { "", "''\n" },
        { "plain text", "plain text\n" },
        { "yes", "'yes'\n" },
        { "1e2", "'1e2'\n" },
        { "2018-10-26", "'2018-10-26'\n" },
        { "99999999999999999999", "'99999999999999999999'\n" },
        { "=", "'='\n" },
        { "a: b", "'a: b'\n" },
        { "it's #1", "'it''s #1'\n" },
        { "- a", "'- a'\n" },
        { "-a", "-a\n" },
        { " a", "' a'\n" },
        { "a\nb", "\"a\\nb\"\n" },
        { "épée 😀", "épée 😀\n" },
        { "\u0085", "\"\\x85\"\n" },
    };

    [Theory]
    [MemberData(nameof(Scalars))]
    public void A_scalar_is_written_so_that_it_reads_as_itself(object? value, string expected) => Assert.Equal(expected, YamlText.Write(value));

    [Fact]
    public void Collections_are_written_in_block_style_with_sorted_keys()
    {
        var value = new Dictionary<string, object?>
        {
            ["b"] = new object?[] { 1L, new object?[] { 2L, 3L }, new Dictionary<string, object?> { ["x"] = 1L, ["y"] = Array.Empty<object?>() } },
            ["a"] = new Dictionary<string, object?> { ["k"] = new Dictionary<string, object?>() },
            ["B"] = "text",
        };

        Assert.Equal("B: text\na:\n  k: {}\nb:\n- 1\n- - 2\n  - 3\n- x: 1\n  y: []\n", YamlText.Write(value));
    }

    [Fact]
    public void A_long_line_is_not_folded() => Assert.Single(YamlText.Write(string.Join(' ', Enumerable.Repeat("word", 500))), c => c == '\n');

    [Fact]
    public void Half_of_a_surrogate_pair_is_replaced() => Assert.Equal("a\uFFFD\n", YamlText.Write("a\uD800"));

    [Fact]
    public void A_key_too_long_for_the_short_form_reads_back()
    {
        var value = new Dictionary<string, object?> { [new string('k', 5000)] = new object?[] { 1L } };

        Assert.Equal(value, YamlText.Read(YamlText.Write(value)));
    }

    [Fact]
    public void What_is_no_YAML_value_is_refused() => Assert.Throws<ArgumentException>(() => YamlText.Write(new object()));

    [Fact]
    public void Values_that_are_nested_too_deep_are_refused()
    {
        object? value = 1L;
        for (var i = 0; i < 100_000; i++)
        {
            value = new[] { value };
        }

        Assert.Throws<ArgumentException>(() => YamlText.Write(value));
    }

    [Property(Arbitrary = [typeof(YamlValueArbitrary)], MaxTest = 300)]
    public void What_is_written_reads_back_as_the_same_value(YamlValue value) => Assert.Equal(value.Content, YamlText.Read(YamlText.Write(value.Content)));

    public sealed record YamlValue(object? Content)
    {
        public override string ToString() => YamlText.Write(Content);
    }

    public static class YamlValueArbitrary
    {
        private static readonly string[] Pieces =
        [
            "a", "yes", "null", "1", "0x", ".", "e5", "_", "-", "+", ":", ": ", " #", "#", "'", "\"", "\\", "\n", "\r", "\t", " ", "[", "]", "{", "}", ",", "&",
            "*", "!", "|", ">", "%", "@", "`", "?", "~", "=", "<<", "---", "...", "é", "😀", "\u0085", "\u00A0", "\u2028", "\uFEFF", "\uFFFE", "\0",
            "2018-10-26", "1:30",
        ];

        public static Arbitrary<YamlValue> Values() => Value(3).Select(v => new YamlValue(v)).ToArbitrary();

        private static Gen<string> Texts() => Gen.Elements(Pieces).ListOf().Select(p => string.Concat(p.Take(8)));

        private static Gen<object?> Scalar() => Gen.OneOf(
            Texts().Select(t => (object?)t),
            ArbMap.Default.GeneratorFor<long>().Select(n => (object?)n),
            ArbMap.Default.GeneratorFor<double>().Select(n => (object?)n),
            Gen.Elements<object?>(null, true, false, long.MinValue, 0.1, 1e22));

        private static Gen<object?> Value(int depth) => depth == 0
            ? Scalar()
            : Gen.OneOf(
                Scalar(),
                Value(depth - 1).ListOf().Select(items => (object?)items.Take(4).ToArray()),
                Texts().Zip(Value(depth - 1)).ListOf().Select(entries => (object?)entries
                    .Take(4)
                    .DistinctBy(e => e.Item1)
                    .ToDictionary(e => e.Item1, e => e.Item2)));
    }
}
