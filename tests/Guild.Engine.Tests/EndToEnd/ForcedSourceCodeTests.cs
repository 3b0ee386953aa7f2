using System.Runtime.Versioning;
using Guild.Engine.Execution;
using Guild.Engine.Runs;
using Guild.Engine.Tests.Execution;
using Guild.Engine.Tests.Operations;
using Guild.Engine.Tests.Search.Batches;

namespace Guild.Engine.Tests.EndToEnd;

/// <summary>Runs that are started again with the source code that their project has now.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ForcedSourceCodeTests
{
    private const string Operations = """
        op: {exec: sh op.sh, sourcecode: ['*.sh', 'lib/*.txt']}
        in: {exec: sh op.sh, sourcecode: {dest: src, select: ['*.sh']}}
        all: {steps: [op]}
        outer: {steps: [all]}
        mild: {steps: [{run: all, force-sourcecode: yes}]}
        """;

    private static readonly RunOptions Force = new() { ForcesSourceCode = true };

    [UnixFact]
    public void The_run_has_the_new_files_and_its_record_says_so()
    {
        using var project = new TempProject(Operations);
        project.Write("op.sh", "echo old; echo kept > made.txt");
        project.Write("gone.sh", "");
        project.Write("lib/gone.txt", "");
        var first = project.Run("op");
        project.Write("op.sh", "echo new; cat made.txt");
        project.Write("lib/new/deep.sh", "");
        project.Write("lib/deep.txt", "deep");
        File.Delete(project.PathOf("gone.sh"));
        File.Delete(project.PathOf("lib/gone.txt"));

        var run = Restart(project, first, Force);

        Assert.Equal((first.Id, RunStatus.Completed), (run.Id, run.Status));
        Assert.Equal("old\nnew\nkept", TempProject.Output(run));
        Assert.False(File.Exists(Path.Join(run.Directory.Path, "gone.sh")));
        Assert.False(File.Exists(Path.Join(run.Directory.Path, "lib", "gone.txt")));
        Assert.Equal("deep", File.ReadAllText(Path.Join(run.Directory.Path, "lib", "deep.txt")));
        Assert.Equal(["lib/deep.txt", "op.sh"], Manifest.Read(run.Directory.ManifestPath).Select(entry => entry.Destination).Where(path => path != "lib/new/deep.sh").Order(StringComparer.Ordinal));
        Assert.NotEqual(first.SourceCodeDigest, run.SourceCodeDigest);
        Assert.Equal(project.Run("op").SourceCodeDigest, run.SourceCodeDigest);
        Assert.Empty(Directory.EnumerateDirectories(run.Directory.GuildPath, "sourcecode-*"));
    }

    [UnixFact]
    public void Without_it_the_source_code_stays_also_with_other_flags()
    {
        using var project = new TempProject("{op: {exec: 'sh op.sh ${x}', flags: {x: 1}, sourcecode: ['*.sh']}}");
        project.Write("op.sh", "echo old $1");
        var first = project.Run("op");
        project.Write("op.sh", "echo new $1");
        Assert.Equal("old 1\nold 2", TempProject.Output(RestartTests.Restart(project, first, "x=2")));
    }

    [UnixFact]
    public void The_command_and_new_flags_are_those_of_the_Guild_file_now_and_values_stay()
    {
        using var project = new TempProject("{op: {exec: 'echo ${x}', flags: {x: 1}}}");
        var first = project.Run("op", "x=7");
        project.Write("guild.yml", "{op: {exec: 'echo ${x} ${y}', flags: {x: 1, y: 2}}}");
        var run = Restart(project, first, Force);
        Assert.Equal("7\n7 2", TempProject.Output(run));
        Assert.Equal(2L, run.Flags["y"]);
        Assert.Equal(project.Run("op").OpRef, run.OpRef);
    }

    [UnixFact]
    public void What_the_program_changed_or_made_stays()
    {
        using var project = new TempProject(Operations);
        project.Write("op.sh", "echo mine > gone.sh");
        project.Write("gone.sh", "theirs");
        var first = project.Run("op");
        File.Delete(project.PathOf("gone.sh"));
        var run = Restart(project, first, Force);
        Assert.Equal("mine\n", File.ReadAllText(Path.Join(run.Directory.Path, "gone.sh")));
    }

    [UnixFact]
    public void A_link_into_the_project_is_not_written_or_deleted_through()
    {
        using var project = new TempProject("{op: {exec: 'true', sourcecode: ['*.txt', 'data/*.txt']}}");
        project.Write("data/a.txt", "a");
        project.Write("data/b.txt", "b");
        var first = project.Run("op");
        Directory.Delete(Path.Join(first.Directory.Path, "data"), recursive: true);
        Directory.CreateSymbolicLink(Path.Join(first.Directory.Path, "data"), project.PathOf("data"));
        project.Write("guild.yml", "{op: {exec: 'true', sourcecode: ['data/a.txt']}}");
        var stamp = File.GetLastWriteTimeUtc(project.PathOf("data/a.txt"));

        var run = Restart(project, first, Force);

        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal((true, stamp), (File.Exists(project.PathOf("data/b.txt")), File.GetLastWriteTimeUtc(project.PathOf("data/a.txt"))));
    }

    [UnixFact]
    public void A_destination_of_the_source_code_is_kept_to()
    {
        using var project = new TempProject(Operations);
        project.Write("op.sh", "echo old");
        var first = project.Run("in");
        project.Write("op.sh", "echo new");
        var run = Restart(project, first, Force);
        Assert.Equal("echo new", File.ReadAllText(Path.Join(run.Directory.Path, "src", "op.sh")));
    }

    [UnixFact]
    public void A_staged_run_is_started_with_it()
    {
        using var project = new TempProject(Operations);
        project.Write("op.sh", "echo old");
        var staged = project.Run(project.Request("op"), new RunOptions { StagesOnly = true });
        project.Write("op.sh", "echo new");
        Assert.Equal("new", TempProject.Output(project.Start(staged, Force)));
    }

    [UnixFact]
    public void A_run_whose_project_is_gone_stays_as_it_is()
    {
        using var project = new TempProject(Operations);
        project.Write("op.sh", "echo old");
        var first = project.Run("op");
        Directory.Delete(project.ProjectPath, recursive: true);
        var before = project.HomeContent();
        Assert.Contains("source code", Assert.Throws<RunStateException>(() => Restart(project, first, Force)).Message, StringComparison.Ordinal);
        Assert.Equal(before, project.HomeContent());
    }

    [UnixFact]
    public void What_a_killed_replacement_left_is_taken_away_by_the_next()
    {
        using var project = new TempProject(Operations);
        project.Write("op.sh", "echo old");
        var first = project.Run("op");
        Directory.CreateDirectory(Path.Join(first.Directory.GuildPath, "sourcecode-left"));
        Assert.Equal(RunStatus.Completed, Restart(project, first, Force).Status);
        Assert.Empty(Directory.EnumerateDirectories(first.Directory.GuildPath, "sourcecode-*"));
    }

    [UnixTheory]
    [InlineData("all", true, true)]
    [InlineData("all", false, false)]
    [InlineData("outer", true, true)]
    [InlineData("outer", false, false)]
    [InlineData("mild", false, true)]
    public void A_pipeline_hands_it_on_to_its_steps_and_to_those_within(string pipeline, bool isForced, bool isNew)
    {
        using var project = new TempProject(Operations);
        project.Write("op.sh", "echo old");
        var first = project.Run(pipeline);
        project.Write("op.sh", "echo new");

        var run = Restart(project, first, new RunOptions { ForcesSourceCode = isForced });

        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal(isNew ? ["new", "old"] : ["old"], project.Store.List().Where(r => r.OperationName == "op").Select(TempProject.Output).Order(StringComparer.Ordinal));
    }

    [UnixFact]
    public void It_goes_for_one_start_of_a_pipeline_and_not_for_the_next()
    {
        using var project = new TempProject(Operations);
        project.Write("op.sh", "echo old");
        var run = Restart(project, project.Run("all"), Force);
        project.Write("op.sh", "echo new");
        run = Restart(project, run, new RunOptions());
        Assert.Equal("old", TempProject.Output(project.Store.List().Single(r => r.OperationName == "op")));
    }

    [UnixFact]
    public void A_batch_keeps_its_source_code()
    {
        using var project = new BatchProject("{op: {exec: 'true', flags: {a: 1}}}");
        var batch = project.Run(new Engine.Search.Batches.SearchRequest { KeepsBatch = true }, "op", "a=[1,2]");
        Assert.Throws<RunStateException>(() => new OperationRunner(project.Project.Context).Restart(batch, Force, project.Project.Events, CancellationToken.None));
        Assert.Equal(RunStatus.Completed, project.Store.TryRead(batch.Directory)!.Status);
    }

    private static Run Restart(TempProject project, Run run, RunOptions options) =>
        project.Store.TryRead(new OperationRunner(project.Context).Restart(run, options, project.Events, CancellationToken.None).Directory)!;
}
