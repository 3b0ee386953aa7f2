using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;

namespace Guild.Engine.Tests.Flags;

public sealed class FlagHelpTests
{
    private static readonly OperationDefinition Operation = new() { Name = "train", ModelName = "m", Main = "train" };

    public static TheoryData<FlagDefinition, string> Lines => new()
    {
        { Flag with { Description = "Passes over the data", Default = 3L }, "Passes over the data (default is 3)" },
        { Flag with { Default = true }, "(default is yes)" },
        { Flag with { Default = "a b" }, "(default is 'a b')" },
        { Flag with { Default = "" }, "(default is '')" },
        { Flag with { Description = "Where to cut", IsRequired = true }, "Where to cut (required)" },
        { Flag with { IsRequired = true, Default = 1L }, "(default is 1)" },
        { Flag with { Description = "Seed", NullLabel = "chosen at random" }, "Seed (default is chosen at random)" },
        { Flag with { Description = "Seed" }, "Seed" },
        { Flag, "" },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_line_says_what_a_flag_means_and_what_holds_without_it(FlagDefinition flag, string expected) => Assert.Equal(expected, FlagHelp.Of(Operation, flag).Line);

    [Fact]
    public void A_description_has_a_summary_and_details()
    {
        var help = FlagHelp.Of(Operation, Flag with { Description = "Rate\n\nBetween 0 and 1.\nOften small.\n" });

        Assert.Equal("Rate", help.Summary);
        Assert.Equal("Between 0 and 1.\nOften small.", help.Details);
    }

    [Fact]
    public void Choices_are_shown_as_they_are_typed()
    {
        var help = FlagHelp.Of(Operation, Flag with
        {
            Default = "sgd",
            Description = "Optimizer",
            Choices = [new FlagChoice { Value = "sgd", Description = "Plain " }, new FlagChoice { Value = 5L, Alias = "five" }, new FlagChoice { Value = "a b" }, new FlagChoice { Value = true }],
        });

        Assert.Equal([new("sgd", "Plain"), new("five", ""), new("'a b'", ""), new("yes", "")], help.Choices);
        Assert.Equal("Optimizer (default is sgd) Choices: sgd, five, 'a b', yes", help.Message);
    }

    public static TheoryData<FlagDefinition, string> Ways => new()
    {
        { Flag with { Default = 1L }, "" },
        { Flag with { Default = true }, "--x 1 for yes, --x '' for no" },
        { Flag with { Type = FlagType.Boolean }, "--x 1 for yes, --x '' for no" },
        { Flag with { Default = true, HasArgSwitch = true, ArgSwitch = true }, "--x for yes, nothing otherwise" },
        { Flag with { ArgName = "long-x" }, "--long-x VALUE" },
        { Flag with { ArgEncoding = [new(true, "on"), new(false, "off")] }, "--x on for yes, --x off for no" },
        { Flag with { ArgSkip = true, Default = true }, "not passed as an argument" },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void Help_shows_how_the_program_gets_a_flag(FlagDefinition flag, string expected) => Assert.Equal(expected, FlagHelp.Of(Operation, flag).Passing);

    [Fact]
    public void Help_shows_what_the_destination_of_flags_makes_of_a_truth_value()
    {
        Assert.Equal("--x true for yes, --x false for no", FlagHelp.Of(Operation with { FlagsDestination = "globals" }, Flag with { Default = false }).Passing);
        Assert.Equal("not passed as an argument", FlagHelp.Of(Operation with { FlagsDestination = "none" }, Flag).Passing);
    }

    private static FlagDefinition Flag => new() { Name = "x" };
}
