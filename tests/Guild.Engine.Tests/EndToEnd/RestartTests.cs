using System.Runtime.Versioning;
using Guild.Engine.Execution;
using Guild.Engine.Flags;
using Guild.Engine.Operations;
using Guild.Engine.Runs;
using Guild.Engine.Tests.Execution;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.EndToEnd;

/// <summary>Runs that are started again in their own directories.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class RestartTests
{
    [UnixFact]
    public void A_run_that_is_started_again_stays_where_it_is_and_keeps_what_it_printed_and_wrote()
    {
        using var project = new TempProject("{op: {exec: \"sh -c 'echo line >> kept; cat kept; printf cut'\"}}");
        var first = project.Run("op");

        var again = Restart(project, first);

        Assert.Equal((first.Id, RunStatus.Completed), (again.Id, again.Status));
        Assert.Equal("line\ncut\nline\nline\ncut", TempProject.Output(again));
        Assert.Equal(5 * OutputIndexEntry.Size, new FileInfo(again.Directory.OutputIndexPath).Length);
        Assert.True(again.Started > first.Started);
    }

    [UnixFact]
    public void Its_environment_is_that_of_the_first_start_over_that_of_now()
    {
        using var project = new TempProject("{op: {exec: \"sh -c 'echo $FLAG_X $MINE $INHERITED $CMD_DIR $RUN_ID'\", env: {MINE: 'at-${x}'}, flags: {x: 1}}}");
        project.Environment["INHERITED"] = "then";
        var first = project.Run("op", "x=5");
        project.Environment["INHERITED"] = "now";
        project.Environment["MINE"] = "other";

        var again = Restart(project, first);

        Assert.EndsWith($"5 at-5 now {project.ProjectPath} {first.Id}", TempProject.Output(again), StringComparison.Ordinal);
    }

    [UnixFact]
    public void It_needs_no_project_any_more()
    {
        using var project = new TempProject("{op: {main: train, flags: {x: 1}}}");
        project.Write("train.py", "import sys, helper\nprint(sys.argv[1:], helper.y)\n");
        project.Write("helper.py", "y = 2\n");
        var first = project.Run("op", "x=3");
        Directory.Delete(project.ProjectPath, recursive: true);

        var again = Restart(project, first);

        Assert.Equal((RunStatus.Completed, "['--x', '3'] 2\n['--x', '3'] 2"), (again.Status, TempProject.Output(again)));
    }

    [UnixFact]
    public void Other_flags_are_written_to_its_record()
    {
        using var project = new TempProject("{op: {exec: 'echo ${x} ${y}', flags: {x: 1, y: {default: 2, type: int}}}}");
        var first = project.Run("op", "y=4");

        var again = Restart(project, first, "x=7");

        Assert.Equal("1 4\n7 4", TempProject.Output(again));
        Assert.Equal([7L, 4L], again.Flags.Values);
        Assert.Equal(["x", "y"], ((IReadOnlyDictionary<string, object?>)again.Directory.ReadAttribute("user_flags")!).Keys);
        Assert.Equal("1 4\n7 4\n7 4", TempProject.Output(Restart(project, again)));
    }

    [UnixFact]
    public void Flags_that_do_not_fit_leave_the_run_as_it_is()
    {
        using var project = new TempProject("{op: {exec: 'echo ${y}', flags: {y: {default: 2, type: int}}}}");
        var first = project.Run("op");
        var before = project.HomeContent();

        Assert.Throws<FlagException>(() => Restart(project, first, "y=abc"));

        Assert.Equal(before, project.HomeContent());
    }

    [UnixFact]
    public void Other_flags_need_the_definition_of_the_operation()
    {
        using var project = new TempProject("{op: {exec: 'echo ${x}', flags: {x: 1}}}");
        var first = project.Run("op");
        project.Write("guild.yml", "{other: {exec: 'true'}}");

        var error = Assert.Throws<RunStateException>(() => Restart(project, first, "x=2"));

        Assert.Contains("definition of operation 'op' cannot be found", error.Message, StringComparison.Ordinal);
        Assert.Equal("1\n1", TempProject.Output(Restart(project, first)));
    }

    [UnixFact]
    public void What_was_resolved_stays_but_a_file_that_flags_are_written_into_is_written_anew()
    {
        using var project = new TempProject("{op: {exec: cat c.json rows, flags: {x: 1}, requires: [{config: c.json}, {file: rows, target-type: copy}]}}");
        project.Write("c.json", "{\"x\": 0}");
        project.Write("rows", "old");
        var first = project.Run("op");
        project.Write("rows", "new");

        var again = Restart(project, first, "x=5");

        Assert.Equal("{\"x\": 1}old{\"x\": 5}old", TempProject.Output(again).Replace("\n  ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal));
    }

    [UnixFact]
    public void A_run_that_had_failed_for_a_missing_file_goes_on_when_the_file_is_there()
    {
        using var project = new TempProject("{op: {exec: \"sh -c 'cat rows; echo $FLAG_X'\", flags: {x: 1}, requires: [{file: rows}]}}");
        var first = project.Run("op");
        Assert.Equal(RunStatus.Error, first.Status);
        project.Write("rows", "here\n");

        var again = Restart(project, first);

        Assert.Equal(RunStatus.Completed, again.Status);
        Assert.EndsWith("here\n1", TempProject.Output(again), StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task A_running_run_is_not_started_again()
    {
        using var project = new TempProject("{op: {exec: sleep 300}}");
        using var stop = new CancellationTokenSource();
        var running = Task.Run(() => project.Run(project.Request("op"), stop: stop.Token));
        await Eventually.Is(() => project.Store.List().Any(r => r.Status == RunStatus.Running && File.Exists(r.Directory.LockPath)));
        var run = project.Store.List().Single();

        var error = Assert.Throws<RunStateException>(() => Restart(project, run));

        Assert.Equal($"Run {run.ShortId} cannot be started, because it is running.", error.Message);
        await stop.CancelAsync();
        Assert.Equal(RunStatus.Terminated, (await running).Status);
        Assert.Equal(-2, project.Store.List().Single().ExitCode);
    }

    [UnixFact]
    public void Lines_whose_entries_a_killed_supervisor_did_not_write_get_some_before_the_output_goes_on()
    {
        using var project = new TempProject("{op: {exec: \"sh -c 'echo out; echo err >&2'\"}}");
        var first = project.Run("op");
        using (var index = File.OpenWrite(first.Directory.OutputIndexPath))
        {
            index.SetLength(0);
        }

        var again = Restart(project, first);

        Assert.Equal(4 * OutputIndexEntry.Size, new FileInfo(again.Directory.OutputIndexPath).Length);
        Assert.Equal([OutputStreamKind.Error, OutputStreamKind.Output], OutputReader.Read(again.Directory).Skip(2).Select(l => l.Stream).OrderByDescending(s => s));
    }

    [UnixFact]
    public void A_follower_of_a_run_that_is_started_again_sees_only_what_comes_now()
    {
        using var project = new TempProject("{op: {exec: printf 'one\\ncut'}}");
        var first = project.Run("op");
        var length = 0L;
        project.Events.Hook = e => length = e is RunStagedEvent staged ? staged.OutputStart : length;

        var again = Restart(project, first);

        using var follower = new OutputFollower(again.Directory, new OutputFollowing { GivesUnfinishedLines = false, Start = length });
        Assert.Equal(7, length);
        Assert.Equal(["one", "cut"], follower.Finish().Pieces.Select(p => p.Text));
    }

    internal static Run Restart(TempProject project, Run run, params string[] words)
    {
        var given = words.Select(w => KeyValuePair.Create(w.Split('=')[0], (FlagInput)new FlagText(w.Split('=')[1]))).ToList();
        var runner = new OperationRunner(project.Context);
        var result = given.Count == 0
            ? runner.Restart(run, new RunOptions(), project.Events, CancellationToken.None)
            : runner.Restart(run, RestartPlanner.Plan(run, given, FlagForce.None, project.Context), new RunOptions(), project.Events, CancellationToken.None);
        return project.Store.TryRead(result.Directory)!;
    }
}
