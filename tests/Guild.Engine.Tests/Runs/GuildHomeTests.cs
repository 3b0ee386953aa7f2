using Guild.Engine.Runs;

namespace Guild.Engine.Tests.Runs;

public sealed class GuildHomeTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("guild-home-search-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void The_home_that_was_asked_for_wins()
    {
        Folder("ada/project/.guild");
        Assert.Equal(At("asked"), Locate("ada/project", explicitHome: At("asked"), ("GUILD_HOME", At("variable"))));
    }

    [Fact]
    public void A_relative_home_lies_in_the_current_folder()
    {
        Assert.Equal(At("ada/project/mine"), Locate("ada/project", explicitHome: "mine"));
    }

    [Fact]
    public void A_tilde_is_the_folder_of_the_user()
    {
        Assert.Equal(At("ada/mine"), Locate("elsewhere", explicitHome: "~/mine"));
    }

    [Fact]
    public void The_variable_wins_over_what_is_on_the_disk()
    {
        Folder("ada/project/.guild");
        Assert.Equal(At("variable"), Locate("ada/project", explicitHome: null, ("GUILD_HOME", At("variable"))));
    }

    [Fact]
    public void An_empty_variable_says_nothing()
    {
        Assert.Equal(At("ada/.guild"), Locate("ada/project", explicitHome: "", ("GUILD_HOME", "")));
    }

    [Theory]
    [InlineData("VIRTUAL_ENV")]
    [InlineData("CONDA_PREFIX")]
    public void The_home_of_an_activated_environment_wins_over_that_of_the_project(string variable)
    {
        Folder("ada/project/.guild");
        Folder("ada/env/.guild");
        Assert.Equal(At("ada/env/.guild"), Locate("ada/project", explicitHome: null, (variable, At("ada/env"))));
    }

    [Fact]
    public void An_activated_environment_without_a_home_does_not_get_one()
    {
        Folder("ada/env");
        Folder("ada/project/.guild");
        Assert.Equal(At("ada/project/.guild"), Locate("ada/project", explicitHome: null, ("VIRTUAL_ENV", At("ada/env"))));
    }

    [Fact]
    public void The_nearest_home_upward_is_taken()
    {
        Folder("ada/.guild");
        Folder("ada/work/.guild");
        Folder("ada/work/project/src");
        Assert.Equal(At("ada/work/.guild"), Locate("ada/work/project/src", explicitHome: null));
    }

    [Fact]
    public void The_search_ends_at_the_folder_of_the_user()
    {
        Folder(".guild");
        Folder("ada/project");
        Assert.Equal(At("ada/.guild"), Locate("ada/project", explicitHome: null));
    }

    [Fact]
    public void Outside_of_the_users_folder_the_search_goes_to_the_root()
    {
        Folder("srv/.guild");
        Folder("srv/project/src");
        Assert.Equal(At("srv/.guild"), Locate("srv/project/src", explicitHome: null));
    }

    [Fact]
    public void The_record_of_a_run_is_no_home()
    {
        Folder("ada/.guild/runs/0b954740/.guild/attrs");
        Assert.Equal(At("ada/.guild"), Locate("ada/.guild/runs/0b954740", explicitHome: null));
    }

    [Fact]
    public void The_places_of_a_home_are_those_of_Guild_AI()
    {
        var home = new GuildHome(At("home") + Path.DirectorySeparatorChar);
        Assert.Equal(At("home"), home.Path);
        Assert.Equal(At("home/runs"), home.RunsDirectory);
        Assert.Equal(At("home/trash/runs"), home.TrashDirectory);
        Assert.Equal(At("home/cache"), home.CacheDirectory);
        Assert.Equal(At("home/staging"), home.StagingDirectory);
        Assert.False(Directory.Exists(home.Path));
    }

    private string Locate(string current, string? explicitHome, params (string Name, string Value)[] environment)
    {
        Folder(current);
        return GuildHome.Locate(new HomeSearch(explicitHome, environment.ToDictionary(v => v.Name, v => v.Value), At(current), At("ada")));
    }

    private string At(string path) => Path.Join(_root, path.Replace('/', Path.DirectorySeparatorChar));

    private void Folder(string path) => Directory.CreateDirectory(At(path));
}
