using FsCheck;
using FsCheck.Fluent;
using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Text;

namespace Guild.Engine.Tests.Flags;

public sealed class FlagGrammarTests
{
    [Theory]
    [InlineData("1", "1")]
    [InlineData("-1", "-1")]
    [InlineData("+1", "1")]
    [InlineData(" 1 ", "1")]
    [InlineData("010", "10")]
    [InlineData("0x10", "16")]
    [InlineData("1.0", "1.0")]
    [InlineData("1.", "1.0")]
    [InlineData(".5", "0.5")]
    [InlineData("1e3", "1000.0")]
    [InlineData("1e-5", "1e-05")]
    [InlineData("inf", "inf")]
    [InlineData("-Infinity", "-inf")]
    [InlineData("nan", "nan")]
    [InlineData(".inf", "inf")]
    [InlineData("1234e567", "inf")]
    public void Numbers_are_read_as_Python_and_YAML_read_them(string text, string expected) => Assert.Equal(expected, PythonText.Literal(FlagGrammar.Decode(text)));

    [Theory]
    [InlineData("yes", "True")]
    [InlineData("on", "True")]
    [InlineData("true", "True")]
    [InlineData("no", "False")]
    [InlineData("off", "False")]
    [InlineData("null", "None")]
    [InlineData("~", "None")]
    [InlineData("[1,2]", "[1, 2]")]
    [InlineData("[a, 1.5, yes]", "['a', 1.5, True]")]
    [InlineData("[1e2]", "[100.0]")]
    [InlineData("[]", "[]")]
    [InlineData("{}", "{}")]
    [InlineData("{a: 1, b: [x]}", "{'a': 1, 'b': ['x']}")]
    [InlineData("a: b", "{'a': 'b'}")]
    [InlineData("[a: b]", "[{'a': 'b'}]")]
    [InlineData("'123'", "'123'")]
    [InlineData("\"1.0\"", "'1.0'")]
    public void Other_values_are_read_as_YAML(string text, string expected) => Assert.Equal(expected, PythonText.Literal(FlagGrammar.Decode(text)));

    [Theory]
    [InlineData("")]
    [InlineData("y")]
    [InlineData("n")]
    [InlineData("abc")]
    [InlineData("a b")]
    [InlineData("0o10")]
    [InlineData("1_000")]
    [InlineData("1:30")]
    [InlineData("1_0.5")]
    [InlineData("12:30:45")]
    [InlineData("2018-10-26")]
    [InlineData("12345678901234567890")]
    [InlineData("[a")]
    [InlineData("{a")]
    [InlineData("@x")]
    [InlineData("*x")]
    [InlineData("#ff0000")]
    [InlineData("[1:2]")]
    [InlineData("[0.1:0.5:0.2]")]
    [InlineData("[a:b]")]
    [InlineData("uniform[0:1]")]
    [InlineData("loguniform[1e-5:1]")]
    [InlineData("other[1:2]")]
    public void What_is_no_value_of_another_type_stays_text(string text) => Assert.Equal(text, FlagGrammar.Decode(text));

    [Theory]
    [InlineData("range[3]", "[0, 1, 2]")]
    [InlineData("range[1:3]", "[1, 2, 3]")]
    [InlineData("range[0:10:5]", "[0, 5, 10]")]
    [InlineData("range[3:1:-1]", "[3, 2, 1]")]
    [InlineData("range[0.1:0.3:0.1]", "[0.1, 0.2, 0.3]")]
    [InlineData("range[1:0]", "[]")]
    [InlineData("linspace[0:1]", "[0.0, 0.25, 0.5, 0.75, 1.0]")]
    [InlineData("linspace[0:1:3]", "[0.0, 0.5, 1.0]")]
    [InlineData("linspace[5:9:1]", "[5.0]")]
    [InlineData("logspace[0:2:3]", "[1.0, 10.0, 100.0]")]
    [InlineData("logspace[0:2:3:2]", "[1.0, 2.0, 4.0]")]
    [InlineData("[1,2] * 2", "[1, 2, 1, 2]")]
    [InlineData("[a]*3", "['a', 'a', 'a']")]
    [InlineData("[1,2]*0", "[]")]
    public void Sequences_become_lists(string text, string expected) => Assert.Equal(expected, PythonText.Literal(FlagGrammar.Decode(text)));

