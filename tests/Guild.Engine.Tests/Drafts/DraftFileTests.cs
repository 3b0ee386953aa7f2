using Guild.Engine.Drafts;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.Drafts;

/// <summary>How a Guild file gets to its place.</summary>
public sealed class DraftFileTests : IDisposable
{
    private readonly TempProject _project = new("old: x\n");

    [Fact]
    public void AGuildFileIsKept()
    {
        var error = Assert.Throws<GuildFileExistsException>(() => Draft(ExistingGuildFile.Kept));

        Assert.Equal(_project.PathOf("guild.yml"), error.Path);
        AssertOnly("old: x\n");
    }

    [Fact]
    public void AGuildFileThatAppearsMeanwhileIsKept()
    {
        File.Delete(_project.PathOf("guild.yml"));
        var draft = Draft(ExistingGuildFile.Kept);
        _project.Write("guild.yml", "new: y\n");

        Assert.Throws<GuildFileExistsException>(() => draft.Write(ExistingGuildFile.Kept));

        AssertOnly("new: y\n");
    }

    [Fact]
    public void AGuildFileIsReplacedWholeWhenAskedFor()
    {
        var draft = Draft(ExistingGuildFile.Replaced);

        draft.Write(ExistingGuildFile.Replaced);

        AssertOnly(draft.Text);
    }

    [Fact]
    public void ALinkStaysALinkAndWhatItLeadsToIsReplaced()
    {
        _project.Write("sub/real.yml", "old: x\n");
        File.Delete(_project.PathOf("guild.yml"));
        File.CreateSymbolicLink(_project.PathOf("guild.yml"), Path.Combine("sub", "real.yml"));

        var draft = Draft(ExistingGuildFile.Replaced);
        draft.Write(ExistingGuildFile.Replaced);

        Assert.NotNull(new FileInfo(_project.PathOf("guild.yml")).LinkTarget);
        Assert.Equal(draft.Text, File.ReadAllText(_project.PathOf("sub/real.yml")));
    }

    [Fact]
    public void ALinkThatLeadsNowhereCountsAsAFile()
    {
        File.Delete(_project.PathOf("guild.yml"));
        File.CreateSymbolicLink(_project.PathOf("guild.yml"), "nowhere");

        Assert.Throws<GuildFileExistsException>(() => Draft(ExistingGuildFile.Kept));
    }

    [Fact]
    public void WhatCannotBeWrittenLeavesNothingBehind()
    {
        File.Delete(_project.PathOf("guild.yml"));
        Directory.CreateDirectory(_project.PathOf("guild.yml"));

        Assert.ThrowsAny<Exception>(() => Draft(ExistingGuildFile.Replaced).Write(ExistingGuildFile.Replaced));

        Assert.Equal([_project.PathOf("guild.yml")], Directory.EnumerateFileSystemEntries(_project.ProjectPath));
    }

    [Fact]
    public void TheRightsOfTheFileStay()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.SetUnixFileMode(_project.PathOf("guild.yml"), mode);

        Draft(ExistingGuildFile.Replaced).Write(ExistingGuildFile.Replaced);

        Assert.Equal(mode, File.GetUnixFileMode(_project.PathOf("guild.yml")));
    }

    [Fact]
    public void AFileOfAnotherNameIsAWarning()
    {
        _project.Write("guild.yaml", "x: y\n");

        GuildFileDrafting.Of(_project.ProjectPath, null, ExistingGuildFile.Replaced, _project.Context, _project.Events);

        Assert.Contains("guild.yaml' is not read", Assert.Single(_project.Events.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void AFolderThatIsNotThereAndAFileAreRefused()
    {
        Assert.Throws<RequestException>(() => GuildFileDrafting.PathFor(_project.PathOf("nowhere"), ExistingGuildFile.Replaced));
        Assert.Throws<RequestException>(() => GuildFileDrafting.PathFor(_project.PathOf("guild.yml"), ExistingGuildFile.Replaced));
    }

    [Fact]
    public void AReadingThatIsCancelledWritesNothing()
    {
        File.Delete(_project.PathOf("guild.yml"));
        _project.Write("x.py", "import argparse\np = argparse.ArgumentParser()\nfor n in 'ab': p.add_argument('--' + n)\np.parse_args()\n");

        Assert.ThrowsAny<OperationCanceledException>(() => GuildFileDrafting.Of(_project.ProjectPath, null, ExistingGuildFile.Kept, _project.Context, null, new CancellationToken(canceled: true)));

        Assert.False(File.Exists(_project.PathOf("guild.yml")));
    }

    public void Dispose() => _project.Dispose();

    private GuildFileDraft Draft(ExistingGuildFile existing) => GuildFileDrafting.Of(_project.ProjectPath, null, existing, _project.Context);

    private void AssertOnly(string text)
    {
        Assert.Equal(text, File.ReadAllText(_project.PathOf("guild.yml")));
        Assert.Equal([_project.PathOf("guild.yml")], Directory.EnumerateFileSystemEntries(_project.ProjectPath));
    }
}
