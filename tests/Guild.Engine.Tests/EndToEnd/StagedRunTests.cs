using Guild.Engine.Execution;
using Guild.Engine.Runs;
using Guild.Engine.Tests.Execution;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.EndToEnd;

/// <summary>Runs that are made first and started later.</summary>
public sealed class StagedRunTests
{
    private static readonly RunOptions Stage = new() { StagesOnly = true };

    [UnixFact]
    public void A_staged_run_is_complete_but_for_its_program()
    {
        using var project = new TempProject("{op: {exec: cat rows.csv, requires: [{file: data/rows.csv}]}}");
        project.Write("data/rows.csv", "rows\n");
        var run = project.Run(project.Request("op"), Stage);
        Assert.Equal(RunStatus.Staged, run.Status);
        Assert.NotNull(run.Started);
        Assert.True(File.Exists(Path.Combine(run.Directory.Path, "rows.csv")));
        Assert.False(File.Exists(run.Directory.PendingPath));
        Assert.False(File.Exists(run.Directory.OutputPath));
    }

    [UnixFact]
    public void It_is_started_with_its_flags_and_environment_where_it_is()
    {
        using var project = new TempProject("{op: {exec: \"sh -c 'echo $FLAG_NAME $MINE $RUN_ID $INHERITED $PWD'\", env: {MINE: 'it''s'}, flags: {name: a}}}");
        project.Environment["INHERITED"] = "then";
        var staged = project.Run(project.Request("op", "name=Zoë B"), Stage);
        project.Environment["INHERITED"] = "now";
        var run = project.Start(staged);
        Assert.Equal($"Zoë B it's {run.Id} now {run.Directory.Path}", TempProject.Output(run));
        Assert.Equal((RunStatus.Completed, 0), (run.Status, run.ExitCode));
        Assert.True(run.Started > staged.Started);
        Assert.False(File.Exists(run.Directory.StagedPath));
    }

    [UnixFact]
    public void A_damaged_environment_of_a_staged_run_is_an_error_that_names_its_file()
    {
        using var project = new TempProject("{op: {exec: 'true'}}");
        var staged = project.Run(project.Request("op"), Stage);
        File.AppendAllText(Path.Combine(staged.Directory.GuildPath, "ENV"), "export BROKEN='never closed\n");
        project.Start(staged);
        Assert.Contains(Path.Combine(".guild", "ENV"), Assert.IsType<RunStateException>(project.Fault).Message, StringComparison.Ordinal);
    }

    [UnixFact]
    public void What_the_operation_sets_holds_even_if_it_was_the_same_outside_when_the_run_was_made()
    {
        using var project = new TempProject("{op: {exec: \"sh -c 'echo $MINE'\", env: {MINE: own}}}");
        project.Environment["MINE"] = "own";
        var staged = project.Run(project.Request("op"), Stage);
        project.Environment["MINE"] = "other";
        Assert.Equal("own", TempProject.Output(project.Start(staged)));
    }

    [UnixFact]
    public async Task It_is_as_stoppable_as_its_operation()
    {
        using var project = new TempProject("{op: {exec: \"sh -c 'echo up; exec sleep 60'\", stoppable: yes}}");
        var staged = project.Run(project.Request("op"), Stage);
        using var stop = new CancellationTokenSource();
        var running = Task.Run(() => project.Start(staged, new RunOptions { Terminate = stop.Token }));
        await Eventually.Is(() => File.Exists(staged.Directory.OutputPath));
        await stop.CancelAsync();
        Assert.Equal(RunStatus.Completed, (await running).Status);
    }

    [UnixFact]
    public void It_goes_to_the_trash_when_it_ends_well_where_the_operation_says_so()
    {
        using var project = new TempProject("{op: {exec: 'true', delete-on-success: yes}}");
        var staged = project.Run(project.Request("op"), Stage);
        new OperationRunner(project.Context).Start(staged, new RunOptions(), project.Events, CancellationToken.None);
        Assert.Empty(project.Store.List());
    }

    [UnixFact]
    public void A_run_that_has_ended_is_not_started_again()
    {
        using var project = new TempProject("{op: {exec: 'true'}}");
        var run = project.Run("op");
        Assert.Throws<RunStateException>(() => project.Start(run));
    }

    [UnixFact]
    public void What_is_resolved_when_it_is_started_keeps_to_the_limits_of_that_session()
    {
        using var project = new TempProject("{op: {exec: 'true', requires: [{file: rows.csv.gz, always-resolve: yes}]}}");
        WriteGzip(project.PathOf("rows.csv.gz"), "1\n");
        var staged = project.Run(project.Request("op"), Stage);
        WriteGzip(project.PathOf("rows.csv.gz"), "1\n2\n3\n");
        project.Environment["GUILD_UNPACK_MAX_BYTES"] = "3";
        project.Start(staged);
        Assert.Contains("GUILD_UNPACK_MAX_BYTES", Assert.IsType<ResourceException>(project.Fault).RecommendedAction, StringComparison.Ordinal);
    }

    private static void WriteGzip(string path, string text)
    {
        using var file = new System.IO.Compression.GZipStream(File.Create(path), System.IO.Compression.CompressionLevel.Fastest);
        file.Write(System.Text.Encoding.UTF8.GetBytes(text));
    }
}
