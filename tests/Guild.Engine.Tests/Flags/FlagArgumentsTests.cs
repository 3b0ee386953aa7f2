using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;

namespace Guild.Engine.Tests.Flags;

public sealed class FlagArgumentsTests
{
    public static TheoryData<object?, string[]> Defaults => new()
    {
        { true, ["--x", "1"] },
        { false, ["--x", ""] },
        { null, [] },
        { "", ["--x", ""] },
        { "a b", ["--x", "a b"] },
        { 3L, ["--x", "3"] },
        { 1.0, ["--x", "1.0"] },
        { 0.00001, ["--x", "1e-05"] },
        { new List<object?> { 1L, "a b", true }, ["--x", "1 'a b' yes"] },
        { new List<object?>(), ["--x", ""] },
        { new Dictionary<string, object?> { ["b"] = 1L, ["a"] = "x" }, ["--x", "{'a': 'x', 'b': 1}"] },
    };

    [Theory]
    [MemberData(nameof(Defaults))]
    public void A_value_becomes_an_option_with_its_text(object? value, string[] expected) => Assert.Equal(expected, Encode(Flag("x"), value));

    [Fact]
    public void Options_go_in_the_ordinal_order_of_the_names() =>
        Assert.Equal(["--B", "1", "--a", "2", "--b", "3"], FlagArguments.Encode(Operation([Flag("a"), Flag("b"), Flag("B")]), Bound(("b", 3L), ("a", 2L), ("B", 1L))));

    [Fact]
    public void An_option_can_have_another_name() => Assert.Equal(["--learning-rate", "0.1"], Encode(Flag("lr") with { ArgName = "learning-rate" }, 0.1));

    [Fact]
    public void A_flag_can_be_left_out_by_itself_or_by_the_operation()
    {
        var operation = Operation([Flag("a") with { ArgSkip = true }, Flag("b"), Flag("c") with { ArgSkip = false }]);
        var bound = Bound(("a", 1L), ("b", 2L), ("c", 3L));

        Assert.Equal(["--b", "2", "--c", "3"], FlagArguments.Encode(operation, bound));
        Assert.Equal(["--c", "3"], FlagArguments.Encode(operation with { DefaultFlagArgSkip = true }, bound));
    }

    [Fact]
    public void A_switch_is_passed_bare_for_its_value_only()
    {
        var off = Flag("x") with { HasArgSwitch = true, ArgSwitch = false };

        Assert.Equal(["--x"], Encode(off, false));
        Assert.Empty(Encode(off, true));
        Assert.Empty(Encode(off, null));
        Assert.Empty(Encode(off, 0L));
    }

    [Fact]
    public void A_switch_for_null_is_none() => Assert.Equal(["--x", "1"], Encode(Flag("x") with { HasArgSwitch = true }, 1L));

    [Theory]
    [InlineData("1 'a b'", null, new[] { "--x", "1", "a b" })]
    [InlineData("1,2,,3", ",", new[] { "--x", "1", "2", "3" })]
    [InlineData("", null, new string[0])]
    [InlineData(" ", null, new string[0])]
    public void A_value_can_be_split_into_several_arguments(string value, string? separator, string[] expected) =>
        Assert.Equal(expected, Encode(Flag("x") with { SplitsArg = true, ArgSeparator = separator }, value));

    [Fact]
    public void Each_item_of_a_list_is_an_argument_where_values_are_split()
    {
        var flag = Flag("x") with { SplitsArg = true };

        Assert.Equal(["--x", "1", "a b", "1"], Encode(flag, new List<object?> { 1L, "a b", true }));
        Assert.Empty(Encode(flag, new List<object?>()));
        Assert.Equal(["--x", "3"], Encode(flag, 3L));
    }

    [Fact]
    public void A_list_is_joined_by_the_flags_separator()
    {
        Assert.Equal("1,2", FlagArguments.EncodeValue(Flag("x") with { ArgSeparator = "," }, new List<object?> { 1L, 2L }));
        Assert.Equal("1 2", FlagArguments.EncodeValue(null, new List<object?> { 1L, 2L }));
    }

    [Fact]
    public void Values_can_have_texts_of_their_own()
    {
        var flag = Flag("x") with { ArgEncoding = [new(true, "on"), new(1L, "one"), new("s", "text")] };

        Assert.Equal(["--x", "on"], Encode(flag, true));
        Assert.Equal(["--x", "one"], Encode(flag, 1.0));
        Assert.Equal(["--x", "text"], Encode(flag, "s"));
        Assert.Equal(["--x", ""], Encode(flag, false));
    }

