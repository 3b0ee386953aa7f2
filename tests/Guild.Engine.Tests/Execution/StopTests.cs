using System.Diagnostics;
using System.Runtime.Versioning;
using Guild.Engine.Execution;
using Guild.Engine.Runs;

namespace Guild.Engine.Tests.Execution;

[UnsupportedOSPlatform("windows")]
public sealed class StopTests : SupervisionTests
{
    private static readonly StopTimes Short = new(TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(300));

    [UnixFact]
    public async Task An_interrupt_ends_the_program_by_SIGINT()
    {
        var outcome = await SuperviseAndStop(Shell("echo $$ > pid; exec sleep 60"), Interrupt);

        Assert.Equal((-2, StopStep.Interrupt, StopStep.Interrupt), (outcome.ExitStatus, outcome.StopRequest, outcome.HardestStep));
        Assert.Equal(-2L, Run.ReadAttribute("exit_status"));
    }

    [UnixFact]
    public async Task An_interrupt_reaches_each_process_of_the_session_just_once()
    {
        // Python's interpreter and many programs cut their cleaning up short at a second SIGINT.
        const string Counting = "trap 'echo $1 >> caught' INT; echo ready >> ready; i=0; while [ $i -lt 20 ]; do sleep 0.05; i=$((i+1)); done; [ -e caught ] && sleep 0.5";
        await File.WriteAllTextAsync(Path.Combine(Folder, "count.sh"), Counting);
        var going = Supervise(Start("/bin/bash", "-c", "set -m; sh count.sh group & set +m; sh count.sh own; wait"));
        await Eventually(() => File.Exists(Path.Combine(Folder, "ready")) && File.ReadAllLines(Path.Combine(Folder, "ready")).Length == 2);

        await Interrupt.CancelAsync();
        await going;

        Assert.Equal(["group", "own"], (await File.ReadAllLinesAsync(Path.Combine(Folder, "caught"))).Order(StringComparer.Ordinal));
    }

    [UnixFact]
    public async Task A_program_that_cleans_up_after_an_interrupt_decides_its_exit_code()
    {
        var outcome = await SuperviseAndStop(Shell("trap 'echo clean; exit 5' INT; echo $$ > pid; while :; do sleep 0.05; done"), Interrupt);

        Assert.Equal(5, outcome.ExitStatus);
        Assert.Equal(StopStep.Interrupt, outcome.StopRequest);
        Assert.Equal("clean\n", await File.ReadAllTextAsync(Run.OutputPath));
    }

    [UnixFact]
    public async Task A_program_that_ignores_an_interrupt_is_terminated()
    {
        var outcome = await SuperviseAndStop(Shell("trap '' INT; echo $$ > pid; while :; do sleep 0.05; done"), Interrupt, Short);

        Assert.Equal((-15, StopStep.Interrupt, StopStep.Terminate), (outcome.ExitStatus, outcome.StopRequest, outcome.HardestStep));
    }

    [UnixFact]
    public async Task A_program_that_ignores_everything_is_killed()
    {
        var outcome = await SuperviseAndStop(Shell("trap '' INT TERM; echo $$ > pid; while :; do sleep 0.05; done"), Interrupt, Short);

        Assert.Equal((-9, StopStep.Interrupt, StopStep.Kill), (outcome.ExitStatus, outcome.StopRequest, outcome.HardestStep));
    }

    [UnixFact]
    public async Task A_program_of_the_runtime_that_ignores_signals_is_killed()
    {
        var going = Supervise(Call("ignore", "SIGINT", "SIGTERM"), new StopTimes(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)));
        await Eventually(() => File.Exists(Run.OutputPath) && new FileInfo(Run.OutputPath).Length > 0);

        await Interrupt.CancelAsync();
        var outcome = await going;

