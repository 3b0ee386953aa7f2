using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Guild.Engine.Execution;
using Guild.Engine.Runs;

namespace Guild.Engine.Tests.Execution;

[UnsupportedOSPlatform("windows")]
public sealed class RunSupervisorTests : SupervisionTests
{
    [Fact]
    public async Task A_run_that_ends_well_is_recorded_whole()
    {
        var outcome = await Supervise(Shell("echo hello; exit 0"));

        Assert.Equal(0, outcome.ExitStatus);
        Assert.Equal(StopStep.None, outcome.StopRequest);
        Assert.Empty(outcome.Notes);
        Assert.Equal(0L, Run.ReadAttribute("exit_status"));
        Assert.Equal("hello\n", await File.ReadAllTextAsync(Run.OutputPath));
        Assert.Equal(outcome.Duration, TimeSpan.FromMicroseconds((long)Run.ReadAttribute("stopped")! - (long)Run.ReadAttribute("started")!));
    }

    [Theory]
    [InlineData("exit 7", 7)]
    [InlineData("exit 137", 137)]
    [InlineData("kill -9 $$", -9)]
    [InlineData("kill -15 $$", -15)]
    public async Task How_the_program_ended_is_the_exit_status(string script, int status)
    {
        var outcome = await Supervise(Shell(script));

        Assert.Equal(status, outcome.ExitStatus);
        Assert.Equal((long)status, Run.ReadAttribute("exit_status"));
    }

    [Fact]
    public async Task A_run_that_ended_leaves_no_marks_of_a_running_one()
    {
        await File.WriteAllTextAsync(Run.PendingPath, "");
        await File.WriteAllTextAsync(Run.StagedPath, "");

        await Supervise(Shell("true"));

        Assert.Equal(["attrs", "output", "output.index"], Directory.EnumerateFileSystemEntries(Run.GuildPath).Select(Path.GetFileName).Order());
        Assert.Equal(["exit_status", "started", "stopped"], Run.AttributeNames);
    }

    [Fact]
    public async Task While_a_run_goes_on_its_lock_holds_the_number_of_the_program_and_no_more()
    {
        var going = Supervise(Shell("echo $$ > pid; while [ ! -e go ]; do sleep 0.05; done"));
        var program = await ProcessIdIn("pid");
        await Eventually(() => File.Exists(Run.LockPath));

        Assert.Equal(program.ToString(CultureInfo.InvariantCulture), await File.ReadAllTextAsync(Run.LockPath));
        var record = ProcessRecord.Read(Run.ProcessPath)!;
        Assert.Equal((program, ProcessIdentity.StartOf(program), Environment.ProcessId), (record.ProcessId, record.Start, record.SupervisorId));
        Assert.False(Run.HasAttribute("exit_status"));

        await File.WriteAllTextAsync(Path.Combine(Folder, "go"), "");
        await going;
    }

    [Fact]
    public async Task A_run_that_is_started_again_forgets_its_former_end_and_keeps_its_output()
    {
        await Supervise(Shell("echo first; exit 3"));

        var going = Supervise(Shell("echo second; echo $$ > pid; while [ ! -e go ]; do sleep 0.05; done"));
        await ProcessIdIn("pid");
        Assert.False(Run.HasAttribute("exit_status"));
        Assert.False(Run.HasAttribute("stopped"));
        await File.WriteAllTextAsync(Path.Combine(Folder, "go"), "");
        await going;

        Assert.Equal(0L, Run.ReadAttribute("exit_status"));
        Assert.Equal("first\nsecond\n", await File.ReadAllTextAsync(Run.OutputPath));
    }

    [Fact]
    public async Task A_program_that_is_missing_leaves_a_record_that_says_so()
    {
        await File.WriteAllTextAsync(Run.PendingPath, "");

        var outcome = await Supervise(Start("no-such-program-here"));

        Assert.Equal("no-such-program-here", outcome.StartError?.Program);
        Assert.Equal(1L, Run.ReadAttribute("exit_status"));
        Assert.True(Run.HasAttribute("stopped"));
        Assert.False(File.Exists(Run.PendingPath));
        Assert.False(File.Exists(Run.ProcessPath));
        Assert.StartsWith("The program 'no-such-program-here' is not on the PATH.\n", await File.ReadAllTextAsync(Run.OutputPath), StringComparison.Ordinal);
        Assert.Equal(1, (await File.ReadAllBytesAsync(Run.OutputIndexPath))[8]);
    }

    [Fact]
    public async Task A_record_that_cannot_be_written_is_an_error_before_anything_runs()
    {
        Directory.Delete(Run.GuildPath, recursive: true);

        await Assert.ThrowsAsync<HomeException>(() => Supervise(Shell("touch ran")));

        Assert.False(File.Exists(Path.Combine(Folder, "ran")));
    }

    [Fact]
    public async Task A_stop_before_the_start_changes_nothing()
    {
        await File.WriteAllTextAsync(Run.StagedPath, "");
        await Interrupt.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Supervise(Shell("true")));

        Assert.True(File.Exists(Run.StagedPath));
        Assert.Empty(Run.AttributeNames);
    }

    [Fact]
    public async Task What_a_program_leaves_running_is_left_alone_and_noted()
    {
        var events = new EventList();

        var outcome = await Supervise(Shell("sleep 60 & echo $! > pid"), events: events);

        var left = await ProcessIdIn("pid");
        Assert.True(IsRunning(left));
        Assert.Contains("still holds its output open", outcome.Notes.Single(), StringComparison.Ordinal);
        Assert.Equal(outcome.Notes, ((IReadOnlyList<object?>)Run.ReadAttribute("notes")!).Cast<string>());
        Assert.Equal(outcome.Notes, events.Warnings);
        Process.GetProcessById(left).Kill();
    }

    [Fact]
    public async Task A_full_disk_is_a_warning_and_a_note_and_does_not_end_the_program()
    {
        File.CreateSymbolicLink(Run.OutputPath, "/dev/full");
        var events = new EventList();

        var outcome = await Supervise(Shell("seq 1 500000; touch ended"), events: events);

        Assert.Equal(0, outcome.ExitStatus);
        Assert.True(File.Exists(Path.Combine(Folder, "ended")));
        Assert.Contains("recorded only in part", Assert.Single(events.Warnings), StringComparison.Ordinal);
        Assert.True(Run.HasAttribute("notes"));
    }

    [Fact]
    public async Task Without_a_record_of_output_there_is_none()
    {
        await Supervise(Shell("true") with { InheritsOutput = true });

        Assert.False(File.Exists(Run.OutputPath));
        Assert.Equal(0L, Run.ReadAttribute("exit_status"));
    }
}
