using Guild.Engine.Execution;
using Guild.Engine.Runs;
using Guild.Engine.Tests.Execution;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.EndToEnd;

/// <summary>What the record of a run says when it has ended.</summary>
public sealed class RecordTests
{
    [UnixFact]
    public void Both_streams_are_recorded_with_the_time_and_stream_of_each_line()
    {
        using var project = new TempProject("{op: {exec: \"sh -c 'echo out; echo err >&2; printf rest'\"}}");
        var run = project.Run("op");
        var lines = OutputReader.Read(run.Directory).ToList();
        Assert.Equal(["out", "rest"], lines.Where(l => l.Stream == OutputStreamKind.Output).Select(l => l.Text));
        Assert.Equal("err", lines.Single(l => l.Stream == OutputStreamKind.Error).Text);
        Assert.Equal(27, new FileInfo(run.Directory.OutputIndexPath).Length);
        Assert.All(lines, l => Assert.InRange(l.Time!.Value, run.Started!.Value.AddSeconds(-1), run.Stopped!.Value.AddSeconds(1)));
    }

    [Theory]
    [InlineData("bytes", 256)]
    [InlineData("print", 0)]
    public void Output_is_recorded_byte_for_byte(string verb, int length)
    {
        using var project = new TempProject($"{{op: {{exec: '\"{ProgramTests.TestProgram}\" {verb}'}}}}");
        var run = project.Run("op");
        Assert.Equal(RunStatus.Completed, run.Status);
        var path = run.Directory.OutputPath;
        Assert.Equal(Enumerable.Range(0, length).Select(i => (byte)i), File.Exists(path) ? File.ReadAllBytes(path) : []);
    }

    [Theory]
    [InlineData("exit 0", RunStatus.Completed, 0)]
    [InlineData("exit 3", RunStatus.Error, 3)]
    [InlineData("exit 137", RunStatus.Error, 137)]
    public void The_exit_code_of_the_program_is_recorded(string verb, RunStatus status, int exitCode)
    {
        using var project = new TempProject($"{{op: {{exec: '\"{ProgramTests.TestProgram}\" {verb}'}}}}");
        var run = project.Run("op");
        Assert.Equal((status, exitCode), (run.Status, run.ExitCode));
        Assert.True(run.Initialized <= run.Started && run.Started < run.Stopped);
        Assert.False(File.Exists(run.Directory.PendingPath) || File.Exists(run.Directory.LockPath) || File.Exists(run.Directory.ProcessPath));
    }

    [UnixTheory]
    [InlineData("sh -c 'kill -9 $$'", RunStatus.Terminated, -9)]
    [InlineData("sh -c 'kill -15 $$'", RunStatus.Terminated, -15)]
    public void A_signal_that_ended_the_program_is_recorded(string exec, RunStatus status, int exitCode)
    {
        using var project = new TempProject($"{{op: {{exec: \"{exec}\"}}}}");
        var run = project.Run("op");
        Assert.Equal((status, exitCode), (run.Status, run.ExitCode));
    }

    [Fact]
    public void Scalars_that_the_program_prints_are_read_back()
    {
        using var project = new TempProject("{op: train}");
        project.Write("train.py", "for s in range(1, 4):\n    print('step: %d' % s)\n    print('loss: %f' % (1 / s))\n");
        var run = project.Run("op");
        Assert.Equal(1 / 3.0, run.Scalars["loss"].Last, 1e-6);
        Assert.Equal(3, run.Scalars["loss"].LastStep);
        Assert.Single(Directory.EnumerateFiles(run.Directory.GuildPath, "events.out.tfevents.*"));
    }

    [Fact]
    public void Scalars_can_be_switched_off()
    {
        using var project = new TempProject("{op: {main: train, output-scalars: no}}");
        project.Write("train.py", "print('loss: 1')\n");
        Assert.Empty(project.Run("op").Scalars);
    }

