using Guild.Engine.Runs;

namespace Guild.Engine.Tests.Runs;

public sealed class RunStatusTests : IDisposable
{
    private const int Program = 4000;

    private const int Supervisor = 3000;

    private readonly StandingClock _clock = new(DateTimeOffset.UtcNow);

    private readonly TestHome _home;

    private readonly RunDirectory _run;

    public RunStatusTests()
    {
        _home = new TestHome(_clock);
        _run = _home.AddRun(exitStatus: null);
    }

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData(0, RunStatus.Completed)]
    [InlineData(1, RunStatus.Error)]
    [InlineData(137, RunStatus.Error)]
    [InlineData(-9, RunStatus.Terminated)]
    public void The_exit_status_tells_how_a_run_ended(long exitStatus, RunStatus expected)
    {
        _run.WriteAttribute("exit_status", exitStatus);
        Assert.Equal(expected, Read().Status);
        Assert.Equal((int)exitStatus, Read().ExitCode);
        Assert.Null(Read().StatusReason);
    }

    [Fact]
    public void A_run_that_goes_on_elsewhere_is_running_whatever_else_is_there()
    {
        _run.WriteAttribute("exit_status", 0L);
        File.WriteAllText(_run.PendingPath, "");
        File.WriteAllText(_run.RemoteLockPath, "cloud");
        Assert.Equal(RunStatus.Running, Read().Status);
    }

    [Fact]
    public void A_pending_run_is_pending_though_it_is_staged()
    {
        File.WriteAllText(_run.PendingPath, "");
        File.WriteAllText(_run.StagedPath, "");
        Assert.Equal(RunStatus.Pending, Read().Status);
    }

    [Fact]
    public void A_pending_run_that_nobody_prepares_any_more_is_an_error_that_says_so()
    {
        File.WriteAllText(_run.PendingPath, "");
        Record(start: null, processId: null);
        _home.Processes[Supervisor] = 55;
        Assert.Equal(RunStatus.Pending, Read().Status);
        _home.Processes[Supervisor] = 56;
        Assert.Equal(RunStatus.Error, Read().Status);
        Assert.Equal("The process that prepared the run is gone; the operation was not started.", Read().StatusReason);
    }

    [Fact]
    public void A_run_that_another_host_prepares_is_pending_while_its_sign_of_life_is_renewed()
    {
        File.WriteAllText(_run.PendingPath, "");
        Record(start: null, processId: null, host: "there");
        Assert.Equal(RunStatus.Pending, Read().Status);
        _clock.Now = DateTimeOffset.UtcNow.AddSeconds(100);
        Assert.Equal(RunStatus.Error, Read().Status);
        Assert.StartsWith("Not seen on host 'there' since ", Read().StatusReason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_staged_run_is_staged()
    {
        File.WriteAllText(_run.StagedPath, "");
        Assert.Equal(RunStatus.Staged, Read().Status);
    }

    [Fact]
    public void A_run_without_any_sign_is_an_error_with_a_reason()
    {
        Assert.Equal(RunStatus.Error, Read().Status);
        Assert.Equal("The operation was not started, or left no exit status.", Read().StatusReason);
    }

    [Fact]
    public void A_live_lock_of_Guild_AI_beats_an_old_exit_status()
    {
        _run.WriteAttribute("exit_status", 0L);
        Lock(Program);
        _home.Processes[Program] = 1;
        Assert.Equal(RunStatus.Running, Read().Status);
    }

    [Fact]
    public void A_dead_lock_leaves_what_the_exit_status_says()
    {
        _run.WriteAttribute("exit_status", 0L);
        Lock(Program);
        Assert.Equal(RunStatus.Completed, Read().Status);
    }

    [Fact]
    public void A_dead_lock_without_an_exit_status_is_an_error_with_a_reason()
    {
        Lock(Program);
        Assert.Equal(RunStatus.Error, Read().Status);
        Assert.Equal("The process is gone and left no exit status.", Read().StatusReason);
    }

    [Fact]
    public void A_lock_that_is_being_written_is_alive()
    {
        File.WriteAllText(_run.LockPath, "");
        _clock.Now = DateTimeOffset.UtcNow;
        Assert.Equal(RunStatus.Running, Read().Status);
        _clock.Now = _clock.Now.AddSeconds(5);
        Assert.Equal(RunStatus.Error, Read().Status);
    }

    [Fact]
    public void A_program_that_was_started_when_the_record_says_is_running()
    {
        Lock(Program);
        Record(start: 77);
        _home.Processes[Program] = 77;
        Assert.Equal(RunStatus.Running, Read().Status);
    }

    [Fact]
    public void A_process_id_that_is_used_again_is_not_the_program()
    {
        Lock(Program);
        Record(start: 77);
        _home.Processes[Program] = 99;
        Assert.Equal(RunStatus.Error, Read().Status);
    }

    [Fact]
    public void A_program_that_had_ended_before_its_start_could_be_read_is_not_the_process_that_has_its_number_now()
    {
        Lock(Program);
        Record(start: null);
        _home.Processes[Program] = 77;
        Assert.Equal(RunStatus.Error, Read().Status);
    }

    [Fact]
    public void A_process_of_another_boot_is_not_the_program()
    {
        Lock(Program);
        Record(start: 77, boot: "boot-0");
        _clock.Now = DateTimeOffset.UtcNow.AddSeconds(10);
        _home.Processes[Program] = 77;
        Assert.Equal(RunStatus.Error, Read().Status);
    }

    [Fact]
    public void A_run_whose_supervisor_still_records_its_end_is_running()
    {
        Lock(Program);
        Record(start: 77);
        _home.Processes[Supervisor] = 55;
        Assert.Equal(RunStatus.Running, Read().Status);
    }

    [Fact]
    public void A_run_whose_program_is_not_locked_yet_is_running_while_its_supervisor_is()
    {
        Record(start: null, processId: null);
        _home.Processes[Supervisor] = 55;
        Assert.Equal(RunStatus.Running, Read().Status);
        _home.Processes.Clear();
        Assert.Equal(RunStatus.Error, Read().Status);
    }

    [Fact]
    public void What_is_left_of_an_earlier_process_does_not_hide_that_the_run_has_ended()
    {
        _run.WriteAttribute("exit_status", 0L);
        Record(start: 77);
        _home.Processes[Supervisor] = 55;
        Assert.Equal(RunStatus.Completed, Read().Status);
    }

    [Fact]
    public void A_lock_of_Guild_AI_is_not_held_against_our_record_of_an_earlier_process()
    {
        Record(start: 77);
        Lock(5000);
        _home.Processes[5000] = 1;
        Assert.Equal(RunStatus.Running, Read().Status);
    }

    [Fact]
    public void A_run_that_ends_while_it_is_read_has_ended()
    {
        Lock(Program);
        _home.BeforeAnswer = () =>
        {
            _run.WriteAttribute("exit_status", 0L);
            _run.WriteAttribute("stopped", RunClock.FromTime(DateTimeOffset.UtcNow));
            File.Delete(_run.LockPath);
        };
        var run = Read();
        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.NotNull(run.Stopped);
    }

    [Fact]
    public void A_run_of_another_host_is_running_while_its_sign_of_life_is_renewed()
    {
        Lock(Program);
        Record(start: 77, host: "there");
        _clock.Now = DateTimeOffset.UtcNow.AddSeconds(60);
        Assert.Equal(RunStatus.Running, Read().Status);
    }

    [Fact]
    public void A_run_of_another_host_that_is_silent_is_an_error_that_says_since_when()
    {
        Lock(Program);
        Record(start: 77, host: "there");
        File.SetLastWriteTimeUtc(_run.ProcessPath, new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        Assert.Equal(RunStatus.Error, Read().Status);
        Assert.Equal("Not seen on host 'there' since 2026-01-02 03:04:05 UTC.", Read().StatusReason);
        ProcessRecord.Renew(_run.ProcessPath, _clock);
        Assert.Equal(RunStatus.Running, Read().Status);
    }

    [Fact]
    public void A_run_of_another_container_of_this_host_is_judged_by_its_sign_of_life_and_not_by_the_numbers_of_processes()
    {
        Lock(Program);
        (new ProcessRecord(Program, 77, TestHome.Boot, TestHome.Host, Supervisor, 55) { Namespace = "pid:[2]" }).Write(_run.ProcessPath);
        Assert.Equal(RunStatus.Running, Read().Status);
        _home.Processes[Program] = 77;
        _clock.Now = DateTimeOffset.UtcNow.AddSeconds(100);
        Assert.Equal(RunStatus.Error, Read().Status);
    }

    [Fact]
    public void A_run_that_says_nothing_of_its_set_of_numbers_is_judged_by_them()
    {
        Lock(Program);
        Record(start: 77);
        _clock.Now = DateTimeOffset.UtcNow.AddSeconds(100);
        _home.Processes[Program] = 77;
        Assert.Equal(RunStatus.Running, Read().Status);
    }

    [Fact]
    public void A_sign_of_life_of_another_boot_is_of_another_host_with_the_same_name_if_it_is_younger_than_the_boot_of_this_one()
    {
        Lock(Program);
        Record(start: 77, boot: "boot-0");
        _clock.Now = DateTimeOffset.UtcNow.AddSeconds(10);
        _home.UpTime = TimeSpan.FromHours(1);
        Assert.Equal(RunStatus.Running, Read().Status);
        _home.UpTime = TimeSpan.Zero;
        Assert.Equal((RunStatus.Error, "The process is gone and left no exit status."), (Read().Status, Read().StatusReason));
    }

    [Theory]
    [InlineData(0, RunStatus.Completed)]
    [InlineData(2, RunStatus.Terminated)]
    [InlineData(1, RunStatus.Error)]
    public void A_run_of_2018_that_ran_elsewhere_has_its_exit_status_from_there(long exitStatus, RunStatus expected)
    {
        _run.WriteAttribute("exit_status.remote", exitStatus);
        Assert.Equal(expected, Read().Status);
    }

    private Run Read() => _home.Read(_run);

    private void Lock(int processId) => File.WriteAllText(_run.LockPath, $"{processId}");

    private void Record(long? start, int? processId = Program, string boot = TestHome.Boot, string host = TestHome.Host) =>
        new ProcessRecord(processId, start, boot, host, Supervisor, 55).Write(_run.ProcessPath);
}
