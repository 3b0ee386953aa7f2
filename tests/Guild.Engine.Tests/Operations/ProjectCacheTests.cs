using Guild.Engine.Operations;

namespace Guild.Engine.Tests.Operations;

public sealed class ProjectCacheTests
{
    [Fact]
    public void A_project_that_has_not_changed_for_a_while_is_read_once()
    {
        using var project = new TempProject("{a: x}");
        File.SetLastWriteTimeUtc(project.PathOf("guild.yml"), DateTime.UtcNow.AddMinutes(-1));
        Assert.Same(Project.Open(project.ProjectPath), Project.Open(project.PathOf("guild.yml")));
    }

    [Fact]
    public void A_project_that_was_written_a_moment_ago_is_read_again_even_with_the_same_size_and_time()
    {
        using var project = new TempProject("{a: x}");
        Assert.Equal("a", Project.Open(project.ProjectPath).Operations.Single().Name);
        var time = File.GetLastWriteTimeUtc(project.PathOf("guild.yml"));
        project.Write("guild.yml", "{b: x}");
        File.SetLastWriteTimeUtc(project.PathOf("guild.yml"), time);
        Assert.Equal("b", Project.Open(project.ProjectPath).Operations.Single().Name);
    }

    [Fact]
    public void A_project_with_another_time_is_read_again()
    {
        using var project = new TempProject("{a: x}");
        File.SetLastWriteTimeUtc(project.PathOf("guild.yml"), DateTime.UtcNow.AddMinutes(-2));
        _ = Project.Open(project.ProjectPath);
        project.Write("guild.yml", "{b: x}");
        File.SetLastWriteTimeUtc(project.PathOf("guild.yml"), DateTime.UtcNow.AddMinutes(-1));
        Assert.Equal("b", Project.Open(project.ProjectPath).Operations.Single().Name);
    }

    [Fact]
    public void A_guild_file_with_errors_is_not_kept()
    {
        using var project = new TempProject("{a: {main: 1, nope");
        Assert.Throws<GuildFileException>(() => Project.Open(project.ProjectPath));
        project.Write("guild.yml", "{a: x}");
        Assert.Single(Project.Open(project.ProjectPath).Operations);
    }

    [Fact]
    public void A_folder_without_a_guild_file_is_named_in_the_error()
    {
        using var project = new TempProject("{a: x}");
        File.Delete(project.PathOf("guild.yml"));
        Assert.Contains(project.ProjectPath, Assert.Throws<GuildFileNotFoundException>(() => Project.Open(project.ProjectPath)).Message, StringComparison.Ordinal);
    }
}
