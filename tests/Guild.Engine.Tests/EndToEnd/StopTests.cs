using Guild.Engine.Execution;
using Guild.Engine.Runs;
using Guild.Engine.Tests.Execution;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.EndToEnd;

/// <summary>What is left of a run that is stopped, at each stage of it.</summary>
public sealed class StopTests
{
    [Fact]
    public void Before_there_is_a_run_nothing_is_left()
    {
        using var project = new TempProject("{op: {exec: 'true'}}");
        var plan = project.Plan("op");
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => new OperationRunner(project.Context).Run(plan, new RunOptions(), project.Events, stop.Token));
        Assert.Empty(project.Store.List());
        Assert.True(!Directory.Exists(project.Home.StagingDirectory) || !Directory.EnumerateFileSystemEntries(project.Home.StagingDirectory).Any());
    }

    [Theory]
    [InlineData("interrupt", -2)]
    [InlineData("terminate", -15)]
    [InlineData("kill", -9)]
    public void Between_the_making_of_the_run_and_its_program_the_run_is_terminated(string how, int exitCode)
    {
        using var project = new TempProject("{op: {exec: touch ran, requires: [{file: rows.csv}]}}");
        project.Write("rows.csv", "");
        using var stop = new CancellationTokenSource();
        using var other = new CancellationTokenSource();
        project.Events.Hook = e =>
        {
            if (e is RunStagedEvent)
            {
                (how == "interrupt" ? stop : other).Cancel();
            }
        };
        var options = new RunOptions { Terminate = how == "terminate" ? other.Token : default, Kill = how == "kill" ? other.Token : default };
        var run = project.Run(project.Request("op"), options, stop.Token);
        Assert.Equal((RunStatus.Terminated, exitCode), (run.Status, run.ExitCode));
        Assert.Contains("Stopped before the program was started.", TempProject.Output(run), StringComparison.Ordinal);
        Assert.False(File.Exists(run.Directory.PendingPath));
        Assert.False(File.Exists(Path.Combine(run.Directory.Path, "ran")));
        Assert.NotNull(run.Stopped);
    }

    [UnixFact]
    public async Task While_a_big_input_is_hashed_the_run_ends_soon()
    {
        using var project = new TempProject("{op: {exec: touch ran, requires: [{file: big, sha256: e000000000000000000000000000000000000000000000000000000000000000}]}}");
        await using (var big = File.Create(project.PathOf("big")))
        {
            big.SetLength(400L << 30);
        }

        using var stop = new CancellationTokenSource();
        project.Events.Hook = e =>
        {
            if (e is RunStagedEvent)
            {
                stop.CancelAfter(100);
            }
        };
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        var run = project.Run(project.Request("op"), stop: stop.Token);
        Assert.Equal((RunStatus.Terminated, -2), (run.Status, run.ExitCode));

        // To hash all of it takes several minutes.
        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(60));
    }

    [UnixTheory]
    [InlineData("", RunStatus.Terminated, -2)]
    [InlineData(", stoppable: yes", RunStatus.Completed, 0)]
    public async Task A_program_that_runs_is_interrupted(string more, RunStatus status, int exitCode)
    {
        using var project = new TempProject("{op: {exec: \"sh -c 'echo up; exec sleep 60'\"" + more + "}}");
        using var stop = new CancellationTokenSource();
        var running = Task.Run(() => project.Run(project.Request("op"), stop: stop.Token));
        await Eventually.Is(() => project.Store.List().Any(r => r.Status == RunStatus.Running && File.Exists(r.Directory.OutputPath)));
        await stop.CancelAsync();
        var run = await running;
        Assert.Equal((status, exitCode), (run.Status, run.ExitCode));
    }

    [UnixFact]
    public void An_error_of_guild_itself_does_not_leave_a_pending_run()
    {
        using var project = new TempProject("{op: {exec: 'true'}}");
        project.Events.Hook = e =>
        {
            if (e is ProgressEvent)
            {
                throw new InvalidOperationException("surprise");
            }
        };
        project.Write("guild.yml", "{op: {exec: 'true', requires: [{file: guild.yml, target-path: in}]}}");
        Assert.Throws<InvalidOperationException>(() => project.Run("op"));
        var run = project.Store.List().Single();
        Assert.Equal(RunStatus.Error, run.Status);
        Assert.Contains("surprise", TempProject.Output(run), StringComparison.Ordinal);
    }
}
