using Guild.Engine.GuildFiles;

namespace Guild.Engine.Tests.GuildFiles;

public sealed class FlagBindingTests
{
    public static TheoryData<string, object?> Values => new()
    {
        { "x", "x" },
        { "1", 1L },
        { "1e-3", 0.001 },
        { "yes", true },
        { "null", null },
        { "'1'", "1" },
        { "{default: 2}", 2L },
        { "{}", null },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_is_the_default_of_the_flag(string value, object? expected) => Assert.Equal(expected, Flag(value).Default);

    [Fact]
    public void A_list_is_a_default_with_a_trial_for_each_value() => Assert.Equal(new object?[] { 1L, 2L }, Flag("[1, 2]").Default);

    [Fact]
    public void Every_attribute_of_a_flag_is_bound()
    {
        var flag = Flag(
            "{description: ' d ', type: number, required: yes, alias: f, arg-name: ff, arg-skip: no, arg-switch: no, arg-split: ',', "
            + "arg-encoding: {yes: 'on', 1: one}, env-name: FF, env-encoding: {x: y}, allow-other: yes, null-label: none, min: 1, max: 2.5, "
            + "distribution: loguniform, zzzz: [1]}");

        Assert.Equal(("d", FlagType.Number, true, "f", "ff"), (flag.Description, flag.Type, flag.IsRequired, flag.Alias, flag.ArgName));
        Assert.False(flag.ArgSkip);
        Assert.Equal((true, false), (flag.HasArgSwitch, flag.ArgSwitch));
        Assert.Equal((true, ","), (flag.SplitsArg, flag.ArgSeparator));
        Assert.Equal([new(true, "on"), new(1L, "one")], flag.ArgEncoding);
        Assert.Equal([new("x", "y")], flag.EnvEncoding);
        Assert.Equal(("FF", true, "none", 1.0, 2.5), (flag.EnvName, flag.AllowsOther, flag.NullLabel, flag.Minimum, flag.Maximum));
        Assert.Equal("loguniform", flag.Distribution);
        Assert.Equal(new object?[] { 1L }, flag.Extra["zzzz"]);
    }

    [Theory]
    [InlineData("yes", true, null)]
    [InlineData("shlex", true, null)]
    [InlineData("no", false, null)]
    [InlineData("':'", true, ":")]
    public void Arguments_split_at_shell_words_or_at_a_separator(string value, bool splits, string? separator)
    {
        var flag = Flag($"{{arg-split: {value}}}");

        Assert.Equal((splits, separator), (flag.SplitsArg, flag.ArgSeparator));
    }

    [Fact]
    public void Choices_are_values_or_mappings_in_file_order()
    {
        var choices = Flag("{choices: [b, 1, {value: a, description: d, alias: z, flags: {x: 1}}]}").Choices;

        Assert.Equal(["b", 1L, "a"], choices.Select(c => c.Value!));
        Assert.Equal(("d", "z", 1L), (choices[2].Description, choices[2].Alias, choices[2].Flags["x"]));
    }

    [Fact]
    public void Names_of_the_past_are_understood()
    {
        var file = GuildFileText.Parse(GuildFileText.OperationText("flags: {a: {value: 3, options: [3, {value: 4, args: {b: 5}}]}}")).File!;
        var flag = file.Models[0].Operations[0].Flags[0];

        Assert.Equal(3L, flag.Default);
        Assert.Equal(5L, flag.Choices[1].Args["b"]);
        Assert.Equal(["OldName", "OldName", "OldName"], file.Warnings.Select(w => w.Id));
    }

    private static FlagDefinition Flag(string value) => Assert.Single(GuildFileText.Operation($"flags: {{a: {value}}}").Flags);
}
