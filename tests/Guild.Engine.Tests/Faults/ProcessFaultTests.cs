using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Guild.Engine.Execution;
using Guild.Engine.Runs;
using Guild.Engine.Tests.Execution;

namespace Guild.Engine.Tests.Faults;

/// <summary>Programs that are ended, stopped or left by others than us.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ProcessFaultTests : SupervisionTests
{
    [UnixTheory]
    [InlineData("KILL", -9)]
    [InlineData("SEGV", -11)]
    [InlineData("HUP", -1)]
    public async Task A_program_that_someone_else_ends_has_that_signal_in_its_record(string signal, int status)
    {
        var going = Supervise(Shell("echo before; echo $$ > pid; exec sleep 60"));

        await Send(signal, await ProcessIdIn("pid"));
        var outcome = await going;

        Assert.Equal((status, StopStep.None), (outcome.ExitStatus, outcome.StopRequest));
        Assert.Equal(RunStatus.Terminated, Status());
        Assert.Equal("before\n", await File.ReadAllTextAsync(Run.OutputPath));
    }

    [UnixFact]
    public async Task A_program_that_stops_itself_is_running_and_ends_as_it_would_have_when_it_goes_on()
    {
        var going = Supervise(Shell("echo $$ > pid; kill -STOP $$; echo on; exit 6"));
        var program = await ProcessIdIn("pid");
        await Eventually(() => File.ReadAllText($"/proc/{program}/stat").Contains(") T ", StringComparison.Ordinal));

        Assert.False(going.IsCompleted);
        Assert.Equal(RunStatus.Running, Status());
        await Send("CONT", program);

        Assert.Equal(6, (await going).ExitStatus);
        Assert.Equal("on\n", await File.ReadAllTextAsync(Run.OutputPath));
    }

    [UnixFact]
    public async Task A_program_that_stops_itself_and_ignores_the_polite_signal_is_killed()
    {
        var going = Supervise(Shell("trap '' TERM; echo $$ > pid; kill -STOP $$; exec sleep 60"), new StopTimes(TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(300)));
        await ProcessIdIn("pid");

        await Terminate.CancelAsync();

        Assert.Equal(-9, (await going).ExitStatus);
    }

    [UnixFact]
    public async Task A_run_whose_host_was_killed_is_running_until_its_program_has_ended_and_then_an_error()
    {
        using var host = Process.Start(new ProcessStartInfo(TestProgram, ["supervise", Folder, "/bin/sh", "-c", "echo $$ > pid; while [ ! -e go ]; do sleep 0.05; done"]))!;
        var program = await ProcessIdIn("pid");
        await Eventually(() => File.Exists(Run.LockPath));
        host.Kill();
        await host.WaitForExitAsync().WaitAsync(Limit);

        Assert.Equal(RunStatus.Running, Status());
        await File.WriteAllTextAsync(Path.Combine(Folder, "go"), "");
        await Eventually(() => !IsRunning(program));

        var state = State();
        Assert.Equal((RunStatus.Error, "The process is gone and left no exit status."), (state.Status, state.Reason));
    }

    [UnixFact]
    public async Task A_stranger_with_the_number_of_the_program_does_not_make_its_run_live()
    {
        using var stranger = SpawnedProgram.Start(Shell("exec sleep 60"));
        var number = stranger.ProcessId.ToString(CultureInfo.InvariantCulture);
        await File.WriteAllTextAsync(Run.LockPath, number);
        (ProcessRecord.Current(stranger.ProcessId) with { Start = stranger.StartTime - 1, SupervisorStart = 1 }).Write(Run.ProcessPath);
        Assert.Equal(RunStatus.Error, Status());

        (ProcessRecord.Current(stranger.ProcessId) with { Start = stranger.StartTime, SupervisorStart = 1 }).Write(Run.ProcessPath);
        Assert.Equal(RunStatus.Running, Status());
        stranger.Kill();
    }

    [UnixFact]
    public async Task The_sign_of_life_is_renewed_while_the_program_runs()
    {
        var going = Supervise(Shell("echo $$ > pid; while [ ! -e go ]; do sleep 0.05; done"), renewal: TimeSpan.FromMilliseconds(50));
        await Eventually(() => File.Exists(Run.LockPath));
        File.SetLastWriteTimeUtc(Run.ProcessPath, DateTime.UnixEpoch);

        await Eventually(() => File.GetLastWriteTimeUtc(Run.ProcessPath) > DateTime.UtcNow.AddMinutes(-1));

        await File.WriteAllTextAsync(Path.Combine(Folder, "go"), "");
        await going;
    }

    [UnixFact]
    public async Task A_sign_of_life_that_cannot_be_renewed_does_not_part_the_program_from_its_record()
    {
        var going = Supervise(Shell("echo $$ > pid; while [ ! -e go ]; do sleep 0.05; done; echo end"), renewal: TimeSpan.FromMilliseconds(20));
        await Eventually(() => File.Exists(Run.LockPath) && File.Exists(Run.OutputIndexPath));

        // Nobody, not even root, gets through a link to itself.
        Directory.Move(Run.GuildPath, Run.GuildPath + "-moved");
        File.CreateSymbolicLink(Run.GuildPath, Run.GuildPath);
        await Task.Delay(200);
        Assert.False(going.IsCompleted);
        File.Delete(Run.GuildPath);
        Directory.Move(Run.GuildPath + "-moved", Run.GuildPath);
        await File.WriteAllTextAsync(Path.Combine(Folder, "go"), "");

        Assert.Equal(0, (await going).ExitStatus);
        Assert.Equal("end\n", await File.ReadAllTextAsync(Run.OutputPath));
    }

    private RunStatus Status() => State().Status;

    private RunState State() => new RunStateReader(ProcessLiveness.OfThisHost, TimeProvider.System).Read(Run, Run.ReadAttribute("exit_status") as long?);

    private static async Task Send(string signal, int processId)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {processId}"]);
        await kill.WaitForExitAsync();
    }
}
