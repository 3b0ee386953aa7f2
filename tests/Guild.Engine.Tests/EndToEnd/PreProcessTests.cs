using Guild.Engine.Execution;
using Guild.Engine.Runs;
using Guild.Engine.Tests.Execution;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.EndToEnd;

/// <summary>The command that an operation has run before its program.</summary>
public sealed class PreProcessTests
{
    [UnixFact]
    public void It_runs_in_the_run_directory_before_the_program_and_what_it_prints_is_recorded()
    {
        using var project = new TempProject("{op: {pre-process: 'echo made > made.txt; echo prepared', exec: cat made.txt rows.csv, requires: [{file: rows.csv}]}}");
        project.Write("rows.csv", "rows\n");
        var run = project.Run("op");
        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal("prepared\nmade\nrows", TempProject.Output(run));
        Assert.Equal(["cat", "made.txt", "rows.csv"], run.Command);
    }

    [UnixFact]
    public void It_sees_the_environment_of_the_run_and_the_flags_in_upper_case()
    {
        using var project = new TempProject("{op: {pre-process: 'echo $RUN_ID $LR $BATCH_SIZE $MINE', exec: 'sh -c \"echo [$LR]\"', env: {MINE: own}, flags: {lr: 0.1, batch-size: 8, none: null}}}");
        var run = project.Run("op");
        Assert.Equal($"{run.Id} 0.1 8 own\n[]", TempProject.Output(run));
    }

    [UnixFact]
    public void When_it_fails_the_program_is_not_started_and_the_record_says_so()
    {
        using var project = new TempProject("{op: {pre-process: 'echo bad >&2; exit 7', exec: touch ran}}");
        var run = project.Run("op");
        Assert.Equal((RunStatus.Error, 7), (run.Status, run.ExitCode));
        Assert.False(File.Exists(Path.Combine(run.Directory.Path, "ran")));
        Assert.Equal("bad\nThe pre-process of the operation ended with exit code 7, so its program was not started.", TempProject.Output(run));
        Assert.False(File.Exists(run.Directory.LockPath));
        Assert.NotNull(run.Stopped);
    }

    [UnixFact]
    public async Task A_stop_during_it_ends_the_run()
    {
        using var project = new TempProject("{op: {pre-process: 'echo $$ > pid; exec sleep 60', exec: touch ran}}");
        using var stop = new CancellationTokenSource();
        var running = Task.Run(() => project.Run(project.Request("op"), stop: stop.Token));
        await Eventually.Is(() => project.Store.List().Any(r => File.Exists(Path.Combine(r.Directory.Path, "pid"))));
        await stop.CancelAsync();
        var run = await running;
        Assert.Equal((RunStatus.Terminated, -2), (run.Status, run.ExitCode));
        Assert.False(File.Exists(Path.Combine(run.Directory.Path, "ran")));
    }

    [UnixFact]
    public void It_runs_when_a_staged_run_is_started()
    {
        using var project = new TempProject("{op: {pre-process: 'echo $N', exec: 'echo ran', flags: {n: 3}}}");
        var staged = project.Run(project.Request("op"), new RunOptions { StagesOnly = true });
        Assert.False(File.Exists(staged.Directory.OutputPath));
        Assert.Equal("3\nran", TempProject.Output(project.Start(staged)));
    }
}
