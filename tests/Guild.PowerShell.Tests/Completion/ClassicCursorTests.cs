using Guild.PowerShell.Classic;

namespace Guild.PowerShell.Tests.Completion;

/// <summary>What is known of a line of classic words that is not whole yet.</summary>
public sealed class ClassicCursorTests
{
    [Theory]
    [InlineData("", "guild")]
    [InlineData("-C dir", "guild")]
    [InlineData("run", "run")]
    [InlineData("-C dir --debug run -y", "run")]
    [InlineData("runs", "runs")]
    [InlineData("runs rm", "delete")]
    [InlineData("runs -Sc rm", "delete")]
    [InlineData("nonsense run", "guild")]
    public void The_words_lead_to_a_command(string before, string command) => Assert.Equal(command, At(before).Command.Name);

    [Theory]
    [InlineData("", null)]
    [InlineData("run", nameof(WordKind.Operation))]
    [InlineData("run op", nameof(WordKind.Flag))]
    [InlineData("run -y op", nameof(WordKind.Flag))]
    [InlineData("run -l text op x=1", nameof(WordKind.Flag))]
    [InlineData("run -ltext op", nameof(WordKind.Flag))]
    [InlineData("run -yq op", nameof(WordKind.Flag))]
    [InlineData("run x=1", nameof(WordKind.Flag))]
    [InlineData("run -- -x", nameof(WordKind.Flag))]
    [InlineData("train", nameof(WordKind.TrainedModel))]
    [InlineData("runs", null)]
    [InlineData("runs rm", nameof(WordKind.Run))]
    [InlineData("runs rm 1", nameof(WordKind.Run))]
    [InlineData("runs info", nameof(WordKind.Run))]
    [InlineData("runs info 1", null)]
    [InlineData("runs restore", nameof(WordKind.DeletedRun))]
    [InlineData("stop", nameof(WordKind.RunningRun))]
    [InlineData("help", nameof(WordKind.Path))]
    [InlineData("models", nameof(WordKind.ListedModel))]
    [InlineData("resources a", nameof(WordKind.ListedResource))]
    [InlineData("check x", null)]
    public void An_argument_is_of_a_kind(string before, string? kind) => Assert.Equal(kind, At(before).Argument?.ToString());

    [Theory]
    [InlineData("run -l", "", nameof(WordKind.Label), "")]
    [InlineData("run op --label", "be", nameof(WordKind.Label), "")]
    [InlineData("run op", "--label=be", nameof(WordKind.Label), "--label=")]
    [InlineData("run -yl", "", nameof(WordKind.Label), "")]
    [InlineData("runs -Ft", "", nameof(WordKind.Tag), "")]
    [InlineData("runs list -l", "", nameof(WordKind.Label), "")]
    [InlineData("select -a", "", nameof(WordKind.Attribute), "")]
    [InlineData("-C", "", nameof(WordKind.Path), "")]
    [InlineData("run -c", "", nameof(WordKind.Text), "")]
    public void A_value_is_of_the_kind_of_its_option(string before, string typed, string kind, string lead)
    {
        var cursor = At(before, typed);

        Assert.Equal((kind, lead), (cursor.Option!.Word.ToString(), cursor.Lead));
        Assert.Null(cursor.Argument);
        Assert.Empty(cursor.Options);
    }

    [Fact]
    public void Options_that_this_version_has_not_and_hidden_ones_are_not_offered()
    {
        var names = At("runs rm").Options.SelectMany(o => o.Names).ToList();

        Assert.Contains("--permanent", names);
        Assert.DoesNotContain("--remote", names);
        Assert.DoesNotContain("-S", names);
    }

    [Fact]
    public void Commands_that_this_version_has_not_are_not_offered()
    {
        var names = At("").Commands.SelectMany(c => c.Names).ToList();

        Assert.Contains("run", names);
        Assert.DoesNotContain("tensorboard", names);
        Assert.Empty(At("run").Commands);
        Assert.Empty(At("nonsense").Commands);
        Assert.Empty(At("nonsense").Options);
    }

    [Fact]
    public void Options_before_the_command_hold_for_all()
    {
        var cursor = At("-C one -H two runs rm");

        Assert.Equal(("one", "two"), (cursor.Globals.ProjectPath, cursor.Globals.HomePath));
    }

    [Fact]
    public void The_filter_of_a_group_holds_for_its_command()
    {
        Assert.Equal(["completed"], FilterOptions.ReadFilter(At("runs -Sc rm").Parsed).Statuses);
    }

    [Theory]
    [InlineData("run --no-such-option op")]
    [InlineData("run -zzz op")]
    public void An_option_that_nobody_knows_is_passed_over(string before) => Assert.Equal(WordKind.Flag, At(before).Argument);

    [Fact]
    public void The_last_word_after_label_can_be_one()
    {
        Assert.Null(At("label").LastArgument);
        Assert.Equal(WordKind.Label, At("label 1").LastArgument);
    }

    private static ClassicCursor At(string before, string typed = "") => ClassicCursor.Of(before.Split(' ', StringSplitOptions.RemoveEmptyEntries), typed);
}
