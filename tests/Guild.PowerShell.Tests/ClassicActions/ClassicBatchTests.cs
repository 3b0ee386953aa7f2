namespace Guild.PowerShell.Tests.ClassicActions;

/// <summary><c>guild run</c> with lists, files, ranges and optimizers.</summary>
public sealed class ClassicBatchTests : IDisposable
{
    private readonly ClassicProject _project = new();

    [Fact]
    public void A_list_runs_one_trial_a_value_and_the_batch_is_not_kept()
    {
        ClassicResult result = _project.Guild("run say text=[a,b] -y");

        Assert.Empty(result.Streams.Errors);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(["m:say", "m:say"], Operations());
        Assert.Equal(["m:say+"], Operations("-d"));
    }

    [Fact]
    public void A_batch_is_kept_if_asked_for()
    {
        _project.Guild("run say text=[a,b] -y --keep-batch -bl mine");

        Assert.Equal(["m:say", "m:say", "m:say+"], Operations());
        Assert.Contains("mine", string.Join('\n', _project.Guild("runs").Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void Trials_are_printed_and_nothing_is_run()
    {
        ClassicResult result = _project.Guild("run say text=[a,b,c] --print-trials");

        Assert.Equal(["#  text", "1  a", "2  b", "3  c"], result.Lines);
        Assert.Empty(Operations());
    }

    [Fact]
    public void The_command_of_each_trial_is_printed()
    {
        Assert.Equal(["exit 1", "exit 2"], _project.Guild("run fail code=[1,2] --print-cmd").Lines.Select(l => string.Join(' ', l.Split(' ')[^2..])));
    }

    [Theory]
    [InlineData("trials.csv", "text\na\nb c\n")]
    [InlineData("trials", "text\na\nb c\n")]
    public void Saved_trials_are_read_back(string file, string text)
    {
        Assert.Equal([$"Saving trials to {file}"], _project.Guild($"run say text=[a,'b c'] --save-trials {file}").Lines);

        Assert.Equal(text, File.ReadAllText(Path.Combine(_project.Path, file)));
        Assert.Equal(["#  text", "1  a", "2  b c"], _project.Guild($"run say '@{file}' --print-trials").Lines);
    }

    [Fact]
    public void Trials_are_saved_as_Json()
    {
        _project.Guild("run fail code=[1,2] --save-trials t.json");

        Assert.Equal(["#  code", "1  1", "2  2"], _project.Guild("run fail '@t.json' --print-trials").Lines);
    }

    [Fact]
    public void Trials_are_saved_to_two_kinds_of_files_only()
    {
        Assert.StartsWith("Unsupported extension '.txt' - use '.csv', '.json', or no extension", _project.Guild("run say text=[a,b] --save-trials t.txt").Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_project.Path, "t.txt")));
    }

    [Theory]
    [InlineData("run say --print-trials", "cannot print trials for a non-batch operation")]
    [InlineData("run say --save-trials t.csv", "cannot save trials for a non-batch operation")]
    [InlineData("run say -Fo a=1", "invalid optimizer flag a=1: no optimizer specified")]
    public void What_only_a_batch_has_is_refused(string words, string message)
    {
        ClassicResult result = _project.Guild(words);

        Assert.StartsWith(message, result.Error, StringComparison.Ordinal);
        Assert.Empty(Operations());
    }

    [Fact]
    public void A_limit_of_trials_is_ignored_for_a_single_run_and_that_is_said()
    {
        ClassicResult result = _project.Guild("run say -m 3 -bl x -y -q");

        Assert.Equal(["not a batch run - ignoring --max-trials", "not a batch run - ignoring --batch-label"], result.Streams.Warnings);
        Assert.Equal(["m:say"], Operations());
    }

    [Fact]
    public void A_failed_trial_is_no_failure_of_the_batch_unless_that_is_asked_for()
    {
        Assert.Equal(0, _project.Guild("run fail code=[3,0] -y -q --keep-batch").ExitCode);
        Assert.Equal(3, _project.Guild("run fail code=[3,0] -y -q --keep-batch --fail-on-trial-error --throttle-limit 1").ExitCode);
    }

    [Fact]
    public void Trials_are_staged()
    {
        _project.Guild("run say text=[a,b] -y -q --stage-trials");

        Assert.Equal(2, _project.Guild("runs -Ss").Lines.Length);
    }

    [Fact]
    public void A_staged_batch_is_started()
    {
        ClassicResult staged = _project.Guild("run say text=[a,b] -y -q --stage --keep-batch");
        Assert.Contains(" staged as ", Assert.Single(staged.Notes), StringComparison.Ordinal);
        string id = staged.Notes[0].Split(" staged as ")[1][..32];

        Assert.Equal(0, _project.Guild($"run --start {id} -y -q").ExitCode);
        Assert.Equal(3, _project.Guild("runs -Sc").Lines.Length);
    }

    [Fact]
    public void An_optimizer_that_is_not_there_is_told_with_those_that_are()
    {
        ClassicResult result = _project.Guild("run say -o randon");

        Assert.Contains("'randon'", result.Error, StringComparison.Ordinal);
        Assert.Contains("random", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _project.Dispose();

    private string[] Operations(string options = "") =>
    [
        .. _project.Guild($"runs list -v {options}").Lines.Where(l => l.StartsWith("  operation: ", StringComparison.Ordinal)).Select(l => l[13..]).Order(StringComparer.Ordinal),
    ];
}
