using Guild.Engine.SourceCode;

namespace Guild.Engine.Tests.SourceCode;

/// <summary>Tests with a real repository; they need git on the PATH and fail without it.</summary>
public sealed class SourceCommitTests : IDisposable
{
    private readonly ProjectFolder _project = new ProjectFolder().WithRepository().With("train.py");

    public void Dispose() => _project.Dispose();

    [Fact]
    public void A_committed_project_has_its_commit()
    {
        Commit();

        Assert.Matches("^git:[0-9a-f]{40}$", Read());
    }

    [Fact]
    public void A_project_with_changes_has_a_star_behind_its_commit()
    {
        Commit();
        _project.With("train.py", "changed");

        Assert.Matches(@"^git:[0-9a-f]{40}\*$", Read());
    }

    [Fact]
    public void A_repository_without_a_commit_has_none() => Assert.Null(Read());

    [Fact]
    public void A_folder_outside_of_any_repository_has_none()
    {
        using var folder = new ProjectFolder();

        Assert.Null(SourceCommit.Read(folder.Root, new SourceSnapshotOptions { GitProgram = ProjectFolder.Git }));
    }

    [Fact]
    public void Without_git_there_is_no_commit_and_no_error()
    {
        Commit();

        Assert.Null(SourceCommit.Read(_project.Root, new SourceSnapshotOptions()));
    }

    private string? Read() => SourceCommit.Read(_project.Root, new SourceSnapshotOptions { GitProgram = ProjectFolder.Git });

    private void Commit()
    {
        _project.RunGit("add", ".");
        _project.RunGit("commit", "--quiet", "--message", "One");
    }
}
