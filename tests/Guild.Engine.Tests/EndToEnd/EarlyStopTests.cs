using System.Runtime.Versioning;
using Guild.Engine.Execution;
using Guild.Engine.Runs;
using Guild.Engine.Tests.Execution;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.EndToEnd;

/// <summary>Runs that are stopped while there is no program of theirs yet.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class EarlyStopTests
{
    private const string Operation = "{op: {exec: 'touch begun'}}";

    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(30);

    [UnixFact]
    public async Task A_detached_run_that_is_stopped_before_its_supervisor_has_it_is_never_started()
    {
        using var project = new TempProject(Operation);
        var run = project.Run(project.Request("op"), new RunOptions { StagesOnly = true });
        RunClaim.Take(run.Directory, TimeProvider.System, expected: RunStatus.Staged);

        var stopping = Task.Run(() => RunStop.Stop(run.Directory, Wait, CancellationToken.None));
        await Eventually.Is(() => StopMark.IsThere(run.Directory));
        new DetachedStart(project.Context, new SupervisorProgram(ProgramTests.TestProgram, ["detached"]), project.Events)
            .Start(run.Directory, new Dictionary<string, string>(), new RunOptions(), CancellationToken.None);

        Assert.Equal(StopResult.Ended, await stopping);
        var stopped = project.Store.TryRead(run.Directory)!;
        Assert.Equal((RunStatus.Terminated, -15), (stopped.Status, stopped.ExitCode));
        Assert.Equal("Stopped before the program was started.", TempProject.Output(stopped));
        Assert.False(File.Exists(Path.Combine(run.Directory.Path, "begun")));
        Assert.False(StopMark.IsThere(run.Directory));
        Assert.Equal(RunStatus.Completed, RestartTests.Restart(project, stopped).Status);
    }

    [Fact]
    public async Task A_request_that_is_made_while_a_run_is_prepared_ends_the_preparation()
    {
        using var project = new TempProject(Operation);
        var run = project.Run(project.Request("op"), new RunOptions { StagesOnly = true });
        RunClaim.Take(run.Directory, TimeProvider.System);
        using var preparation = new RunPreparation(run.Directory, TimeProvider.System, CancellationToken.None);
        var ended = new TaskCompletionSource();
        using var heard = preparation.Stop.Register(ended.SetResult);

        Assert.True(RunStop.Ask(run.Directory));

        await ended.Task.WaitAsync(Wait);
        Assert.Throws<OperationCanceledException>(preparation.ThrowIfStopped);
    }

    [UnixFact]
    public void A_request_that_comes_while_the_program_is_started_ends_it()
    {
        using var project = new TempProject("{op: {exec: sleep 60}}");
        var run = project.Run(project.Request("op"), new RunOptions { StagesOnly = true });
        StopMark.Make(run.Directory);

        var outcome = RunSupervisor.Run(
            new SupervisedRun
            {
                Directory = run.Directory,
                Program = new ProgramStart { FileName = "/bin/sleep", Arguments = ["60"], WorkingDirectory = run.Directory.Path, Environment = project.Environment },
            },
            NullEventSink.Instance,
            CancellationToken.None);

        Assert.Equal(-15, outcome.ExitStatus);
        Assert.False(StopMark.IsThere(run.Directory));
    }

    [UnixFact]
    public void A_request_that_an_earlier_start_left_does_not_count_for_a_later_one()
    {
        using var project = new TempProject(Operation);
        var run = project.Run("op");
        StopMark.Make(run.Directory);

        Assert.Equal(RunStatus.Completed, RestartTests.Restart(project, run).Status);
    }

    [Fact]
    public void A_run_that_somebody_is_about_to_start_is_not_deleted()
    {
        using var project = new TempProject(Operation);
        var run = project.Run(project.Request("op"), new RunOptions { StagesOnly = true });
        RunClaim.Take(run.Directory, TimeProvider.System);

        Assert.Contains("about to be started", Assert.Throws<RunStateException>(() => project.Store.Delete(run)).Message, StringComparison.Ordinal);
        Assert.Throws<RunStateException>(() => project.Store.DeletePermanently(run));
        Assert.Equal(RunStatus.Pending, project.Store.TryRead(run.Id)!.Status);
    }
}