        Assert.Equal(-9, outcome.ExitStatus);
        Assert.Equal(["ignored SIGINT", "ignored SIGTERM"], (await File.ReadAllLinesAsync(Run.OutputPath))[1..]);
    }

    [UnixFact]
    public async Task A_second_request_kills_at_once()
    {
        var going = Supervise(Shell("trap '' INT TERM; echo $$ > pid; while :; do sleep 0.05; done"));
        await ProcessIdIn("pid");
        var watch = Stopwatch.StartNew();

        await Interrupt.CancelAsync();
        await Task.Delay(100);
        await KillNow.CancelAsync();
        var outcome = await going;

        Assert.Equal(-9, outcome.ExitStatus);
        Assert.True(watch.Elapsed < Patient.Interrupt);
    }

    [UnixFact]
    public async Task A_request_to_terminate_begins_with_SIGTERM()
    {
        var outcome = await SuperviseAndStop(Shell("trap '' INT; echo $$ > pid; while :; do sleep 0.05; done"), Terminate);

        Assert.Equal((-15, StopStep.Terminate, StopStep.Terminate), (outcome.ExitStatus, outcome.StopRequest, outcome.HardestStep));
    }

    [UnixFact]
    public async Task A_stopped_process_ends_too()
    {
        var going = Supervise(Shell("echo $$ > pid; exec sleep 60"));
        var program = await ProcessIdIn("pid");
        using (var stop = Process.Start("/bin/sh", ["-c", $"kill -STOP {program}"]))
        {
            await stop.WaitForExitAsync();
        }

        await Terminate.CancelAsync();

        Assert.Equal(-15, (await going).ExitStatus);
    }

    [UnixFact]
    public async Task The_end_of_a_stoppable_operation_by_SIGTERM_counts_as_completed()
    {
        var outcome = await SuperviseAndStop(Shell("echo $$ > pid; exec sleep 60"), Terminate, isStoppable: true);

        Assert.Equal(0, outcome.ExitStatus);
        Assert.Equal(15, outcome.Exit?.Signal);
        Assert.Equal(0L, Run.ReadAttribute("exit_status"));
    }

    [UnixFact]
    public async Task A_stoppable_operation_that_has_to_be_killed_is_terminated()
    {
        var outcome = await SuperviseAndStop(Shell("trap '' TERM; echo $$ > pid; while :; do sleep 0.05; done"), Terminate, Short, isStoppable: true);

        Assert.Equal(-9, outcome.ExitStatus);
    }

    [UnixTheory]
    [InlineData("sleep 60 & echo $! > child; wait")]
    [InlineData("(trap '' INT TERM; while :; do sleep 0.05; done) & echo $! > child; wait")]
    [InlineData("setsid sh -c 'echo $$ > child; exec sleep 60' & wait")]
    [InlineData("(setsid sh -c 'echo $$ > child; exec sleep 60' &) ; sleep 60")]
    [InlineData("env -u RUN_ID setsid sh -c 'echo $$ > child; exec sleep 60' & wait")]
    public async Task Nothing_that_the_program_started_is_left_after_a_stop(string script)
    {
        var going = Supervise(Shell(script), Short);
        var child = await ProcessIdIn("child");

        await Interrupt.CancelAsync();
        await going;

        Assert.False(IsRunning(child));
    }

    [UnixFact]
    public async Task What_outlives_an_interrupted_program_is_ended_after_it()
    {
        var going = Supervise(Shell("(trap '' INT; echo x > ready; while :; do sleep 0.05; done) & echo $! > child; echo $$ > pid; exec sleep 60"), Short);
        var child = await ProcessIdIn("child");
        await ProcessIdIn("pid");
        await Eventually(() => File.Exists(Path.Combine(Folder, "ready")));

        await Interrupt.CancelAsync();
        var outcome = await going;

        Assert.Equal((-2, StopStep.Terminate), (outcome.ExitStatus, outcome.HardestStep));
        Assert.False(IsRunning(child));
        Assert.Empty(outcome.Notes);
    }

    [UnixFact]
    public async Task A_stop_from_outside_waits_until_the_supervisor_has_recorded_it()
    {
        var going = Supervise(Shell("echo $$ > pid; exec sleep 60"));
        await ProcessIdIn("pid");
        await Eventually(() => File.Exists(Run.LockPath));

        var result = RunStop.Stop(Run, Limit, CancellationToken.None);

        Assert.Equal(StopResult.Ended, result);
        Assert.Equal(-15L, Run.ReadAttribute("exit_status"));
        Assert.Equal(-15, (await going).ExitStatus);
    }

    [UnixFact]
    public async Task A_stop_from_outside_kills_what_does_not_end_in_time()
    {
        var going = Supervise(Shell("trap '' TERM; echo $$ > pid; while :; do sleep 0.05; done"));
        await ProcessIdIn("pid");
        await Eventually(() => File.Exists(Run.LockPath));

        Assert.Equal(StopResult.Killed, RunStop.Stop(Run, TimeSpan.FromMilliseconds(200), CancellationToken.None));
        Assert.Equal(-9, (await going).ExitStatus);
    }

    [UnixFact]
    public async Task A_run_that_has_ended_is_not_running_for_a_stop_from_outside()
    {
        await Supervise(Shell("true"));

        Assert.Equal(StopResult.NotRunning, RunStop.Stop(Run, Limit, CancellationToken.None));
    }

    [UnixFact]
    public async Task A_stop_from_outside_spares_strangers_that_have_the_number_of_a_session_that_was_ours()
    {
        using var stranger = SpawnedProgram.Start(Shell("sleep 60 & echo $! > pid"));
        await stranger.Exit.WaitAsync(Limit);
        var left = await ProcessIdIn("pid");
        (ProcessRecord.Current(stranger.ProcessId) with { Start = stranger.StartTime }).Write(Run.ProcessPath);

        Assert.Equal(StopResult.NotRunning, RunStop.Stop(Run, Limit, CancellationToken.None));

        Assert.True(IsRunning(left));
        stranger.Kill();
    }

    [UnixFact]
    public async Task A_stop_from_outside_finds_what_outlived_program_and_supervisor_by_the_id_of_the_run()
    {
        var start = Shell("sleep 60 & echo $! > pid");
        using var program = SpawnedProgram.Start(start with { Environment = new Dictionary<string, string>(start.Environment) { ["RUN_ID"] = Run.Id } });
        await program.Exit.WaitAsync(Limit);
        var left = await ProcessIdIn("pid");
        (ProcessRecord.Current(program.ProcessId) with { Start = program.StartTime }).Write(Run.ProcessPath);

        Assert.Equal(StopResult.Ended, RunStop.Stop(Run, Limit, CancellationToken.None));

        Assert.False(IsRunning(left));
    }

    [UnixFact]
    public async Task A_stop_from_outside_spares_a_process_that_is_not_known_to_be_the_program()
    {
        using var stranger = SpawnedProgram.Start(Shell("echo $$ > pid; exec sleep 60"));
        await ProcessIdIn("pid");
        (ProcessRecord.Current(stranger.ProcessId) with { Start = null }).Write(Run.ProcessPath);

        Assert.Equal(StopResult.NotRunning, RunStop.Stop(Run, Limit, CancellationToken.None));

        Assert.True(IsRunning(stranger.ProcessId));
        stranger.Kill();
    }

    [UnixFact]
    public async Task A_run_of_another_host_is_not_stopped_here()
    {
        using var program = SpawnedProgram.Start(Shell("echo $$ > pid; exec sleep 60"));
        await ProcessIdIn("pid");
        (ProcessRecord.Current(program.ProcessId) with { Host = "elsewhere" }).Write(Run.ProcessPath);

        Assert.Equal(StopResult.NotRunning, RunStop.Stop(Run, Limit, CancellationToken.None));

        Assert.True(IsRunning(program.ProcessId));
        program.Kill();
    }

    private async Task<RunOutcome> SuperviseAndStop(ProgramStart program, CancellationTokenSource request, StopTimes? times = null, bool isStoppable = false)
    {
        var going = Supervise(program, times, isStoppable: isStoppable);
        var processId = await ProcessIdIn("pid");
        await request.CancelAsync();
        var outcome = await going;
        Assert.False(IsRunning(processId));
        return outcome;
    }
}
