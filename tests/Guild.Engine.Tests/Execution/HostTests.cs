using System.Diagnostics;
using System.Runtime.Versioning;
using Guild.Engine.Execution;
using Guild.Engine.Runs;

namespace Guild.Engine.Tests.Execution;

/// <summary>What happens to a run when the process that supervises it is ended itself.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class HostTests : SupervisionTests
{
    [Theory]
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

    [Fact]
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

    [Fact]
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

    [Fact]
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
