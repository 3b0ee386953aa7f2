using System.Runtime.Versioning;
using Guild.Engine.Execution;
using Guild.Engine.Runs;
using Guild.Engine.Scalars;
using Guild.Engine.Tests.EndToEnd;
using Guild.Engine.Tests.Execution;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.Metrics;

/// <summary>What a run's programs use of the machine, from the Guild file to the scalars of the run.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class RunMetricsTests
{
    private const string Wait = "while [ ! -e go ]; do sleep 0.05; done";

    [UnixFact]
    public async Task A_program_that_computes_is_seen_to_take_time_of_processors()
    {
        using var project = new TempProject($"{{op: {{exec: '{ProgramTests.TestProgram} busy go', plugins: [cpu]}}}}");

        var run = await MeasuredRun.Until(project, scalars => Value(scalars, "sys/run/cpu_util") > 0);

        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.InRange(run.LastValues["sys/run/cpu_seconds"], 0.01, double.MaxValue);
        Assert.Equal(1, run.LastValues["sys/run/processes"]);
        Assert.DoesNotContain(run.LastValues.Keys, name => name.Contains("mem", StringComparison.Ordinal) || name.Contains("/dev", StringComparison.Ordinal));
        if (OperatingSystem.IsLinux())
        {
            Assert.InRange(run.LastValues["sys/cpu/util"], 0.000001, 1);
            Assert.Contains("sys/cpu0/util", run.LastValues.Keys);
        }
    }

    [UnixFact]
    public async Task Memory_that_a_child_has_is_memory_of_the_run()
    {
        using var project = new TempProject($"{{op: {{exec: \"sh -c '{ProgramTests.TestProgram} hold 200 go & {ProgramTests.TestProgram} hold 100 go & wait'\", plugins: memory}}}}");

        var run = await MeasuredRun.Until(project, scalars => Value(scalars, "sys/run/mem_used") > 300 << 20);

        if (OperatingSystem.IsLinux())
        {
            Assert.InRange(run.LastValues["sys/mem_util"], 0.0001, 1);
            Assert.True(run.LastValues["sys/mem_total"] > run.LastValues["sys/mem_used"]);
        }
    }

    [UnixFact]
    public async Task Processes_that_a_program_starts_are_counted_also_when_they_leave_its_session()
    {
        using var project = new TempProject($"{{op: {{exec: \"sh -c 'setsid {ProgramTests.TestProgram} busy go & {ProgramTests.TestProgram} busy go & wait'\", plugins: cpu}}}}");

        await MeasuredRun.Until(project, scalars => Value(scalars, "sys/run/processes") >= 3);
    }

    [UnixFact]
    public async Task Time_of_children_that_have_ended_stays_time_of_the_run()
    {
        using var project = new TempProject($"{{op: {{exec: \"sh -c '{ProgramTests.TestProgram} busy first; touch between; {Wait}'\", plugins: cpu}}}}");
        var atEnd = 0.0;

        var run = await MeasuredRun.Until(project, scalars =>
        {
            var directory = Directory.GetDirectories(project.Home.RunsDirectory)[0];
            var seconds = Value(scalars, "sys/run/cpu_seconds");
            if (seconds > 0 && !File.Exists(Path.Combine(directory, "first")))
            {
                File.WriteAllText(Path.Combine(directory, "first"), "");
                atEnd = seconds;
            }

            return File.Exists(Path.Combine(directory, "between")) && Value(scalars, "sys/run/processes") <= 2 && seconds >= atEnd;
        });

        Assert.True(run.LastValues["sys/run/cpu_seconds"] >= atEnd);
    }

    [UnixFact]
    public async Task What_is_measured_stands_in_one_event_file_with_what_the_program_prints()
    {
        using var project = new TempProject($"{{op: {{exec: \"sh -c 'echo loss: 1; {Wait}; echo loss: 2'\", plugins: yes}}}}");

        var run = await MeasuredRun.Until(project, scalars => scalars.ContainsKey("sys/run/mem_used") && scalars.ContainsKey("loss"));

        Assert.Equal(2, run.LastValues["loss"]);
        Assert.Single(Directory.GetFiles(run.Directory.GuildPath, "events.*"));
        Assert.Equal([""], run.Scalars.Values.Select(scalar => scalar.Folder).Distinct());
    }

    [UnixFact]
    public async Task The_step_of_a_value_is_the_seconds_since_the_start()
    {
        using var project = new TempProject($"{{op: {{exec: \"sh -c '{Wait}'\", plugins: memory}}}}");

        var run = await MeasuredRun.Until(project, scalars => scalars.GetValueOrDefault("sys/run/mem_used")?.LastStep >= 3);

        var points = RunScalars.Read(run.Directory.Path).Where(point => point.Tag == "sys/run/mem_used").ToList();
        Assert.All(points, point => Assert.InRange(point.WallTime - points[0].WallTime, point.Step - points[0].Step - 1, point.Step - points[0].Step + 1));
    }

    [UnixTheory]
    [InlineData("")]
    [InlineData("plugins: no")]
    [InlineData("plugins:")]
    [InlineData("plugins: [perf, skopt]")]
    [InlineData("disabled-plugins: [cpu]")]
    public void A_run_that_asks_for_nothing_has_no_event_file(string attribute)
    {
        using var project = new TempProject($"op:\n  exec: sleep 1.5\n  {attribute}\n");

        var run = project.Run("op");

        Assert.Empty(run.Scalars);
        Assert.Empty(Directory.GetFiles(run.Directory.GuildPath, "events.*"));
        Assert.Equal("", project.Plan("op").Environment["GUILD_PLUGINS"]);
    }

    [UnixTheory]
    [InlineData("plugins: yes", "cpu,disk,memory")]
    [InlineData("plugins: all", "cpu,disk,memory")]
    [InlineData("plugins: [summary]", "cpu,disk,memory")]
    [InlineData("plugins: [all, gpu]", "cpu,disk,gpu,memory")]
    [InlineData("plugins: [memory, perf, cpu]", "cpu,memory")]
    public void The_record_and_the_program_are_told_what_is_measured(string attribute, string names)
    {
        using var project = new TempProject($"op:\n  exec: \"sh -c 'echo $GUILD_PLUGINS'\"\n  {attribute}\n");
        MeasuredRun.WithoutGpu(project);

        var run = project.Run("op");

        Assert.Equal(names, TempProject.Output(run));
        Assert.Equal(names.Split(','), run.Directory.ReadAttribute("plugins"));
    }

    [UnixFact]
    public void What_an_operation_says_counts_before_what_its_model_says()
    {
        using var project = new TempProject("- model: m\n  plugins: no\n  operations: {a: {exec: 'true'}, b: {exec: 'true', plugins: yes}, c: {exec: 'true', plugins: [cpu]}}\n- model: n\n  plugins: [disk]\n  operations: {a: {exec: 'true'}, b: {exec: 'true', plugins: no}}\n");
        MeasuredRun.WithoutGpu(project);

        Assert.Equal(["", "cpu,disk,memory", "cpu", "disk", ""], new[] { "m:a", "m:b", "m:c", "n:a", "n:b" }.Select(name => project.Plan(name).Environment["GUILD_PLUGINS"]));
    }

    [UnixFact]
    public async Task A_staged_run_is_measured_when_it_is_started()
    {
        using var project = new TempProject($"{{op: {{exec: \"sh -c '{Wait}'\", plugins: memory}}}}");
        var staged = project.Run(project.Request("op"), new RunOptions { StagesOnly = true });
        Assert.Empty(staged.Scalars);

        var run = await MeasuredRun.Until(project, () => project.Start(staged), scalars => scalars.ContainsKey("sys/run/mem_used"));

        Assert.Equal(staged.Id, run.Id);
    }

    [UnixFact]
    public async Task A_run_that_is_started_again_is_measured_again()
    {
        using var project = new TempProject($"{{op: {{exec: \"sh -c '{Wait}'\", plugins: memory}}}}");
        var first = await MeasuredRun.Until(project, scalars => scalars.ContainsKey("sys/run/mem_used"));
        File.Delete(Path.Combine(first.Directory.Path, "go"));
        var before = RunScalars.Read(first.Directory.Path).Count();

        var again = await MeasuredRun.Until(project, () => RestartTests.Restart(project, first), _ => RunScalars.Read(first.Directory.Path).Count() > before);

        Assert.Equal((first.Id, RunStatus.Completed), (again.Id, again.Status));
    }

    [UnixFact]
    public async Task A_detached_run_is_measured_by_its_supervisor_and_its_warnings_are_in_the_record()
    {
        using var project = new TempProject($"{{op: {{exec: \"sh -c '{Wait}'\", plugins: [memory, gpu]}}}}");
        MeasuredRun.WithoutGpu(project);
        var result = new OperationRunner(project.Context).Detach(
            project.Plan("op"), new RunOptions(), new SupervisorProgram(ProgramTests.TestProgram, ["detached"]), project.Events, CancellationToken.None);

        var run = await MeasuredRun.UntilEnd(project, result.Directory, scalars => scalars.ContainsKey("sys/run/mem_used"));

        Assert.Contains("'nvidia-smi' is not on the PATH", Assert.Single(Notes(run)), StringComparison.Ordinal);
    }

    [UnixFact]
    public void A_gpu_that_is_asked_for_by_name_and_cannot_be_read_is_one_warning_and_no_fault()
    {
        using var project = new TempProject("{op: {exec: sleep 1.5, plugins: gpu}}");
        MeasuredRun.WithoutGpu(project);

        var run = project.Run("op");

        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Contains("'nvidia-smi' is not on the PATH", Assert.Single(project.Events.Warnings), StringComparison.Ordinal);
        Assert.Equal(project.Events.Warnings, Notes(run));
        Assert.Empty(run.Scalars);
    }

    [UnixFact]
    public async Task A_gpu_is_read_of_the_nvidia_smi_that_is_on_the_PATH_of_the_run()
    {
        using var project = new TempProject($"{{op: {{exec: \"sh -c '{Wait}'\", plugins: all}}}}");
        MeasuredRun.FakeGpu(project, "[ -z \"$RUN_ID\" ] || exit 9\necho '0, GPU-1a2b, 30, P8, 1000, 250, 40, 25, 55, 20.5'");

        var run = await MeasuredRun.Until(project, scalars => scalars.ContainsKey("sys/gpu0/util"));

        Assert.Empty(project.Events.Warnings);
        Assert.Equal(0.4, run.LastValues["sys/gpu0/util"], 0.0001);
        Assert.Equal(750.0 * 1024 * 1024, run.LastValues["sys/gpu0/mem_free"]);
    }

    [UnixFact]
    public async Task A_run_ends_at_once_though_nvidia_smi_hangs()
    {
        using var project = new TempProject("{op: {exec: \"sh -c 'while [ ! -e asked ]; do sleep 0.05; done'\", plugins: gpu}}");
        MeasuredRun.FakeGpu(project, $"echo $$ > '{project.PathOf("pid")}'\nfor run in '{project.Home.RunsDirectory}'/*; do touch \"$run/asked\"; done\nexec sleep 1000");

        var run = project.Run("op");

        Assert.Equal(RunStatus.Completed, run.Status);
        var asked = int.Parse((await File.ReadAllTextAsync(project.PathOf("pid"))).Trim(), System.Globalization.CultureInfo.InvariantCulture);
        await Eventually.Is(() => ProcessIdentity.StartOf(asked) is null);
    }

    private static double Value(IReadOnlyDictionary<string, ScalarSummary> scalars, string name) => scalars.GetValueOrDefault(name)?.Last ?? double.NaN;

    private static IEnumerable<string> Notes(Run run) => (run.Directory.ReadAttribute("notes") as IReadOnlyList<object?> ?? []).OfType<string>();
}
