using System.Diagnostics;
using System.Runtime.Versioning;
using Guild.Engine.Execution;
using Guild.Engine.Operations;
using Guild.Engine.Pipelines;
using Guild.Engine.Runs;
using Guild.Engine.Tests.Execution;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.Pipelines;

/// <summary>Pipelines that are continued, and steps that run at the same time.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PipelineRestartTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly TempProject _project = new("""
        a: {exec: "sh -c 'echo begun; sleep 0.05; echo a > a.txt'"}
        b: {exec: "sh -c 'test -e \"$FLAG_OK\"; sleep 0.05; cat a.txt > b.txt'", flags: {ok: null}, requires: {operation: a, select: a.txt}}
        c: {exec: "sh -c 'cat b.txt'", requires: {operation: b, select: b.txt}}
        gate: {exec: "sh -c 'test -e \"$FLAG_FILE\"'", flags: {file: null}}
        all: {flags: {ok: /}, steps: [a, 'b ok=${ok}', c]}
        gated: {flags: {file: /}, steps: [a, 'gate file=${file}', b ok=/]}
        """);

    public void Dispose() => _project.Dispose();

    [UnixFact]
    public void A_pipeline_that_failed_goes_on_where_it_failed()
    {
        var flag = _project.PathOf("../flag");
        var failed = _project.Run("gated", $"file={flag}");
        Assert.Equal((RunStatus.Error, 1), (failed.Status, failed.ExitCode));
        var (a, gate) = (StepLinks.Target(failed, "a"), StepLinks.Target(failed, "gate"));

        File.WriteAllText(flag, "");
        var run = Restart(failed);

        Assert.Equal((failed.Id, RunStatus.Completed), (run.Id, run.Status));
        Assert.Equal((a, gate), (StepLinks.Target(run, "a"), StepLinks.Target(run, "gate")));
        Assert.Equal("begun", TempProject.Output(_project.Store.TryRead(a)!));
        Assert.Contains($"INFO: [guild] keeping a: run {a} is completed\nINFO: [guild] restarting gate: {gate}\n", TempProject.Output(run), StringComparison.Ordinal);
        Assert.Equal(4, _project.Store.List().Count());
    }

    [UnixFact]
    public void A_failed_step_whose_program_was_mended_is_made_anew_with_it()
    {
        _project.Write("guild.yml", "{a: {exec: 'true'}, b: {exec: sh b.sh}, all: {steps: [a, b]}}");
        _project.Write("b.sh", "exit 5");
        var failed = _project.Run("all");
        Assert.Equal(5, failed.ExitCode);
        var (a, b) = (StepLinks.Target(failed, "a"), StepLinks.Target(failed, "b"));

        _project.Write("b.sh", "echo mended");
        var run = Restart(failed);

        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal(a, StepLinks.Target(run, "a"));
        Assert.NotEqual(b, StepLinks.Target(run, "b"));
        Assert.Equal("mended", TempProject.Output(_project.Store.TryRead(StepLinks.Target(run, "b"))!));
        Assert.Equal((RunStatus.Error, 5), (_project.Store.TryRead(b)!.Status, _project.Store.TryRead(b)!.ExitCode));
    }

    [UnixTheory]
    [InlineData("", true)]
    [InlineData(", force-sourcecode: yes", false)]
    public void A_completed_step_is_kept_though_its_program_changed_unless_it_wants_the_new_one(string attribute, bool isKept)
    {
        _project.Write("guild.yml", $"{{a: {{exec: sh a.sh, sourcecode: ['*.sh']}}, all: {{steps: [{{run: a{attribute}}}]}}}}");
        _project.Write("a.sh", "echo old");
        var first = _project.Run("all");
        var a = StepLinks.Target(first, "a");
        Assert.Equal(a, StepLinks.Target(Restart(first), "a"));

        _project.Write("a.sh", "echo new");
        var run = Restart(first);

        Assert.Equal(isKept, StepLinks.Target(run, "a") == a);
        Assert.Equal(isKept ? "old" : "new", TempProject.Output(_project.Store.TryRead(StepLinks.Target(run, "a"))!));
    }

    [UnixFact]
    public void A_pipeline_that_is_started_again_with_other_flags_runs_the_steps_anew_that_have_them()
    {
        var first = _project.Run("gated");
        var other = _project.PathOf("guild.yml");
        var plan = RestartPlanner.Plan(first, [new("file", new Engine.Flags.FlagText(other))], FlagForce.None, _project.Context);

        var run = Read(new OperationRunner(_project.Context).Restart(first, plan, new RunOptions(), _project.Events, CancellationToken.None));

        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal(StepLinks.Target(first, "a"), StepLinks.Target(run, "a"));
        Assert.Equal(other, _project.Store.TryRead(StepLinks.Target(run, "gate"))!.Flags["file"]);
    }

    [UnixFact]
    public void What_takes_files_of_a_step_that_runs_again_runs_anew()
    {
        var first = _project.Run("all");
        var (a, b) = (StepLinks.Target(first, "a"), StepLinks.Target(first, "b"));
        _project.Store.Delete(_project.Store.TryRead(a)!);

        var run = Restart(first);

        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.NotEqual(a, StepLinks.Target(run, "a"));
        Assert.NotEqual(b, StepLinks.Target(run, "b"));
        Assert.Equal("a", TempProject.Output(_project.Store.TryRead(StepLinks.Target(run, "c"))!));
    }

    [UnixFact]
    public void The_run_of_another_pipeline_that_was_linked_as_needed_is_not_started_again()
    {
        _project.Write("guild.yml", "{one: {exec: \"sh -c 'exit ${code}'\", flags: {code: 0}}, all: {flags: {code: 0}, steps: [one, 'one code=${code}']}}");
        var first = _project.Run(_project.Request("all", "code=0") with { Pipeline = new PipelineOptions { IsNeededOnly = true } });
        var shared = StepLinks.Target(first, "one");
        var second = _project.Run(_project.Request("all", "code=4") with { Pipeline = new PipelineOptions { IsNeededOnly = true } });
        Assert.Equal(shared, StepLinks.Target(second, "one"));
        var before = _project.Store.TryRead(shared)!.Started;

        var again = Restart(second);

        Assert.Equal(4, again.ExitCode);
        Assert.Equal(shared, StepLinks.Target(again, "one"));
        Assert.Equal(before, _project.Store.TryRead(shared)!.Started);
    }

    [UnixFact]
    public async Task A_pipeline_whose_host_is_killed_at_any_moment_can_be_continued()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        try
        {
            for (var i = 0; i < 8; i++)
            {
                await KillHost(random.Next(0, 400));
                foreach (var left in _project.Store.List().Where(run => run.FullName == "all").ToList())
                {
                    Assert.Empty(left.Problems);
                    Assert.NotEqual(RunStatus.Running, left.Status);
                    var run = Restart(left);
                    Assert.True(run.Status == RunStatus.Completed, TempProject.Output(run));
                    Assert.Equal("a", TempProject.Output(_project.Store.TryRead(StepLinks.Target(run, "c"))!).Split('\n')[^1]);
                    _project.Store.Delete(run);
                }
            }
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"With the seed {seed}: {error.Message}", error);
        }
    }

    [UnixFact]
    public void Steps_that_do_not_need_each_other_run_at_the_same_time_if_that_is_asked_for()
    {
        // Each waits until the other has begun, so one after the other they would never end.
        _project.Write("guild.yml", $$"""
            left: {exec: "sh -c 'touch \"$SHARED/left\"; while ! test -e \"$SHARED/right\"; do sleep 0.02; done; echo left'"}
            right: {exec: "sh -c 'touch \"$SHARED/right\"; while ! test -e \"$SHARED/left\"; do sleep 0.02; done; echo right'"}
            all: {steps: [left, right]}
            """);
        _project.Environment["SHARED"] = Directory.CreateDirectory(_project.PathOf("../shared")).FullName;
        using var limit = new CancellationTokenSource(Limit);

        var run = _project.Run(_project.Request("all") with { Pipeline = new PipelineOptions { ThrottleLimit = 2 } }, stop: limit.Token);

        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal(["INFO: [guild] running left: left", "INFO: [guild] running right: right", "[left] left", "[right] right"], TempProject.Output(run).Split('\n').Order(StringComparer.Ordinal));
    }

    [UnixFact]
    public void Without_being_asked_for_steps_run_one_after_the_other()
    {
        _project.Write("guild.yml", """
            one: {exec: "sh -c 'mkdir \"$SHARED/busy\" && sleep 0.1 && rmdir \"$SHARED/busy\"'"}
            all: {steps: [one, one, one]}
            """);
        _project.Environment["SHARED"] = Directory.CreateDirectory(_project.PathOf("../shared")).FullName;

        Assert.Equal(RunStatus.Completed, _project.Run("all").Status);
    }

    [UnixFact]
    public void When_a_step_fails_those_that_do_not_need_it_go_on_if_that_is_asked_for()
    {
        _project.Write("guild.yml", """
            {bad: {exec: sh -c 'exit 5'}, good: {exec: echo good}, after: {exec: echo after, requires: {operation: bad}}, all: {steps: [bad, after, good]}}
            """);

        var run = _project.Run(_project.Request("all") with { Pipeline = new PipelineOptions { KeepsGoing = true } });

        Assert.Equal(5, run.ExitCode);
        Assert.Equal("good", TempProject.Output(_project.Store.TryRead(StepLinks.Target(run, "good"))!));
        Assert.False(Path.Exists(Path.Combine(run.Directory.Path, "after")));
    }

    private Run Restart(Run run) => Read(new OperationRunner(_project.Context).Restart(run, new RunOptions(), _project.Events, CancellationToken.None));

    private Run Read(RunResult result) => _project.Store.TryRead(result.Directory)!;

    private async Task KillHost(int milliseconds)
    {
        string[] words = ["run", _project.ProjectPath, _project.Home.Path, "all"];
        using var host = Process.Start(new ProcessStartInfo(ProgramTests.TestProgram, words) { RedirectStandardOutput = true })!;
        var watch = Stopwatch.StartNew();
        while (!host.HasExited && !_project.Store.List().Any(run => run.FullName == "all"))
        {
            Assert.True(watch.Elapsed < Limit, "There was no trace of a run.");
            await Task.Delay(2);
        }

        await Task.Delay(milliseconds);
        host.Kill();
        await host.WaitForExitAsync();
    }
}
