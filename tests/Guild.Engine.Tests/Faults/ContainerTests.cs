using System.Diagnostics;
using Guild.Engine.Execution;
using Guild.Engine.Runs;
using Guild.Engine.Tests.EndToEnd;
using Guild.Engine.Tests.Execution;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.Faults;

/// <summary>A run in a container that shares home, host name and boot with this process, and not its numbers of processes.</summary>
public sealed class ContainerTests
{
    [OtherProcessesFact]
    public async Task A_run_in_a_container_is_running_by_its_sign_of_life_and_by_no_number_of_a_process()
    {
        using var project = new TempProject("{op: {exec: \"sh -c 'while [ ! -e go ]; do sleep 0.05; done'\", sourcecode: no}}");
        using var container = Process.Start(new ProcessStartInfo(
            "unshare",
            [.. OtherProcessesFactAttribute.Arguments, ProgramTests.TestProgram, "run", project.ProjectPath, project.Home.Path, "op"]))!;
        await Eventually.Is(() => project.Store.List().SingleOrDefault() is { } found && File.Exists(found.Directory.LockPath));

        var run = project.Store.List().Single();
        var record = ProcessRecord.Read(run.Directory.ProcessPath)!;
        Assert.Equal((Environment.MachineName, ProcessIdentity.Boot), (record.Host, record.Boot));
        Assert.NotEqual(ProcessIdentity.Namespace, record.Namespace);
        Assert.Equal(RunStatus.Running, run.Status);
        Assert.Throws<RunStateException>(() => project.Store.Delete(run));
        Assert.Throws<RunStateException>(() => RunClaim.Take(run.Directory, TimeProvider.System));
        Assert.Equal(StopResult.NotRunning, RunStop.Stop(run.Directory, TimeSpan.FromSeconds(1), CancellationToken.None));

        // Not even a process with the very number and start of its program makes a silent one live.
        var self = ProcessRecord.Current(Environment.ProcessId) with { Namespace = record.Namespace };
        self.Write(run.Directory.ProcessPath);
        await File.WriteAllTextAsync(run.Directory.LockPath, $"{Environment.ProcessId}");
        Assert.Equal(RunStatus.Running, project.Store.TryRead(run.Id)!.Status);
        File.SetLastWriteTimeUtc(run.Directory.ProcessPath, DateTime.UtcNow.AddMinutes(-5));
        Assert.Equal(RunStatus.Error, project.Store.TryRead(run.Id)!.Status);

        await File.WriteAllTextAsync(Path.Combine(run.Directory.Path, "go"), "");
        await container.WaitForExitAsync();
        Assert.Equal(0, container.ExitCode);
        Assert.Equal(RunStatus.Completed, project.Store.TryRead(run.Id)!.Status);
    }
}
