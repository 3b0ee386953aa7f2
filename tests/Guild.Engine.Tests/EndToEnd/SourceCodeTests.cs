using Guild.Engine.Execution;
using Guild.Engine.Operations;
using Guild.Engine.Runs;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.EndToEnd;

/// <summary>Which source code a program runs from.</summary>
public sealed class SourceCodeTests
{
    private const string PrintPlace = "import os\nprint(os.path.relpath(os.path.realpath(__file__), os.path.realpath(os.environ['RUN_DIR'])).replace(os.sep, '/'), os.path.samefile(os.getcwd(), os.environ['RUN_DIR']))\n";

    [Theory]
    [InlineData("main: train", "train.py", "train.py True")]
    [InlineData("main: train.py", "train.py", "train.py True")]
    [InlineData("main: sub/train", "sub/train.py", "sub/train.py True")]
    [InlineData("main: sub.train", "sub/train.py", "sub/train.py True")]
    [InlineData("main: sub/train.py", "sub/train.py", "sub/train.py True")]
    [InlineData("main: train, python-path: src", "src/train.py", "src/train.py True")]
    [InlineData("main: train, sourcecode: {dest: code}", "train.py", "code/train.py True")]
    [InlineData("main: train.py, sourcecode: {dest: code}", "train.py", "code/train.py True")]
    [InlineData("main: train, sourcecode: {root: src}", "src/train.py", "train.py True")]
    [InlineData("main: train.py, sourcecode: {root: src}", "src/train.py", "train.py True")]
    [InlineData("main: train, sourcecode: {root: src, dest: code}", "src/train.py", "code/train.py True")]
    [InlineData("main: train, python-path: lib, sourcecode: {dest: code}", "lib/train.py", "code/lib/train.py True")]
    [InlineData("main: train, sourcecode: no", "train.py", "../../../project/train.py True")]
    [InlineData("main: sub/train.py, sourcecode: no", "sub/train.py", "../../../project/sub/train.py True")]
    [InlineData("main: train, python-path: src, sourcecode: no", "src/train.py", "../../../project/src/train.py True")]
    public void A_program_runs_in_the_run_directory_from_the_snapshot_or_the_project(string operation, string file, string expected)
    {
        using var project = new TempProject("{op: {" + operation + "}}");
        project.Write(file, PrintPlace);
        Assert.Equal(expected, TempProject.Output(project.Run("op")));
    }

    [Fact]
    public void The_snapshot_is_in_the_run_with_manifest_and_digest()
    {
        using var project = new TempProject("{op: {exec: 'true'}}");
        project.Write("src/a.py", "print(1)\n");
        var run = project.Run("op");
        Assert.Equal("print(1)\n", File.ReadAllText(Path.Combine(run.Directory.Path, "src", "a.py")));
        Assert.Matches("^[0-9a-f]{32}$", run.SourceCodeDigest);
        Assert.Equal(["guild.yml", "src/a.py"], Manifest.Read(run.Directory.ManifestPath).Where(e => e.Kind == ManifestKind.SourceCode).Select(e => e.Destination).Order(StringComparer.Ordinal));
        Assert.Equal(run.SourceCodeDigest, project.Run("op").SourceCodeDigest);
        project.Write("src/a.py", "print(2)\n");
        Assert.NotEqual(run.SourceCodeDigest, project.Run("op").SourceCodeDigest);
    }

    [Fact]
    public void A_change_of_the_project_while_a_run_is_staged_does_not_change_the_run()
    {
        using var project = new TempProject("{op: train}");
        project.Write("train.py", "print('then')\n");
        var staged = project.Run(project.Request("op"), new RunOptions { StagesOnly = true });
        project.Write("train.py", "print('now')\n");
        Assert.Equal("then", TempProject.Output(project.Start(staged)));
    }

    [Fact]
    public void A_home_inside_the_project_is_not_part_of_the_source_code()
    {
        using var project = new TempProject("{op: {exec: 'true'}}");
        var home = new GuildHome(project.PathOf("my-home"));
        var context = project.Context with { Home = home };
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var result = new OperationRunner(context).Run(Planner.Plan(project.Request("op"), context), new RunOptions(), project.Events, CancellationToken.None);
            Assert.False(Directory.Exists(Path.Combine(result.Directory.Path, "my-home")));
        }

        Assert.Equal(2, new RunStore(home).List().Count());
    }

    [Fact]
    public void A_run_writes_nothing_to_the_project()
    {
        using var project = new TempProject("{op: train}");
        project.Write("train.py", "import near\nopen('made', 'w').close()\n");
        project.Write("near.py", "");
        var run = project.Run("op");
        Assert.True(File.Exists(Path.Combine(run.Directory.Path, "made")));
        Assert.Equal(["guild.yml", "near.py", "train.py"], Directory.EnumerateFileSystemEntries(project.ProjectPath).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }
}
