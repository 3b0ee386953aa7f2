using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;

namespace Guild.Engine.Tests.Flags;

/// <summary>Which flags an operation gets: what is given, what is left to defaults, what refers to others, and what is missing.</summary>
public sealed class FlagBinderTests : FlagBinding
{
    [Fact]
    public void Flags_that_are_not_given_have_their_defaults_and_all_are_in_ordinal_order()
    {
        var bound = Bind([Flag("lr", 0.1), Flag("b"), Flag("Z", "x"), Flag("a", true)]);

        Assert.Equal(["Z", "a", "b", "lr"], bound.Values.Keys);
        Assert.Equal(["x", true, null, 0.1], bound.Values.Values);
        Assert.Empty(bound.UserValues);
    }

    [Fact]
    public void What_the_user_gives_comes_before_the_default_even_null_and_is_told_apart()
    {
        var bound = Bind([Flag("a", 1L), Flag("b", 2L), Flag("c", 3L)], ("a", "5"), ("b", "null"));

        Assert.Equal([5L, null, 3L], bound.Values.Values);
        Assert.Equal(["a", "b"], bound.UserValues.Keys);
    }

    [Fact]
    public void Of_a_flag_that_is_given_twice_the_last_value_counts() => Assert.Equal(2L, Bind([Flag("a")], ("a", "1"), ("a", "2")).Values["a"]);

    [Fact]
    public void An_alias_stands_for_the_name()
    {
        var bound = Bind([Flag("learning-rate", 0.1) with { Alias = "lr" }], ("lr", "0.5"));

        Assert.Equal(0.5, bound.Values["learning-rate"]);
        Assert.Equal(["learning-rate"], bound.UserValues.Keys);
        Assert.Equal(["learning-rate"], bound.Values.Keys);
    }

    [Fact]
    public void A_flag_given_by_name_and_by_alias_is_a_problem()
    {
        var problem = Assert.Single(Problems([Flag("rate") with { Alias = "r" }], ("r", "1"), ("rate", "2")));

        Assert.Equal(FlagProblemKind.GivenTwice, problem.Kind);
        Assert.Equal("Flag 'rate' is given twice: by its name and by its alias 'r'.", problem.Message);
    }

    [Fact]
    public void A_flag_that_is_unknown_lists_the_nearest_name_first()
    {
        var problem = Assert.Single(Problems([Flag("lr"), Flag("epochs"), Flag("batch-size")], ("epoch", "3")));

        Assert.Equal(FlagProblemKind.Unknown, problem.Kind);
        Assert.Equal("epoch", problem.Flag);
        Assert.StartsWith("Operation 'm:train' has no flag 'epoch'; its flags are, nearest first: epochs,", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_problems_come_in_one_error_in_the_order_of_the_names()
    {
        FlagDefinition[] flags = [Flag("n") with { Type = FlagType.Int }, Flag("z") with { IsRequired = true }, Flag("c") with { Choices = [Choice("x")] }, Flag("m") with { Maximum = 1 }];

        var error = Assert.Throws<FlagException>(() => Bind(flags, ("n", "many"), ("c", "y"), ("m", "2"), ("foo", "1")));

        Assert.Equal(["c", "foo", "m", "n", "z"], error.Problems.Select(problem => problem.Flag));
        Assert.Equal(
            [FlagProblemKind.NotAChoice, FlagProblemKind.Unknown, FlagProblemKind.OutOfRange, FlagProblemKind.WrongType, FlagProblemKind.Missing],
            error.Problems.Select(problem => problem.Kind));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("null")]
    [InlineData("")]
    public void A_required_flag_must_have_a_value_that_is_neither_null_nor_empty(string? text)
    {
        FlagDefinition[] flags = [Flag("threshold") with { IsRequired = true, Description = "Decision threshold\nMore.", Type = FlagType.Float }];

        var problem = Assert.Single(text is null ? Problems(flags) : Problems(flags, ("threshold", text)));

        Assert.Equal(FlagProblemKind.Missing, problem.Kind);
        Assert.Equal("Flag 'threshold' is required: Decision threshold", problem.Message);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("no")]
    [InlineData("[]")]
    public void A_required_flag_can_be_zero_false_or_an_empty_list(string text) => Assert.NotNull(Bind([Flag("x") with { IsRequired = true }], ("x", text)).Values["x"]);

    [Fact]
    public void References_between_flags_are_resolved_after_the_flags_types()
    {
        FlagDefinition[] flags =
        [
            Flag("a", "${b}"), Flag("b", 0.5), Flag("c", "x-${a}-${b}"), Flag("data", "in") with { Type = FlagType.Path },
            Flag("file", "${data}/rows.csv"), Flag("n", "${i}") with { Type = FlagType.Int }, Flag("i", "7"),
        ];

        var values = Bind(flags).Values;

        Assert.Equal(0.5, values["a"]);
        Assert.Equal("x-0.5-0.5", values["c"]);
        Assert.Equal($"{Path.Combine(Folder, "in")}/rows.csv", values["file"]);
        Assert.Equal(7L, values["n"]);
    }

    [Fact]
    public void References_to_nothing_and_in_circles_are_problems()
    {
        var problems = Problems([Flag("a", "${b}"), Flag("b", "${a}"), Flag("c", "${gone}")]);

        Assert.All(problems, problem => Assert.Equal(FlagProblemKind.BadReference, problem.Kind));
        Assert.Equal(["a", "b", "c"], problems.Select(problem => problem.Flag));
        Assert.Contains("${gone}", problems[2].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void By_force_everything_but_broken_references_is_passed_on_as_it_is()
    {
        FlagDefinition[] flags = [Flag("n") with { Type = FlagType.Int }, Flag("z") with { IsRequired = true }, Flag("c") with { Choices = [Choice("x")] }];

        var bound = FlagBinder.Bind(Operation(flags), Given(("n", "many"), ("c", "y"), ("foo", "1")), Options with { IsForced = true });

        Assert.Equal([("c", "y"), ("foo", 1L), ("n", "many"), ("z", (object?)null)], bound.Values.Select(entry => (entry.Key, entry.Value)));
        Assert.True(bound.IsForced);
        Assert.Throws<FlagException>(() => FlagBinder.Bind(Operation([Flag("a", "${b}")]), [], Options with { IsForced = true }));
    }

    [Fact]
    public void Sequences_that_cannot_be_made_are_warned_of() =>
        Assert.Contains("range[a:b]", Assert.Single(Bind([Flag("x")], ("x", "range[a:b]")).Warnings), StringComparison.Ordinal);
}
