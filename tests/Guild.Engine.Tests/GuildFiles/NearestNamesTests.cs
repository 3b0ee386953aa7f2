using Guild.Engine.GuildFiles;

namespace Guild.Engine.Tests.GuildFiles;

public sealed class NearestNamesTests
{
    [Fact]
    public void One_wrong_letter_in_a_long_name_comes_before_a_name_that_only_begins_alike() =>
        Assert.Equal("flags-import", NearestNames.Nearest("flags_import", ["flags", "flags-dest", "flags-import"]));

    [Fact]
    public void Names_are_sorted_by_likeness() => Assert.Equal(
        ["Train", "train-all", "pretrain", "brain", "trian", "evaluate"],
        NearestNames.Sort("train", ["evaluate", "brain", "trian", "pretrain", "train-all", "Train"]));

    [Fact]
    public void Ties_are_in_ordinal_order() => Assert.Equal(["B1", "a1", "b1"], NearestNames.Sort("zz", ["b1", "a1", "B1"]));

    [Theory]
    [InlineData("desciption", "description")]
    [InlineData("epcohs", "epochs")]
    [InlineData("EPOCHS", "epochs")]
    [InlineData("lr", null)]
    [InlineData("", null)]
    public void The_nearest_name_is_given_only_if_it_resembles(string name, string? expected) =>
        Assert.Equal(expected, NearestNames.Nearest(name, ["description", "epochs", "learning-rate"]));

    [Fact]
    public void A_very_long_name_is_sorted_quickly() => Assert.Equal(["a"], NearestNames.Sort(new string('x', 1_000_000), ["a"]));
}
