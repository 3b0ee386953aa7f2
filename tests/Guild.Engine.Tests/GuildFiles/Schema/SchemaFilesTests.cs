using Guild.Engine.Drafts;
using Guild.Engine.GuildFiles;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.GuildFiles.Schema;

/// <summary>Guild files that are right are right for editors too.</summary>
public sealed class SchemaFilesTests
{
    public static TheoryData<string> Files =>
    [
        .. new[] { "examples", Path.Combine("tests", "Guild.Engine.Tests", "Fixtures") }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(TempProject.RepositoryRoot, folder), GuildFileReader.FileName, SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(TempProject.RepositoryRoot, path)),
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void AnExampleIsRightHoweverItsEditorReadsYes(string path)
    {
        var text = File.ReadAllText(Path.Combine(TempProject.RepositoryRoot, path));

        Assert.Empty(GuildFileSchema.Errors(GuildFileSchema.Read(text)));
        Assert.Empty(GuildFileSchema.Errors(GuildFileSchema.ReadAsEditor(text)));
    }

    [Fact]
    public void TheExamplesAreFound() => Assert.True(Files.Count > 3, "Few Guild files were found.");

    [Fact]
    public void AGuildFileThatWasMadeOfScriptsIsRight()
    {
        using var project = new TempProject("");
        project.Write("train.py", "lr = 0.1\nprint(lr)\n");

        var text = GuildFileDrafting.Of(project.ProjectPath, null, ExistingGuildFile.Replaced, project.Context).Text;

        Assert.Empty(GuildFileSchema.Errors(GuildFileSchema.Read(text)));
        Assert.Empty(GuildFileSchema.Errors(GuildFileSchema.ReadAsEditor(text)));
    }

    [Theory]
    [InlineData("yes", true)]
    [InlineData("no", true)]
    [InlineData("On", true)]
    [InlineData("true", true)]
    [InlineData("yess", false)]
    [InlineData("1", false)]
    public void YesAndNoAreRightInAnEditorThatTakesThemForTexts(string value, bool isRight) =>
        Assert.Equal(isRight, GuildFileSchema.Accepts(GuildFileSchema.ReadAsEditor($"train:\n  stoppable: {value}\n")));

    [Theory]
    [InlineData("- model: m\n  operation:\n    train: train\n")]
    [InlineData("train:\n  mian: train\n")]
    [InlineData("train:\n  flags:\n    lr:\n      typ: 3\n      type: integer\n")]
    [InlineData("train:\n  requires:\n    - fil: x\n")]
    public void MistakesThatPeopleMakeAreSeen(string text) => Assert.NotEmpty(GuildFileSchema.Errors(GuildFileSchema.Read(text)));
}
