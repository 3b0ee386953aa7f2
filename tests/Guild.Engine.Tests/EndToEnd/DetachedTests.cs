using System.Runtime.Versioning;
using Guild.Engine.Execution;
using Guild.Engine.Flags;
using Guild.Engine.Operations;
using Guild.Engine.Runs;
using Guild.Engine.Tests.Execution;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.EndToEnd;

/// <summary>Runs that are given to a supervisor of their own.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class DetachedTests
{
    private static readonly SupervisorProgram Supervisor = new(ProgramTests.TestProgram, ["detached"]);

    [UnixFact]
    public async Task A_detached_run_is_seen_through_by_a_process_in_a_session_of_its_own_without_the_streams_of_its_starter()
    {
        using var project = new TempProject("{op: {exec: \"sh -c 'echo begun; while [ ! -e go ]; do sleep 0.05; done; echo loss: 0.5; exit 3'\"}}");

        var result = Detach(project, "op");

        var supervisor = result.SupervisorId!.Value;
        Assert.Null(result.Fault);
        await Eventually.Is(() => project.Store.TryRead(result.Directory)!.Status == RunStatus.Running && File.Exists(result.Directory.LockPath));
        Assert.Equal(supervisor, ProcessRecord.Read(result.Directory.ProcessPath)!.SupervisorId);
        Assert.Equal(supervisor, Posix.getsid(supervisor));
        if (OperatingSystem.IsLinux())
        {
            await Eventually.Is(() => Enumerable.Range(0, 3).All(i => File.ResolveLinkTarget($"/proc/{supervisor}/fd/{i}", returnFinalTarget: false)?.FullName == "/dev/null"));
        }

        await File.WriteAllTextAsync(Path.Combine(result.Directory.Path, "go"), "");
        await Eventually.Is(() => !File.Exists(result.Directory.ProcessPath));
        var run = project.Store.TryRead(result.Directory)!;
        Assert.Equal((RunStatus.Error, 3, "begun\nloss: 0.5"), (run.Status, run.ExitCode, TempProject.Output(run)));
        Assert.Equal(0.5, run.LastValues["loss"]);
    }

    [UnixTheory]
    [InlineData(null)]
    [InlineData("0")]
    public async Task What_is_set_for_the_supervisor_alone_reaches_neither_the_program_nor_the_record(string? ofUser)
    {
        const string Variable = "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT";
        using var project = new TempProject("{op: {exec: \"sh -c 'echo [$" + Variable + "]'\"}}");
        var environment = new Dictionary<string, string>(project.Context.Environment, StringComparer.Ordinal);
        environment.Remove(Variable);
        if (ofUser is not null)
        {
            environment[Variable] = ofUser;
        }

        var context = project.Context with { Environment = environment };
        var result = new OperationRunner(context).Detach(Planner.Plan(project.Request("op"), context), new RunOptions(), Supervisor, project.Events, CancellationToken.None);

        await Eventually.Is(() => project.Store.TryRead(result.Directory)!.Status == RunStatus.Completed);
        Assert.Equal($"[{ofUser}]", TempProject.Output(project.Store.TryRead(result.Directory)!).Trim());
        Assert.Equal(ofUser, ((IReadOnlyDictionary<string, object?>)result.Directory.ReadAttribute("env")!).GetValueOrDefault(Variable));
    }

    [UnixFact]
    public async Task A_secret_reaches_its_program_and_lies_nowhere()
    {
        using var project = new TempProject("{op: {exec: \"sh -c 'printf %s $FLAG_KEY | wc -c; while [ ! -e go ]; do sleep 0.05; done'\", flags: {key: {secret: yes}}, env: {MY_TOKEN: abc-token-of-file}}}");
        var request = project.Request("op") with { Flags = [KeyValuePair.Create("key", (FlagInput)new FlagSecret("s3cr3t-xyzzy-42"))] };

        var result = new OperationRunner(project.Context).Detach(Planner.Plan(request, project.Context), new RunOptions(), Supervisor, project.Events, CancellationToken.None);

        await Eventually.Is(() => File.Exists(result.Directory.OutputPath) && new FileInfo(result.Directory.OutputPath).Length > 0);
        Assert.Equal("15", TempProject.Output(project.Store.TryRead(result.Directory)!).Trim());
        if (OperatingSystem.IsLinux())
        {
            Assert.DoesNotContain("xyzzy", await File.ReadAllTextAsync($"/proc/{result.SupervisorId}/cmdline"), StringComparison.Ordinal);
        }

        Assert.DoesNotContain(project.HomeContent(), entry => entry.Contains(Convert.ToHexString("xyzzy"u8), StringComparison.Ordinal));
        await File.WriteAllTextAsync(Path.Combine(result.Directory.Path, "go"), "");
        await Eventually.Is(() => project.Store.TryRead(result.Directory)!.Status == RunStatus.Completed);
    }

    [UnixFact]
    public async Task An_end_of_the_terminal_does_not_end_it_and_a_request_to_end_does_politely()
    {
        using var project = new TempProject("{op: {exec: \"sh -c 'trap \\\"echo bye; exit 0\\\" TERM; echo begun; while true; do sleep 0.05; done'\"}}");
        var result = Detach(project, "op");
        await Eventually.Is(() => File.Exists(result.Directory.OutputPath) && new FileInfo(result.Directory.OutputPath).Length > 0);

        _ = Posix.kill(result.SupervisorId!.Value, Posix.SigHup);
        await Task.Delay(200);
        Assert.Equal(RunStatus.Running, project.Store.TryRead(result.Directory)!.Status);

        _ = Posix.kill(result.SupervisorId!.Value, Posix.SigTerm);
        await Eventually.Is(() => !File.Exists(result.Directory.ProcessPath));

        // The shell may say of its sleep that it was terminated.
        Assert.Matches("^begun\n(.*\n)?bye(\n.*)?$", TempProject.Output(project.Store.TryRead(result.Directory)!));
    }

    [UnixFact]
    public void A_supervisor_that_does_not_begin_is_an_error_with_its_reason_and_the_run_does_not_wait_for_ever()
    {
        using var project = new TempProject("{op: {exec: 'true'}}");
        var plan = project.Plan("op");

        var result = new OperationRunner(project.Context).Detach(
            plan, new RunOptions(), new SupervisorProgram(ProgramTests.TestProgram, ["refuse", "no room for it"]), project.Events, CancellationToken.None);

        Assert.EndsWith("ended. no room for it", Assert.IsType<ProgramException>(result.Fault).Message, StringComparison.Ordinal);
        var run = project.Store.TryRead(result.Directory)!;
        Assert.Equal(RunStatus.Error, run.Status);
        Assert.Contains("no room for it", TempProject.Output(run), StringComparison.Ordinal);
        Assert.Equal(RunStatus.Completed, RestartTests.Restart(project, run).Status);
    }

    [UnixFact]
    public void A_supervisor_that_is_not_there_is_an_error_too()
    {
        using var project = new TempProject("{op: {exec: 'true'}}");

        var result = new OperationRunner(project.Context).Detach(
            project.Plan("op"), new RunOptions(), new SupervisorProgram("/nowhere/guild", []), project.Events, CancellationToken.None);

        Assert.IsType<ProgramException>(result.Fault);
        Assert.Equal(RunStatus.Error, project.Store.TryRead(result.Directory)!.Status);
    }

    [UnixFact]
    public async Task An_ended_run_is_started_again_in_the_background_with_other_flags()
    {
        using var project = new TempProject("{op: {exec: 'echo ${x}', flags: {x: 1}}}");
        var first = project.Run("op");
        var plan = RestartPlanner.Plan(first, [KeyValuePair.Create("x", (FlagInput)new FlagValue(2L))], FlagForce.None, project.Context);

        var result = new OperationRunner(project.Context).Detach(first, plan, new RunOptions(), Supervisor, project.Events, CancellationToken.None);

        Assert.Null(result.Fault);
        await Eventually.Is(() => project.Store.TryRead(result.Directory)!.Status == RunStatus.Completed);
        Assert.Equal("1\n2", TempProject.Output(project.Store.TryRead(result.Directory)!));
    }

    [UnixFact]
    public async Task A_run_in_a_folder_of_its_own_is_supervised_there()
    {
        using var project = new TempProject("{op: {exec: echo there}}");
        var folder = Path.Combine(project.ProjectPath, "mine");
        var plan = Planner.Plan(project.Request("op") with { RunDirectory = folder }, project.Context);

        var result = new OperationRunner(project.Context).Detach(plan, new RunOptions(), Supervisor, project.Events, CancellationToken.None);

        Assert.Null(result.Fault);
        await Eventually.Is(() => project.Store.TryRead(new RunDirectory(folder))!.Status == RunStatus.Completed);
    }

    [UnixFact]
    public async Task Whatever_is_killed_at_whatever_moment_the_record_is_readable_and_right()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        using var project = new TempProject("{op: {exec: \"sh -c 'echo begun; sleep 0.3; echo loss: 1'\", sourcecode: no}}");
        for (var i = 0; i < 9; i++)
        {
            var result = Detach(project, "op");
            await Task.Delay(random.Next(0, 500));
            var program = ProcessRecord.Read(result.Directory.ProcessPath)?.ProcessId;
            if (i % 3 != 1)
            {
                _ = Posix.kill(result.SupervisorId!.Value, Posix.SigKill);
            }

            if (i % 3 != 0 && program is { } id)
            {
                _ = Posix.kill(id, Posix.SigKill);
            }

            await Eventually.Is(() => project.Store.TryRead(result.Directory)!.Status is not (RunStatus.Running or RunStatus.Pending));
            var run = project.Store.TryRead(result.Directory)!;
            Assert.Empty(run.Problems);
            var expected = run.ExitCode switch
            {
                null or > 0 => RunStatus.Error,
                0 => RunStatus.Completed,
                _ => RunStatus.Terminated,
            };
            Assert.True(expected == run.Status, $"With the seed {seed}: {run.Status} and {run.ExitCode}.");
            Assert.True(run.ExitCode is null or 0 or -9, $"With the seed {seed}: {run.ExitCode}.");
            _ = OutputReader.Read(run.Directory).ToList();
            var again = RestartTests.Restart(project, run);
            Assert.Equal(RunStatus.Completed, again.Status);
            Assert.EndsWith("begun\nloss: 1", TempProject.Output(again), StringComparison.Ordinal);
        }
    }

    private static RunResult Detach(TempProject project, string operation) =>
        new OperationRunner(project.Context).Detach(project.Plan(operation), new RunOptions(), Supervisor, project.Events, CancellationToken.None);
}