    [Fact]
    public void A_choice_brings_options_of_its_own()
    {
        var bound = Bound(("size", "big")) with { ChoiceArgs = new Dictionary<string, object?> { ["layers"] = 4L, ["zero"] = null } };

        Assert.Equal(["--layers", "4", "--size", "big"], FlagArguments.Encode(Operation([Flag("size")]), bound));
        Assert.Equal(["--layers", "4"], FlagArguments.Encode(Operation([Flag("size") with { ArgSkip = true }]), bound));
    }

    [Fact]
    public void Flags_without_a_definition_are_passed_by_force_only()
    {
        var operation = Operation([Flag("a")]);

        Assert.Equal(["--a", "1"], FlagArguments.Encode(operation, Bound(("a", 1L), ("b", 2L))));
        Assert.Equal(["--a", "1", "--b", "2"], FlagArguments.Encode(operation, Bound(("a", 1L), ("b", 2L)) with { IsForced = true }));
    }

    [Theory]
    [InlineData("train --lr 1", null)]
    [InlineData("train --lr=1", null)]
    [InlineData("train --lr '${lr}'", null)]
    [InlineData(null, "run.sh --lr 1 ${flag_args}")]
    public void An_option_that_the_command_has_already_is_not_passed_again(string? main, string? exec)
    {
        var operation = Operation([Flag("lr"), Flag("n")]) with { Main = main, Exec = exec };
        var bound = Bound(("lr", 0.1), ("n", 1L));

        Assert.Equal(["--n", "1"], FlagArguments.Encode(operation, bound));
        Assert.Equal(["lr"], FlagArguments.Shadowed(operation, bound));
    }

    [Fact]
    public void An_option_after_the_place_of_the_flags_does_not_shadow() =>
        Assert.Empty(FlagArguments.Shadowed(Operation([Flag("lr")]) with { Exec = "run.sh ${flag_args} --lr 1" }, Bound(("lr", 0.1))));

    public static TheoryData<object?, string> YamlTexts => new()
    {
        { true, "true" },
        { false, "false" },
        { "1", "'1'" },
        { "a", "a" },
        { "", "''" },
        { 1.0, "1.0" },
        { 0.00001, "1.0e-05" },
        { new List<object?> { 1L, null, "x, y" }, "[1, null, 'x, y']" },
        { new Dictionary<string, object?> { ["a"] = new List<object?> { true } }, "{a: [true]}" },
    };

    [Theory]
    [MemberData(nameof(YamlTexts))]
    public void Python_globals_get_YAML(object? value, string expected)
    {
        foreach (var destination in new[] { "globals", "global:params", "dict:params", "namespace:params" })
        {
            Assert.Equal(["--x", expected], FlagArguments.Encode(Operation([Flag("x")]) with { FlagsDestination = destination }, Bound(("x", value))));
        }
    }

    [Fact]
    public void Python_globals_get_a_split_value_as_one_list() =>
        Assert.Equal(
            ["--x", "[1, a]"],
            FlagArguments.Encode(Operation([Flag("x") with { SplitsArg = true }]) with { FlagsDestination = "globals" }, Bound(("x", "1 a"))));

    [Theory]
    [InlineData("none")]
    [InlineData("config:params.yml")]
    public void Nothing_is_passed_where_flags_go_elsewhere(string destination) =>
        Assert.Empty(FlagArguments.Encode(Operation([Flag("x")]) with { FlagsDestination = destination }, Bound(("x", 1L))));

    [Fact]
    public void Every_flag_is_an_environment_variable()
    {
        var operation = Operation([Flag("batch-size"), Flag("b") with { ArgSkip = true }, Flag("n") with { EnvName = "TOTAL" }, Flag("e") with { EnvEncoding = [new(true, "on")] }]);

        var environment = FlagArguments.EncodeEnvironment(operation, Bound(("batch-size", 32L), ("b", false), ("n", 1.5), ("e", true), ("a.b c", null)));

        Assert.Equal(
            [("FLAG_A_B_C", ""), ("FLAG_B", ""), ("FLAG_BATCH_SIZE", "32"), ("FLAG_E", "on"), ("TOTAL", "1.5")],
            environment.Select(entry => (entry.Key, entry.Value)));
    }

    private static FlagDefinition Flag(string name) => new() { Name = name };

    private static OperationDefinition Operation(FlagDefinition[] flags) => new() { Name = "train", ModelName = "m", Main = "train", Flags = flags };

    private static BoundFlags Bound(params (string Name, object? Value)[] values)
    {
        var sorted = new SortedDictionary<string, object?>(values.ToDictionary(entry => entry.Name, entry => entry.Value), StringComparer.Ordinal);
        return new BoundFlags { Values = sorted, UserValues = sorted };
    }

    private static IReadOnlyList<string> Encode(FlagDefinition flag, object? value) => FlagArguments.Encode(Operation([flag]), Bound((flag.Name, value)));
}
