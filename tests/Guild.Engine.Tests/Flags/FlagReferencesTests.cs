using Guild.Engine.Flags;

namespace Guild.Engine.Tests.Flags;

public sealed class FlagReferencesTests
{
    private static readonly Dictionary<string, object?> Values = new()
    {
        ["n"] = 3L,
        ["lr"] = 0.1,
        ["on"] = true,
        ["nothing"] = null,
        ["list"] = new List<object?> { 1L, "a" },
        ["name"] = "mlp-${n}",
        ["deep"] = "<${name}>",
        ["self"] = "${self}",
        ["loop1"] = "${loop2}",
        ["loop2"] = "x${loop1}",
        ["broken"] = "${gone}",
        ["literal"] = @"\${n}",
        ["a.b-c d"] = "odd",
    };

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("a-${n}-b", "a-3-b")]
    [InlineData("${n}${lr}", "30.1")]
    [InlineData("${name}", "mlp-3")]
    [InlineData("${deep}!", "<mlp-3>!")]
    [InlineData("${on} ${nothing} ${list}", "true null [1, a]")]
    [InlineData(@"\${n}", "${n}")]
    [InlineData(@"x \${n} ${n}", "x ${n} 3")]
    [InlineData("${literal}", "${n}")]
    [InlineData("$n {n} ${}", "$n {n} ${}")]
    [InlineData("${a.b-c d}", "odd")]
    public void References_in_text_are_replaced(string template, string expected) => Assert.Equal(expected, FlagReferences.Resolve(template, Values));

    [Fact]
    public void A_lone_reference_keeps_the_type()
    {
        Assert.Equal(3L, FlagReferences.Resolve("${n}", Values));
        Assert.Equal(true, FlagReferences.Resolve("${on}", Values));
        Assert.Null(FlagReferences.Resolve("${nothing}", Values));
        Assert.Same(Values["list"], FlagReferences.Resolve("${list}", Values));
    }

    [Fact]
    public void Text_can_be_asked_for_even_of_a_lone_reference()
    {
        Assert.Equal("3", FlagReferences.ResolveText("${n}", Values));
        Assert.Equal("null", FlagReferences.ResolveText("${nothing}", Values));
    }

    [Fact]
    public void What_is_no_text_is_left_alone() => Assert.Equal(5L, FlagReferences.Resolve(5L, Values));

    [Theory]
    [InlineData("${gone}", "gone", "The reference ${gone} is to a flag that is not defined.")]
    [InlineData("${broken}", "gone", "The reference ${gone} is to a flag that is not defined (by way of broken).")]
    [InlineData("${self}", "self", "The references self -> self lead back to themselves.")]
    [InlineData("a${loop1}", "loop1", "The references loop1 -> loop2 -> loop1 lead back to themselves.")]
    public void References_that_lead_nowhere_are_errors_with_the_path(string template, string reference, string message)
    {
        var error = Assert.Throws<FlagReferenceException>(() => FlagReferences.Resolve(template, Values));

        Assert.Equal(reference, error.Reference);
        Assert.Equal(message, error.Message);
        Assert.Equal(reference, error.ReferencePath[^1]);
    }

    [Fact]
    public void The_same_name_twice_side_by_side_is_no_circle() => Assert.Equal("mlp-3mlp-3", FlagReferences.Resolve("${name}${name}", Values));

    [Fact]
    public void The_names_in_a_text_can_be_listed() => Assert.Equal(["b", "a"], FlagReferences.Names(@"${b} ${a} \${c} ${b}"));
}
