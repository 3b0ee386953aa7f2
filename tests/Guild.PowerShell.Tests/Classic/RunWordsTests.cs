using Guild.PowerShell.Classic;

namespace Guild.PowerShell.Tests.Classic;

public sealed class RunWordsTests
{
    [Fact]
    public void An_operation_is_followed_by_flags()
    {
        RunCommand command = CommandLines.Read<RunCommand>("run mlp:train lr=0.1 epochs=10");
        Assert.Equal("mlp:train", command.Operation);
        Assert.Equal([new("lr", "0.1"), new("epochs", "10")], command.Flags);
        Assert.Equal(RunQuestion.None, command.Question);
    }

    [Fact]
    public void Without_an_operation_the_first_word_is_a_flag()
    {
        RunCommand command = CommandLines.Read<RunCommand>("run lr=0.1");
        Assert.Null(command.Operation);
        Assert.Equal([new("lr", "0.1")], command.Flags);
    }

    [Theory]
    [InlineData("train", "train")]
    [InlineData("train lr=0.1", "train")]
    [InlineData("train mlp lr=0.1", "mlp:train")]
    [InlineData("train keras.mnist/mlp", "keras.mnist/mlp:train")]
    public void Train_runs_the_train_operation_of_a_model(string line, string operation) =>
        Assert.Equal(operation, CommandLines.Read<RunCommand>(line).Operation);

    [Fact]
    public void A_value_may_hold_an_equals_sign_or_nothing() =>
        Assert.Equal([new("a", "b=c"), new("d", "")], CommandLines.Read<RunCommand>("run op a=b=c d=").Flags);

    [Fact]
    public void Options_stand_anywhere()
    {
        RunCommand command = CommandLines.Read<RunCommand>("run -y train --label best x=1 -t a --tag=b -c note -d ./dir --stage -fq y=2 --gpus 0,1");
        Assert.Equal("train", command.Operation);
        Assert.Equal(["x", "y"], command.Flags.Select(f => f.Key));
        Assert.Equal(("best", "note", "./dir", "0,1"), (command.Label, command.Comment, command.RunDirectory, command.Gpus));
        Assert.Equal(["a", "b"], command.Tags);
        Assert.True(command is { AssumesYes: true, IsStaged: true, ForcesFlags: true, IsQuiet: true });
    }

    [Theory]
    [InlineData("-l=x", "x")]
    [InlineData("-lx", "x")]
    [InlineData("-l x", "x")]
    [InlineData("-l -y", "-y")]
    [InlineData("-l a -l b", "b")]
    public void A_value_stands_behind_a_space_an_equals_sign_or_a_letter(string words, string label) =>
        Assert.Equal(label, CommandLines.Read<RunCommand>($"run op {words}").Label);

    [Fact]
    public void Two_dashes_end_the_options() =>
        Assert.Equal([new("-y", "1")], CommandLines.Read<RunCommand>("run op -- -y=1").Flags);

    [Theory]
    [InlineData("", null)]
    [InlineData("--no-gpus", "")]
    [InlineData("--gpus 1", "1")]
    public void No_gpus_are_an_empty_text(string words, string? gpus) => Assert.Equal(gpus, CommandLines.Read<RunCommand>($"run op {words}").Gpus);

    [Theory]
    [InlineData("--help-op", (int)RunQuestion.OperationHelp)]
    [InlineData("-h", (int)RunQuestion.OperationHelp)]
    [InlineData("--help-model", (int)RunQuestion.ModelHelp)]
    [InlineData("--print-cmd", (int)RunQuestion.Command)]
    [InlineData("--print-env", (int)RunQuestion.Environment)]
    public void A_question_is_asked_instead_of_running(string option, int question) =>
        Assert.Equal((RunQuestion)question, CommandLines.Read<RunCommand>($"train {option}").Question);

    [Theory]
    [InlineData("--start")]
    [InlineData("--restart")]
    public void A_run_is_started_with_new_flags_and_without_an_operation(string option)
    {
        RunCommand command = CommandLines.Read<RunCommand>($"run {option} a1b2 lr=1");
        Assert.Null(command.Operation);
        Assert.Equal("a1b2", command.StartedRun);
        Assert.Single(command.Flags);
    }

    [Theory]
    [InlineData("-b", null)]
    [InlineData("--background", null)]
    [InlineData("--pidfile x.pid", "x.pid")]
    public void A_run_can_go_on_in_the_background(string options, string? file)
    {
        RunCommand command = CommandLines.Read<RunCommand>($"run op {options}");
        Assert.True(command.IsDetached);
        Assert.Equal(file, command.PidFile);
        Assert.False(CommandLines.Read<RunCommand>("run op").IsDetached);
    }

    [Theory]
    [InlineData("run op @trials.csv lr=1 @more.json", "op")]
    [InlineData("run @trials.csv lr=1 @more.json", null)]
    public void Files_of_trials_are_told_from_flags(string line, string? operation)
    {
        RunCommand command = CommandLines.Read<RunCommand>(line);
        Assert.Equal(operation, command.Operation);
        Assert.Equal(["trials.csv", "more.json"], command.TrialFiles);
        Assert.Equal("lr", Assert.Single(command.Flags).Key);
    }

    [Theory]
    [InlineData("run op --gpus 1 --no-gpus", "--no-gpus and --gpus cannot both be used")]
    [InlineData("run op --print-env --print-cmd", "--print-cmd and --print-env cannot both be used")]
    [InlineData("run op --restart a1", "OPERATION cannot be used with --restart")]
    [InlineData("run --run-dir x --start a1", "--run-dir cannot be used with --restart")]
    [InlineData("run op --stage -b", "--stage and --background cannot both be used")]
    [InlineData("run op --stage --pidfile x", "--stage and --pidfile cannot both be used")]
    [InlineData("run op lr", "invalid argument 'lr' - expected FLAG=VAL")]
    [InlineData("run op =1", "invalid argument '=1' - expected FLAG=VAL")]
    [InlineData("run op @", "invalid argument '@' - expected FLAG=VAL")]
    public void Words_that_do_not_go_together_are_refused(string line, string problem) =>
        Assert.Equal($"{problem}\nTry 'guild run --help' for more information.", CommandLines.Problem(line));

    [Theory]
    [InlineData("--force-deps")]
    [InlineData("--no-wait")]
    [InlineData("--test-output-attrs")]
    public void An_option_of_Guild_that_is_not_here_is_known_by_name(string option) =>
        Assert.Equal($"option '{option}' is not in this version\nTry 'guild train --help' for more information.", CommandLines.Problem($"train {option} 1"));
}
