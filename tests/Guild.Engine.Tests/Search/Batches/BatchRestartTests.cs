using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Guild.Engine.Execution;
using Guild.Engine.Operations;
using Guild.Engine.Runs;
using Guild.Engine.Search.Batches;
using Guild.Engine.Tests.EndToEnd;
using Guild.Engine.Tests.Execution;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.Search.Batches;

/// <summary>Batches that are staged, interrupted, killed or continued: no trial is lost, and none is run twice that has ended.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class BatchRestartTests
{
    private const string Op = "{op: {exec: \"sh -c 'echo ran >> ../count-$RUN_ID; echo loss: $FLAG_A'\", flags: {a: 1}}}";

    [UnixFact]
    public void A_staged_batch_is_started_from_its_record_alone()
    {
        using var project = new BatchProject(Op);
        var plan = project.Plan(new SearchRequest { KeepsBatch = true }, "op", "a=[1,2,3]");
        var staged = new BatchRunner(project.Project.Context).Run(plan, new RunOptions { StagesOnly = true }, project.Project.Events, CancellationToken.None);
        Assert.Equal(RunStatus.Staged, project.Store.TryRead(staged.Directory)!.Status);
        File.Delete(project.Project.PathOf("guild.yml"));

        var run = project.Project.Start(project.Store.TryRead(staged.Directory)!);

        Assert.Equal((RunStatus.Completed, 3), (run.Status, project.Trials(run).Count(trial => trial.Status == RunStatus.Completed)));
    }

    [UnixFact]
    public void A_batch_that_ended_has_nothing_left_to_run()
    {
        using var project = new BatchProject(Op);
        var batch = project.Run("op", "a=[1,2]");
        var started = project.Trials(batch).Select(trial => trial.Started).ToList();
        batch = project.Restart(batch);
        Assert.Equal(started, project.Trials(batch).Select(trial => trial.Started));
        Assert.Equal((2, RunStatus.Completed), (project.Result!.Completed, batch.Status));
    }

    [UnixFact]
    public void Lost_trials_run_again_where_they_are_and_missing_ones_are_made()
    {
        using var project = new BatchProject(Op);
        var batch = project.Run("op", "a=[1,2,3,4]");
        var trials = project.Trials(batch);
        var kept = trials[0].Started;
        trials[1].Directory.WriteAttribute("exit_status", -15L);
        trials[2].Directory.DeleteAttribute("exit_status");
        project.Store.DeletePermanently(trials[3]);

        batch = project.Restart(batch);

        var after = project.Trials(batch);
        Assert.Equal(["a=1", "a=2", "a=3", "a=4"], after.Select(BatchProject.Flags));
        Assert.Equal(trials.Take(3).Select(trial => trial.Id), after.Take(3).Select(trial => trial.Id));
        Assert.Equal(kept, after[0].Started);
        Assert.Equal([1, 2, 2, 1], after.Select(Count));
        Assert.All(after, trial => Assert.Equal(RunStatus.Completed, trial.Status));
    }

    [UnixFact]
    public void A_trial_that_failed_counts_as_run()
    {
        using var project = new BatchProject("{op: {exec: \"sh -c 'exit $FLAG_A'\", flags: {a: 1}}}");
        var batch = project.Run("op", "a=[0,3,0]");
        Assert.Equal([RunStatus.Completed, RunStatus.Error, RunStatus.Completed], project.Trials(batch).Select(trial => trial.Status));
        Assert.Equal((RunStatus.Completed, 1), (batch.Status, project.Result!.Failed));
        Assert.Contains($"ERROR: [guild] Trial {project.Trials(batch)[1].Id} exited with an error (3) - see log for details", TempProject.Output(batch), StringComparison.Ordinal);
        var started = project.Trials(batch)[1].Started;
        Assert.Equal(started, project.Trials(project.Restart(batch))[1].Started);
    }

    [UnixFact]
    public void An_error_ends_the_batch_if_it_is_to_with_the_exit_code_of_the_trial_and_the_rest_can_be_run_later()
    {
        using var project = new BatchProject("{op: {exec: \"sh -c 'exit $FLAG_A'\", flags: {a: 1}}}");
        var batch = project.Run(new SearchRequest { StopsOnError = true }, "op", "a=[0,3,0]");
        Assert.Equal((RunStatus.Error, 3, 2), (batch.Status, batch.ExitCode, project.Trials(batch).Count));
        Assert.EndsWith("ERROR: [guild] Stopping batch because a trial failed (pending trials can be started as needed)", TempProject.Output(batch), StringComparison.Ordinal);
        Assert.Equal(3, project.Trials(project.Restart(batch)).Count);
    }

    [UnixFact]
    public void More_failures_than_may_be_end_the_batch()
    {
        using var project = new BatchProject("{op: {exec: \"sh -c 'exit 1'\", flags: {a: 1}}}");
        var batch = project.Run(new SearchRequest { MaxFailures = 1 }, "op", "a=[1,2,3,4]");
        Assert.Equal((2, RunStatus.Error), (project.Trials(batch).Count, batch.Status));
        Assert.Equal("More than 1 trial failed.", Assert.Single(batch.Notes));
    }

    [UnixFact]
    public async Task A_stop_ends_all_trials_and_the_batch_goes_on_later()
    {
        using var project = new BatchProject("{op: {exec: \"sh -c 'echo up; [ -e ../../../go ] || sleep 60'\", flags: {a: 1}}}");
        using var stop = new CancellationTokenSource();
        var plan = project.Plan(new SearchRequest { KeepsBatch = true, ThrottleLimit = 2 }, "op", "a=[1,2,3]");
        var running = Task.Run(() => new BatchRunner(project.Project.Context).Run(plan, new RunOptions(), project.Project.Events, stop.Token));
        await Eventually.Is(() => project.Store.List().Count(run => !run.IsBatch && run.Status == RunStatus.Running && TempProject.Output(run) == "up") == 2);
        Assert.Equal(RunStatus.Running, project.Store.List().Single(run => run.IsBatch).Status);

        await stop.CancelAsync();

        var batch = project.Store.TryRead((await running).Directory)!;
        Assert.Equal((RunStatus.Terminated, -2), (batch.Status, batch.ExitCode));
        Assert.Equal([RunStatus.Terminated, RunStatus.Terminated], project.Trials(batch).Select(trial => trial.Status));
        File.WriteAllText(Path.Join(project.Project.Home.Path, "..", "go"), "");
        batch = project.Restart(batch);
        Assert.Equal((RunStatus.Completed, 3), (batch.Status, project.Trials(batch).Count(trial => trial.Status == RunStatus.Completed)));
    }

    [UnixFact]
    public async Task A_batch_is_stopped_from_outside_and_the_process_that_carries_it_out_goes_on()
    {
        using var project = new BatchProject("{op: {exec: sleep 60, flags: {a: 1}}}");
        var plan = project.Plan(new SearchRequest { ThrottleLimit = 1 }, "op", "a=[1,2,3]");
        var running = Task.Run(() => new BatchRunner(project.Project.Context).Run(plan, new RunOptions(), project.Project.Events, CancellationToken.None));
        await Eventually.Is(() => project.Store.List().Any(run => !run.IsBatch && run.Status == RunStatus.Running));
        var batch = project.Store.List().Single(run => run.IsBatch);

        Assert.Equal(StopResult.Ended, RunStop.Stop(batch.Directory, TimeSpan.FromSeconds(30), CancellationToken.None));

        var result = await running;
        Assert.Equal((RunStatus.Terminated, -15), (project.Store.TryRead(result.Directory)!.Status, result.ExitStatus));
        Assert.Single(project.Trials(project.Store.TryRead(result.Directory)!));
    }

    [UnixFact]
    public async Task A_batch_whose_process_is_killed_at_any_moment_goes_on_without_losing_a_trial_or_running_one_twice()
    {
        using var project = new BatchProject("{op: {exec: \"sh -c 'sleep 0.02; echo ran >> ../count-$RUN_ID'\", flags: {a: 1, b: 1}}}");
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var i = 0; i < 6; i++)
        {
            string[] words = ["batch", project.Project.ProjectPath, project.Project.Home.Path, "op", "2", "a=[1,2,3,4]", "b=[1,2,3]"];
            using var host = Process.Start(new ProcessStartInfo(ProgramTests.TestProgram, words) { RedirectStandardOutput = true })!;
            await Eventually.Is(() => host.HasExited || project.Store.List().Any(run => run.IsBatch && run.Directory.Id is var id && BatchTrials.Ids(run.Directory).Any() && File.Exists(run.Directory.LockPath) && !Done(project, id)));
            await Task.Delay(random.Next(0, 400));
            host.Kill();
            await host.WaitForExitAsync();
            var batch = project.Store.List().First(run => run.IsBatch);
            var before = project.Trials(batch).Where(trial => trial?.Status == RunStatus.Completed).Select(trial => (trial.Id, trial.Started)).ToList();

            batch = project.Restart(batch);

            var after = project.Trials(batch);
            Assert.True(after.Count == 12, string.Create(CultureInfo.InvariantCulture, $"With the seed {seed} there are {after.Count} trials."));
            Assert.Equal(12, after.Select(BatchProject.Flags).Distinct().Count());
            Assert.All(after, trial => Assert.Equal(RunStatus.Completed, trial.Status));
            Assert.Superset(before.ToHashSet(), after.Select(trial => (trial.Id, trial.Started)).ToHashSet());
            Assert.Equal(RunStatus.Completed, batch.Status);
            foreach (var run in project.Store.List().ToList())
            {
                project.Store.DeletePermanently(run);
            }
        }
    }

    [UnixFact]
    public async Task A_detached_batch_is_carried_out_by_its_supervisor()
    {
        using var project = new BatchProject(Op);
        var plan = project.Plan(new SearchRequest { KeepsBatch = true }, "op", "a=[1,2,3]");
        var result = new BatchRunner(project.Project.Context).Detach(plan, new RunOptions(), new SupervisorProgram(ProgramTests.TestProgram, ["detached"]), project.Project.Events, CancellationToken.None);
        Assert.Null(result.Fault);
        await Eventually.Is(() => project.Store.TryRead(result.Directory)!.Status == RunStatus.Completed);
        Assert.Equal(3, project.Trials(project.Store.TryRead(result.Directory)!).Count(trial => trial.Status == RunStatus.Completed));
    }

    [UnixFact]
    public void Two_batches_at_once_do_not_disturb_each_other()
    {
        using var project = new BatchProject(Op);
        var results = new BatchResult[2];
        Parallel.For(0, 2, index => results[index] = new BatchRunner(project.Project.Context).Run(
            project.Plan(new SearchRequest { KeepsBatch = true, ThrottleLimit = 2 }, "op", "a=[1,2,3,4,5]"), new RunOptions(), project.Project.Events, CancellationToken.None));
        Assert.All(results, result => Assert.Equal((5, 5), (result.Completed, project.Trials(project.Store.TryRead(result.Directory)!).Count)));
    }

    [UnixFact]
    public void Trials_are_left_staged_and_each_can_be_started_and_a_restart_of_the_batch_runs_the_rest()
    {
        using var project = new BatchProject(Op);
        var batch = project.Run(new SearchRequest { StagesTrials = true }, "op", "a=[1,2]");
        Assert.Equal((RunStatus.Completed, 2), (batch.Status, project.Result!.Staged));
        Assert.All(project.Trials(batch), trial => Assert.Equal(RunStatus.Staged, trial.Status));
        Assert.StartsWith($"INFO: [guild] Staging trial {project.Trials(batch)[0].Id}: op (a=1)", TempProject.Output(batch), StringComparison.Ordinal);
        Assert.Equal("loss: 2", TempProject.Output(project.Project.Start(project.Trials(batch)[1])));
        var first = project.Trials(batch)[0];
        var started = project.Trials(batch)[1].Started;

        var again = project.Restart(batch);

        Assert.Equal(["loss: 1", "loss: 2"], project.Trials(again).Select(TempProject.Output));
        Assert.Equal((first.Id, started), (project.Trials(again)[0].Id, project.Trials(again)[1].Started));
    }

    [UnixFact]
    public void Trials_that_go_to_the_trash_when_they_end_well_are_not_run_again()
    {
        using var project = new BatchProject("{op: {exec: 'true', flags: {a: 1}, delete-on-success: yes}}");
        var batch = project.Run("op", "a=[1,2]");
        Assert.Equal(2, project.Store.List(RunPlace.Trash).Count());
        project.Restart(batch);
        Assert.Equal((2, 2), (project.Result!.Completed, project.Store.List(RunPlace.Trash).Count()));
    }

    [UnixFact]
    public async Task A_trial_that_is_terminated_by_hand_counts_and_the_batch_goes_on()
    {
        using var project = new BatchProject("{op: {exec: \"sh -c '[ $FLAG_A = 2 ] || sleep 60'\", flags: {a: 1}}}");
        var plan = project.Plan(new SearchRequest { KeepsBatch = true, ThrottleLimit = 1 }, "op", "a=[1,2]");
        var running = Task.Run(() => new BatchRunner(project.Project.Context).Run(plan, new RunOptions(), project.Project.Events, CancellationToken.None));
        await Eventually.Is(() => project.Store.List().Any(run => !run.IsBatch && run.Status == RunStatus.Running));
        RunStop.Stop(project.Store.List().First(run => !run.IsBatch).Directory, TimeSpan.FromSeconds(30), CancellationToken.None);
        var batch = project.Store.TryRead((await running).Directory)!;
        var trials = project.Trials(batch);
        Assert.Equal([RunStatus.Terminated, RunStatus.Completed], trials.Select(trial => trial.Status));
        Assert.Contains($"INFO: [guild] Trial {trials[0].Id} was terminated", TempProject.Output(batch), StringComparison.Ordinal);
        Assert.Equal(trials.Select(trial => trial.Started), project.Trials(project.Restart(batch)).Select(trial => trial.Started));
    }

    [UnixFact]
    public void A_batch_is_not_begun_twice_at_once()
    {
        using var project = new BatchProject(Op);
        var batch = project.Run("op", "a=[1,2]");
        RunClaim.Take(batch.Directory, TimeProvider.System);
        Assert.Throws<RunStateException>(() => project.Restart(batch));
    }

    [UnixFact]
    public void A_batch_that_goes_on_keeps_to_the_limit_that_it_is_given_since()
    {
        // Each waits for the other, so both end only if they run at the same time.
        using var project = new BatchProject("{op: {exec: \"sh -c 'touch ../$FLAG_A; [ -e ../../go ] || exit 0; while [ ! -e ../1 ] || [ ! -e ../2 ]; do sleep 0.02; done; echo met'\", flags: {a: 1}}}");
        var batch = project.Run("op", "a=[1,2]");
        foreach (var trial in project.Trials(batch))
        {
            trial.Directory.WriteAttribute("exit_status", -15L);
            File.Delete(Path.Join(trial.Directory.Path, "..", trial.Flags["a"]!.ToString()));
        }

        File.WriteAllText(Path.Join(project.Project.Home.Path, "go"), "");
        RecordedThrottleLimit.Change(batch, 2);
        batch = project.Restart(batch);
        Assert.Equal(["met", "met"], project.Trials(batch).Select(TempProject.Output));
        Assert.Equal(2, BatchSettings.Read(batch.Directory, batch.OpRef, []).ThrottleLimit);
    }

    [UnixFact]
    public void A_run_without_trials_and_a_batch_that_runs_have_no_limit_to_change()
    {
        using var project = new BatchProject(Op);
        var batch = project.Run("op", "a=[1,2]");
        Assert.Throws<RequestException>(() => RecordedThrottleLimit.Change(project.Trials(batch)[0], 2));
        RunClaim.Take(batch.Directory, TimeProvider.System);
        Assert.Throws<RunStateException>(() => RecordedThrottleLimit.Change(project.Store.TryRead(batch.Directory)!, 2));
        Assert.Equal(1, BatchSettings.Read(batch.Directory, batch.OpRef, []).ThrottleLimit);
    }

    [UnixFact]
    public async Task A_detached_run_is_ended_by_its_supervisor_when_its_time_is_up()
    {
        using var project = new BatchProject("{op: {exec: sleep 60}}");
        var plan = Planner.Plan(project.Project.Request("op"), project.Project.Context, CancellationToken.None);
        var options = new RunOptions { TimeLimit = TimeSpan.FromSeconds(1) };
        var given = new OperationRunner(project.Project.Context).Detach(plan, options, new SupervisorProgram(ProgramTests.TestProgram, ["detached"]), project.Project.Events, CancellationToken.None);
        Assert.Null(given.Fault);
        await Eventually.Is(() => project.Store.TryRead(given.Directory)!.Status == RunStatus.Terminated);
        Assert.Equal(-15, project.Store.TryRead(given.Directory)!.ExitCode);
    }

    private static bool Done(BatchProject project, string id) => project.Store.TryRead(id)?.Status == RunStatus.Completed;

    private static int Count(Run trial) => File.ReadLines(Path.Join(trial.Directory.Path, "..", $"count-{trial.Id}")).Count();
}