    [Fact]
    public void All_scalars_are_there_when_the_record_says_that_the_run_has_ended()
    {
        using var project = new TempProject("{op: train}");
        project.Write("train.py", "for s in range(1000):\n    print('step: %d' % s)\n    print('loss: %d' % s)\n");
        var run = project.Run("op");
        Assert.Equal((999.0, 1000L), (run.Scalars["loss"].Last, (long)run.Scalars["loss"].Count));
    }

    [Fact]
    public void Label_tags_comment_and_attributes_are_recorded()
    {
        using var project = new TempProject("{op: {exec: 'true', tags: [base], run-attrs: {team: vision}, compare: [=a, loss], flags: {a: 1}}}");
        var run = project.Run(project.Request("op") with { Label = "try ${a}", Tags = ["extra"], Comment = "why not" });
        Assert.Equal("try 1", run.Label);
        Assert.Equal(["base", "extra"], run.Tags);
        Assert.Equal(("why not", "ada", "testhost"), (run.Comments.Single().Body, run.Comments.Single().User, run.Comments.Single().Host));
        Assert.Equal("vision", ((IReadOnlyDictionary<string, object?>)run.Directory.ReadAttribute("opdef_attrs")!)["team"]);
        Assert.Equal(["=a", "loss"], (IReadOnlyList<object?>)run.Directory.ReadAttribute("compare")!);
        Assert.Equal(project.ProjectPath, run.ProjectPath);
        Assert.Equal(run.Id, run.Directory.ReadAttribute("id"));
    }

    [Fact]
    public void Secrets_of_the_environment_reach_the_program_and_not_the_record()
    {
        using var project = new TempProject("{op: {main: train, env: {API_KEY: s3cret, MINE: s3cret, PLAIN: shown}, env-secrets: [MINE]}}");
        project.Write("train.py", "import os\nprint(os.environ['API_KEY'] == os.environ['MINE'] == 's3cret')\n");
        var run = project.Run("op");
        Assert.Equal("True", TempProject.Output(run));
        var environment = (IReadOnlyDictionary<string, object?>)run.Directory.ReadAttribute("env")!;
        Assert.Equal("shown", environment["PLAIN"]);
        Assert.Equal(run.Id, environment["RUN_ID"]);
        Assert.DoesNotContain("s3cret", File.ReadAllText(Path.Combine(run.Directory.AttributesPath, "env")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_ended_well_goes_to_the_trash_where_the_operation_says_so()
    {
        using var project = new TempProject("{op: {exec: '${python_exe} -c \"import sys; sys.exit(${code})\"', flags: {code: 0}, delete-on-success: yes}}");
        var result = new OperationRunner(project.Context).Run(project.Plan("op"), new RunOptions(), project.Events, CancellationToken.None);
        Assert.Empty(project.Store.List());
        Assert.Equal(result.Directory.Id, project.Store.List(RunPlace.Trash).Single().Id);
        Assert.Equal(3, project.Run("op", "code=3").ExitCode);
        Assert.Single(project.Store.List());
    }

    [Fact]
    public void Nothing_is_left_where_runs_are_prepared()
    {
        using var project = new TempProject("{op: {exec: 'true'}}");
        project.Run("op");
        Assert.Empty(Directory.EnumerateFileSystemEntries(project.Home.StagingDirectory));
    }

    [Fact]
    public void A_program_that_is_missing_is_named_in_the_record()
    {
        using var project = new TempProject("{op: {exec: no-such-program-here}}");
        var run = project.Run("op");
        Assert.IsType<ProgramException>(project.Fault);
        Assert.Equal((RunStatus.Error, 1), (run.Status, run.ExitCode));
        Assert.Contains("no-such-program-here", TempProject.Output(run), StringComparison.Ordinal);
        Assert.False(File.Exists(run.Directory.PendingPath));
    }

    [UnixFact]
    public void A_program_that_may_not_be_executed_is_named_in_the_record()
    {
        using var project = new TempProject("{op: {exec: '${project_dir}/tool.sh'}}");
        project.Write("tool.sh", "#!/bin/sh\n");
        var run = project.Run("op");
        Assert.Equal(RunStatus.Error, run.Status);
        Assert.Contains("tool.sh", TempProject.Output(run), StringComparison.Ordinal);
    }
}
