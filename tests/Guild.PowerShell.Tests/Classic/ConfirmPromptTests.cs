using Guild.PowerShell.Classic;

namespace Guild.PowerShell.Tests.Classic;

public sealed class ConfirmPromptTests
{
    [Fact]
    public void What_is_about_to_run_is_shown_with_its_flags() =>
        Assert.Equal(
            "You are about to run mlp:train\n  epochs: 10\n  note: two\n    lines\n  x:\nContinue? (Y/n) ",
            ConfirmPrompt.ForRun("run", "mlp:train", [new("epochs", "10"), new("note", "two\nlines"), new("x", "")]));

    [Fact]
    public void What_is_about_to_change_is_shown_as_a_list() =>
        Assert.Equal(
            "You are about to delete the following runs:\n  [a1]  train    pending\nDelete 1 run(s)? (y/N) ",
            ConfirmPrompt.ForRuns(
                "You are about to delete the following runs:",
                [new RunListRow { Index = 1, Id = "a1", Operation = "train", Status = "pending" }],
                "Delete 1 run(s)?",
                DefaultAnswer.No));

    [Theory]
    [InlineData("y", true)]
    [InlineData(" YES ", true)]
    [InlineData("", true)]
    [InlineData("n", false)]
    [InlineData("yep", false)]
    [InlineData(null, false)]
    public void An_empty_answer_is_yes_where_yes_is_expected(string? answer, bool isYes) => Assert.Equal(isYes, ConfirmPrompt.IsYes(answer, DefaultAnswer.Yes));

    [Theory]
    [InlineData("y", true)]
    [InlineData("", false)]
    [InlineData("no", false)]
    public void An_empty_answer_is_no_where_care_is_due(string answer, bool isYes) => Assert.Equal(isYes, ConfirmPrompt.IsYes(answer, DefaultAnswer.No));
}
