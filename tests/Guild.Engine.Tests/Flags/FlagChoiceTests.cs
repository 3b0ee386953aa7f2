using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Text;

namespace Guild.Engine.Tests.Flags;

/// <summary>Choices of flags, with the flags and arguments that they bring.</summary>
public sealed class FlagChoiceTests : FlagBinding
{
    [Theory]
    [InlineData("sgd", null)]
    [InlineData("[sgd, adam]", null)]
    [InlineData("null", null)]
    [InlineData("other", "Flag 'x' must be one of sgd, adam, but other is not.")]
    [InlineData("", "Flag 'x' must be one of sgd, adam, but '' is not.")]
    [InlineData("0", "Flag 'x' must be one of sgd, adam, but 0 is not.")]
    [InlineData("false", "Flag 'x' must be one of sgd, adam, but no is not.")]
    [InlineData("[sgd, nope]", "Flag 'x' must be one of sgd, adam, but nope is not.")]
    public void Values_are_held_to_the_choices(string text, string? problem) =>
        Assert.Equal(problem, ProblemOrNull(Flag("x") with { Choices = [Choice("sgd"), Choice("adam")] }, text));

    [Fact]
    public void Other_values_than_the_choices_are_taken_where_the_flag_allows_them() =>
        Assert.Equal("other", Bind([Flag("x") with { Choices = [Choice("a")], AllowsOther = true }], ("x", "other")).Values["x"]);

    [Fact]
    public void A_choice_is_compared_as_the_type_of_the_flag_has_it()
    {
        var flag = Flag("x") with { Type = FlagType.String, Choices = [Choice(1L), Choice(2L)] };

        Assert.Equal("2", Bind([flag], ("x", "2")).Values["x"]);
        Assert.Equal(1.0, Bind([Flag("x") with { Choices = [Choice(1L)] }], ("x", "1.0")).Values["x"]);
    }

    [Theory]
    [InlineData("on")]
    [InlineData("1")]
    [InlineData("1_0")]
    public void A_choice_that_is_text_is_meant_by_typing_that_text(string text) =>
        Assert.Equal(text, Bind([Flag("x") with { Choices = [Choice("on"), Choice("1"), Choice("1_0")] }], ("x", text)).Values["x"]);

    [Theory]
    [InlineData("small", "10")]
    [InlineData("10", "10")]
    [InlineData("[small, big]", "[10, 20]")]
    [InlineData("1e9", "20")]
    public void The_alias_of_a_choice_stands_for_its_value(string text, string expected)
    {
        var flag = Flag("x") with
        {
            Type = FlagType.Int,
            Choices = [Choice(10L) with { Alias = "small" }, Choice(20L) with { Alias = "big" }, Choice(20L) with { Alias = "1e9" }],
        };

        Assert.Equal(expected, PythonText.Literal(Bind([flag], ("x", text)).Values["x"]));
    }

    [Fact]
    public void A_choice_sets_other_flags_unless_the_user_sets_them()
    {
        FlagDefinition[] flags =
        [
            Flag("size", "small") with { Choices = [Choice("small"), Choice("big", ("layers", 10L), ("units", "512"))] },
            Flag("layers", 1L),
            Flag("units", 8L) with { Type = FlagType.Int },
        ];

        Assert.Equal([1L, "small", 8L], Bind(flags).Values.Values);
        Assert.Equal([10L, "big", 512L], Bind(flags, ("size", "big")).Values.Values);
        Assert.Equal([3L, "big", 512L], Bind(flags, ("size", "big"), ("layers", "3")).Values.Values);
    }

    [Fact]
    public void A_choice_that_sets_another_choice_brings_that_ones_flags_too()
    {
        FlagDefinition[] flags =
        [
            Flag("z", "off") with { Choices = [Choice("off"), Choice("on", ("m", "fast"))] },
            Flag("m", "slow") with { Choices = [Choice("slow"), Choice("fast", ("a", 7L))] },
            Flag("a", 1L),
        ];

        Assert.Equal([7L, "fast", "on"], Bind(flags, ("z", "on")).Values.Values);
    }

    [Fact]
    public void Choices_that_undo_each_other_come_to_an_end()
    {
        FlagDefinition[] flags =
        [
            Flag("a", 1L) with { Choices = [Choice(1L, ("b", 2L)), Choice(2L, ("b", 1L))] },
            Flag("b", 1L) with { Choices = [Choice(1L, ("a", 1L)), Choice(2L, ("a", 2L))] },
        ];

        Assert.Equal(["a", "b"], Bind(flags).Values.Keys);
    }

    [Fact]
    public void What_a_choice_sets_is_checked_like_what_a_user_gives()
    {
        FlagDefinition[] flags = [Flag("a") with { Choices = [Choice("x", ("n", 9L))] }, Flag("n") with { Maximum = 5 }];

        Assert.Equal(FlagProblemKind.OutOfRange, Assert.Single(Problems(flags, ("a", "x"))).Kind);
    }

    [Fact]
    public void A_flag_that_a_choice_sets_and_the_operation_does_not_have_is_warned_of()
    {
        var bound = Bind([Flag("a", "x") with { Choices = [Choice("x", ("nope", 1L))] }]);

        Assert.Contains("'nope'", Assert.Single(bound.Warnings), StringComparison.Ordinal);
        Assert.Equal(1L, bound.Values["nope"]);
    }

    [Fact]
    public void A_choice_brings_its_arguments_with_references_resolved()
    {
        var choice = Choice("big") with { Args = new Dictionary<string, object?> { ["layers"] = 4L, ["name"] = "m-${lr}" } };

        var bound = Bind([Flag("size") with { Choices = [choice] }, Flag("lr", 0.1)], ("size", "big"));

        Assert.Equal([KeyValuePair.Create<string, object?>("layers", 4L), KeyValuePair.Create<string, object?>("name", "m-0.1")], bound.ChoiceArgs);
    }
}
