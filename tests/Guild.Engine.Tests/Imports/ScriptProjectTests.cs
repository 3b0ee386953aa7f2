using Guild.Engine.Execution;
using Guild.Engine.Flags;
using Guild.Engine.Operations;
using Guild.Engine.Runs;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.Imports;

public sealed class ScriptProjectTests
{
    [Theory]
    [InlineData("train.py")]
    [InlineData("./train.py")]
    public void AScriptRunsWithoutAGuildFile(string name)
    {
        using var project = Scripts();

        var run = project.Run(Request(project, name, "lr", "0.5"));

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("0.5 4", File.ReadAllText(Path.Combine(run.Directory.GuildPath, "output")).Trim());
        Assert.Equal(new OpRef(OpRef.ScriptType, project.ProjectPath, "", "", "train.py"), run.OpRef);
        Assert.Equal(project.ProjectPath, run.ProjectPath);
        Assert.True(File.Exists(Path.Combine(run.Directory.Path, "train.py")));
    }

    [Fact]
    public void AStagedRunOfAScriptStartsWithTheSameFlags()
    {
        using var project = Scripts();
        var staged = project.Run(Request(project, "train.py", "lr", "0.25"), new RunOptions { StagesOnly = true });

        var run = project.Start(staged);

        Assert.Equal("0.25 4", File.ReadAllText(Path.Combine(run.Directory.GuildPath, "output")).Trim());
    }

    [Fact]
    public void AnOperationOfTheGuildFileIsMeantBeforeAScriptOfItsName()
    {
        using var project = new TempProject("train.py: {main: other}\n");
        project.Write("train.py", "x = 1\n");

        Assert.False(Project.OpenFor(project.ProjectPath, "train.py").IsScript);
        Assert.True(Project.OpenFor(project.ProjectPath, "./train.py").IsScript);
    }

    [Fact]
    public void ANameThatIsNoFileIsLookedForInTheGuildFile()
    {
        using var project = Scripts();

        Assert.Throws<GuildFileNotFoundException>(() => Project.OpenFor(project.ProjectPath, "none.py"));
        Assert.Throws<GuildFileNotFoundException>(() => Project.OpenFor(project.ProjectPath, "train"));
    }

    private static TempProject Scripts()
    {
        var project = new TempProject("train: x\n");
        File.Delete(project.PathOf("guild.yml"));
        project.Write("train.py", "lr = 0.1\nsteps = 4\nprint(lr, steps)\n");
        return project;
    }

    private static RunRequest Request(TempProject project, string name, string flag, string value) => new()
    {
        Project = Project.OpenFor(project.ProjectPath, name),
        Operation = name,
        Flags = [KeyValuePair.Create(flag, (FlagInput)new FlagText(value))],
    };
}
