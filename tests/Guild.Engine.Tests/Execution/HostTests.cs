using System.Diagnostics;
using System.Runtime.Versioning;
using Guild.Engine.Execution;
using Guild.Engine.Runs;

namespace Guild.Engine.Tests.Execution;

/// <summary>What happens to a run when the process that supervises it is ended itself.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class HostTests : SupervisionTests
{
    [UnixTheory]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    public async Task A_host_that_is_asked_to_end_ends_its_run_first(string signal, int code)
    {
        using var host = StartHost("echo $$ > pid; exec sleep 60");
        var program = await ProcessIdIn("pid");

        await Send(signal, host.Id);
        await host.WaitForExitAsync().WaitAsync(Limit);

        Assert.False(IsRunning(program));
        Assert.Equal(-15L, Run.ReadAttribute("exit_status"));
        Assert.False(File.Exists(Run.LockPath));
        Assert.Equal(code, host.ExitCode);
    }

    [UnixFact]
    public async Task A_second_request_to_the_host_kills_the_run()
    {
        using var host = StartHost("trap '' TERM; echo $$ > pid; while :; do sleep 0.05; done");
        var program = await ProcessIdIn("pid");

        await Send("TERM", host.Id);
        await Task.Delay(300);
        Assert.True(IsRunning(program));
        await Send("TERM", host.Id);
        await host.WaitForExitAsync().WaitAsync(Limit);

        Assert.Equal(-9L, Run.ReadAttribute("exit_status"));
    }

    [UnixFact]
    public async Task A_run_whose_host_was_killed_runs_until_its_program_ends()
    {
        using var host = StartHost("echo $$ > pid; while [ ! -e go ]; do sleep 0.05; done");
        var program = await ProcessIdIn("pid");
        await Eventually(() => File.Exists(Run.LockPath));

        host.Kill();
        await host.WaitForExitAsync().WaitAsync(Limit);
        var record = ProcessRecord.Read(Run.ProcessPath)!;
        Assert.True(ProcessIdentity.IsAlive(program, record.Start!.Value, record.Boot ?? ""));

        await File.WriteAllTextAsync(Path.Combine(Folder, "go"), "");
        await Eventually(() => !IsRunning(program));
        Assert.False(Run.HasAttribute("exit_status"));
    }

    [UnixTheory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(90)]
    [InlineData(100)]
    [InlineData(120)]
    [InlineData(300)]
    [InlineData(600)]
    public async Task A_host_that_is_killed_at_any_moment_leaves_a_status_that_is_right(int milliseconds)
    {
        await File.WriteAllTextAsync(Run.PendingPath, "");
        using var host = StartHost("echo $$ > pid; sleep 0.4; echo done > done");

        await Task.Delay(milliseconds);
        host.Kill();
        await host.WaitForExitAsync().WaitAsync(Limit);
        await Task.Delay(100);
        var hasBegun = File.Exists(Path.Combine(Folder, "pid"));
        if (hasBegun)
        {
            await Eventually(() => File.Exists(Path.Combine(Folder, "done")));
            var program = await ProcessIdIn("pid");
            await Eventually(() => !IsRunning(program));
        }

        var status = new RunStateReader(ProcessLiveness.OfThisHost, TimeProvider.System).Read(Run, Run.ReadAttribute("exit_status") as long?).Status;

        // A run that says who makes it is pending only as long as that lives.
        var isNobodys = File.Exists(Run.PendingPath) && !File.Exists(Run.ProcessPath);
        var right = hasBegun ? (Run.HasAttribute("exit_status") ? RunStatus.Completed : RunStatus.Error) : isNobodys ? RunStatus.Pending : RunStatus.Error;
        Assert.Equal(right, status);
    }

    [UnixFact]
    public async Task The_end_of_a_run_without_a_supervisor_is_recorded_by_who_stops_it()
    {
        using var host = StartHost("echo $$ > pid; exec sleep 60");
        var program = await ProcessIdIn("pid");
        await Eventually(() => File.Exists(Run.LockPath));
        host.Kill();
        await host.WaitForExitAsync().WaitAsync(Limit);

        Assert.Equal(StopResult.Ended, RunStop.Stop(Run, Limit, CancellationToken.None));

        Assert.False(IsRunning(program));
        Assert.Equal(-15L, Run.ReadAttribute("exit_status"));
        Assert.False(File.Exists(Run.LockPath));
    }

    private Process StartHost(string script) =>
        Process.Start(new ProcessStartInfo(TestProgram, ["supervise", Folder, "/bin/sh", "-c", script]) { UseShellExecute = false })!;

    private static async Task Send(string signal, int processId)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {processId}"]);
        await kill.WaitForExitAsync();
    }
}
