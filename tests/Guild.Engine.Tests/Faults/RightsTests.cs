using System.Runtime.Versioning;
using Guild.Engine.Runs;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.Faults;

/// <summary>What comes of a run whose user may not read or write what it needs.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class RightsTests : IDisposable
{
    private const string GuildFile = "{op: {exec: 'true', requires: [{file: data/rows.csv}]}, folder: {exec: 'true', requires: [{file: data}]}, free: {exec: 'true'}}";

    private readonly TempProject _project = new(GuildFile);

    private readonly string _home;

    public RightsTests()
    {
        _home = Directory.CreateDirectory(_project.PathOf("../home")).FullName;
        _project.Write("data/rows.csv", "rows");
        _project.Write("data/more/rows.csv", "rows");
        Nobody.LetIn(_project.ProjectPath);
        Nobody.LetIn(_project.PathOf("data/more"));
        Nobody.LetWrite(_home);
    }

    public void Dispose()
    {
        foreach (var path in new[] { "data", "data/more", "data/rows.csv" })
        {
            File.SetUnixFileMode(_project.PathOf(path), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        _project.Dispose();
    }

    [NobodyFact]
    public async Task A_file_that_may_not_be_read_is_named()
    {
        File.SetUnixFileMode(_project.PathOf("data/rows.csv"), UnixFileMode.UserRead);

        var said = await Run("op");

        Assert.StartsWith("ResourceException: Source 'file:data/rows.csv'", said, StringComparison.Ordinal);
        Assert.Contains("denied", said, StringComparison.Ordinal);
        Assert.Equal(RunStatus.Error, new RunStore(new GuildHome(_home)).List().Single().Status);
    }

    [NobodyFact]
    public async Task A_file_in_a_folder_that_may_not_be_entered_is_not_called_missing()
    {
        File.SetUnixFileMode(_project.PathOf("data"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var said = await Run("op");

        Assert.StartsWith("ResourceException: Source 'file:data/rows.csv'", said, StringComparison.Ordinal);
        Assert.Contains("denied", said, StringComparison.Ordinal);
        Assert.DoesNotContain("there is no", said, StringComparison.Ordinal);
    }

    [NobodyFact]
    public async Task A_folder_of_which_a_part_may_not_be_read_is_not_taken_in_part()
    {
        File.SetUnixFileMode(_project.PathOf("data/more"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var said = await Run("folder");

        Assert.StartsWith("ResourceException: Source 'file:data'", said, StringComparison.Ordinal);
        Assert.Contains("data/more", said, StringComparison.Ordinal);
    }

    [NobodyFact]
    public async Task A_home_that_may_not_be_written_is_named_and_left_as_it_is()
    {
        File.SetUnixFileMode(_home, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

        var said = await Run("free");

        Assert.StartsWith("HomeException: ", said, StringComparison.Ordinal);
        Assert.Contains(_home, said, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_home));
    }

    [NobodyFact]
    public async Task A_Guild_file_that_may_not_be_read_is_a_finding()
    {
        File.SetUnixFileMode(_project.PathOf("guild.yml"), UnixFileMode.UserRead);

        var said = await Run("free");

        Assert.StartsWith("GuildFileException: ", said, StringComparison.Ordinal);
        Assert.Contains("guild.yml(1,1): The file cannot be read", said, StringComparison.Ordinal);
    }

    [NobodyFact]
    public async Task Source_code_that_may_not_be_read_is_left_out()
    {
        _project.Write("secret.py", "x = 1");
        File.SetUnixFileMode(_project.PathOf("secret.py"), UnixFileMode.UserRead);

        Assert.Equal("", await Run("free"));

        var run = new RunStore(new GuildHome(_home)).List().Single();
        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.False(File.Exists(Path.Combine(run.Directory.Path, "secret.py")));
        Assert.True(run.Directory.HasAttribute("sourcecode_left_out"));
    }

    private Task<string> Run(string operation) => Nobody.Run(_project.ProjectPath, _home, operation);
}