    [Theory]
    [InlineData("range[foo:bar]", "'foo' is not a number")]
    [InlineData("range[]", "at least 1 argument.")]
    [InlineData("linspace[1]", "at least 2 arguments.")]
    [InlineData("range[0:1:0]", "no sequence")]
    [InlineData("range[1e9]", "no sequence")]
    [InlineData("linspace[0:1:2.5]", "no sequence")]
    [InlineData("geomspace[1:2]", "geomspace is not supported")]
    [InlineData("[1,2,3]*99999999", "more than 100000 items")]
    public void A_sequence_that_cannot_be_made_stays_text_with_a_warning(string text, string why)
    {
        var warnings = new List<string>();

        Assert.Equal(text, FlagGrammar.Decode(text, FlagType.Auto, warnings));
        Assert.Contains(why, Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Arguments_that_a_sequence_does_not_have_are_ignored_with_a_warning()
    {
        var warnings = new List<string>();

        Assert.Equal("[0, 2]", PythonText.Literal(FlagGrammar.Decode("range[0:2:2:7:8]", FlagType.Auto, warnings)));
        Assert.Contains("7, 8", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("123", FlagType.String, "'123'")]
    [InlineData("yes", FlagType.Path, "'yes'")]
    [InlineData("null", FlagType.ExistingPath, "'null'")]
    [InlineData("'123'", FlagType.String, "'123'")]
    [InlineData("[1, 2]", FlagType.String, "[1, 2]")]
    [InlineData("{a: 1}", FlagType.String, "{'a': 1}")]
    [InlineData("range[3]", FlagType.String, "'range[3]'")]
    [InlineData("1", FlagType.Float, "1.0")]
    [InlineData("1", FlagType.Int, "1")]
    [InlineData("1.5", FlagType.Int, "1.5")]
    [InlineData("abc", FlagType.Int, "'abc'")]
    [InlineData("1", FlagType.Boolean, "True")]
    [InlineData("0", FlagType.Boolean, "False")]
    [InlineData("0.0", FlagType.Boolean, "False")]
    [InlineData("yes", FlagType.Boolean, "True")]
    [InlineData("maybe", FlagType.Boolean, "'maybe'")]
    [InlineData("range[2]", FlagType.Number, "[0, 1]")]
    public void The_type_of_the_flag_decides_what_text_means(string text, FlagType type, string expected) =>
        Assert.Equal(expected, PythonText.Literal(FlagGrammar.Decode(text, type)));

    public static TheoryData<object?, string> Encoded => new()
    {
        { null, "null" },
        { true, "yes" },
        { false, "no" },
        { 12L, "12" },
        { 1.0, "1.0" },
        { 0.00001, "1e-05" },
        { double.PositiveInfinity, ".inf" },
        { double.NaN, ".nan" },
        { "", "''" },
        { "abc", "abc" },
        { "a b", "a b" },
        { "it's", "it's" },
        { "'x'", "'''x'''" },
        { "123", "'123'" },
        { "yes", "'yes'" },
        { "null", "'null'" },
        { "inf", "'inf'" },
        { "1_000", "1_000" },
        { "[1:2]", "'[1:2]'" },
        { "range[3]", "'range[3]'" },
        { "uniform[0:1]", "uniform[0:1]" },
        { "a: b", "'a: b'" },
        { "Zoë", "\"Zo\\xEB\"" },
        { "a\nb", "\"a\\nb\"" },
        { new List<object?> { "a", 1L, null, "x,y", "1" }, "[a, 1, null, 'x,y', '1']" },
        { new List<object?>(), "[]" },
        { new Dictionary<string, object?> { ["b"] = 1L, ["a"] = "x" }, "{a: x, b: 1}" },
    };

    [Theory]
    [MemberData(nameof(Encoded))]
    public void Values_are_written_as_a_user_could_type_them(object? value, string expected) => Assert.Equal(expected, FlagGrammar.Encode(value));

    [FsCheck.Xunit.Property(Arbitrary = [typeof(FlagValueArbitrary)], MaxTest = 2000)]
    public void What_is_written_reads_back_as_the_same_value(FlagValueArbitrary.Sample sample)
    {
        var text = FlagGrammar.Encode(sample.Value);

        Assert.Equal(PythonText.Literal(sample.Value), PythonText.Literal(FlagGrammar.Decode(text)));
    }

    [FsCheck.Xunit.Property(Arbitrary = [typeof(FlagValueArbitrary)], MaxTest = 2000)]
    public void What_is_written_as_an_assignment_reads_back_under_the_type_that_the_value_has(FlagValueArbitrary.Sample sample)
    {
        var type = sample.Value switch { string => FlagType.String, long => FlagType.Int, double => FlagType.Float, bool => FlagType.Boolean, _ => FlagType.Auto };

        var assignment = FlagGrammar.SplitAssignment($"name={FlagGrammar.Encode(sample.Value)}")!;

        Assert.Equal("name", assignment.Name);
        Assert.Equal(PythonText.Literal(sample.Value), PythonText.Literal(FlagGrammar.Decode(assignment.Text, type)));
    }

    [Theory]
    [InlineData("a=1", "a", "1")]
    [InlineData("a=", "a", "")]
    [InlineData("a.b:c=x=y", "a.b:c", "x=y")]
    public void An_assignment_is_split_at_the_first_equals_sign(string word, string name, string text) =>
        Assert.Equal(new FlagAssignment(name, text), FlagGrammar.SplitAssignment(word));

    [Theory]
    [InlineData("a")]
    [InlineData("=1")]
    [InlineData("")]
    public void A_word_without_name_or_equals_sign_is_no_assignment(string word) => Assert.Null(FlagGrammar.SplitAssignment(word));
}

public static class FlagValueArbitrary
{
    private static readonly string[] Tricky =
    [
        "", " ", "yes", "No", "null", "~", "1", "1.5", "1e5", "inf", "nan", "1_0", "1:2", "[1:2]", "[a:b]", "a:b", "range[1:3]", "uniform[0:1]", "[1]*2", "a, b", "a: b",
        "- a", "a #b", "#a", "'q'", "\"d\"", "it's", "!x", "&a", "*a", "%d", "@x", "`", "?", "? a", "-", "--", "---", "...", "--- a", "<<", "=", "0x1F", "0b1", "0o7", "2018-10-26",
        "2001-12-14 21:59:43.10 -5", "é", "a\tb", "a\r\nb", "\u2028", "\u0085", "\uFEFF", "😀", "trail ", ".", "y", "{", "}", "]", "key: [", "a]", "x{y}", "1 2", "+1", ".5", "5.", "0.",
    ];

    public sealed record Sample(object? Value)
    {
        public override string ToString() => PythonText.Literal(Value);
    }

    public static Arbitrary<Sample> Samples()
    {
        var text = Gen.OneOf(
            Gen.Elements(Tricky),
            Gen.Elements(Tricky).SelectMany(first => Gen.Elements(Tricky).Select(second => first + second)),
            ArbMap.Default.GeneratorFor<string>().Where(item => item is not null && IsUnicode(item)));
        var scalar = Gen.OneOf(
            text.Select(item => (object?)item),
            ArbMap.Default.GeneratorFor<long>().Select(item => (object?)item),
            ArbMap.Default.GeneratorFor<double>().Select(item => (object?)item),
            Gen.Elements<object?>(null, true, false));
        return Gen.Sized(size => Value(Math.Min(size, 3), scalar, text)).Select(item => new Sample(item)).ToArbitrary();
    }

    private static Gen<object?> Value(int depth, Gen<object?> scalar, Gen<string> text)
    {
        if (depth == 0)
        {
            return scalar;
        }

        var inner = Value(depth - 1, scalar, text);
        var list = Gen.Choose(0, 3).SelectMany(count => inner.ListOf(count)).Select(items => (object?)new List<object?>(items));
        var map = Gen.Choose(0, 3).SelectMany(count => text.Zip(inner).ListOf(count)).Select(entries => (object?)new SortedDictionary<string, object?>(
            entries.DistinctBy(entry => entry.Item1).ToDictionary(entry => entry.Item1, entry => entry.Item2), StringComparer.Ordinal));
        return Gen.OneOf(scalar, list, map);
    }

    private static bool IsUnicode(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsSurrogate(text[at]) && !char.IsSurrogatePair(text, at++))
            {
                return false;
            }
        }

        return true;
    }
}
