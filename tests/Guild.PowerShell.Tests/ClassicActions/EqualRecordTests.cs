using Guild.PowerShell.Tests.Hosting;

namespace Guild.PowerShell.Tests.ClassicActions;

/// <summary>The ways to run an operation differ in how they are typed, and in nothing that is recorded.</summary>
public sealed class EqualRecordTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ModuleSession _session = new();

    [Fact]
    public void Flags_by_table_by_parameter_and_by_word_leave_equal_records()
    {
        // The nearest .guild is the home: the variable GUILD_HOME would be that of every session of this process.
        string project = ExampleProject.CopyTo(Path.Combine(_directory.Path, "iris"));
        string home = Directory.CreateDirectory(Path.Combine(_directory.Path, ".guild")).FullName;
        _session.Run("$null = $ExecutionContext.SessionState.Path.SetLocation($args[0])", project);
        _session.Run("guild run iris:train epochs=10 -y");
        _session.Run("$null = Invoke-GuildOperation iris:train -epochs 10");
        _session.Run("$null = Invoke-GuildOperation iris:train -Flag @{ epochs = 10 }");

        string[] runs = Directory.GetDirectories(Path.Combine(home, "runs"));
        Assert.Equal(3, runs.Length);
        foreach (string attribute in (string[])["flags", "user_flags", "cmd", "label", "op", "sourcecode_digest", "exit_status", "env"])
        {
            Assert.Single(runs.Select(run => Attribute(run, attribute)).Distinct(StringComparer.Ordinal));
        }

        Assert.Equal("0\n", Attribute(runs[0], "exit_status"));
    }

    [Fact]
    public void Help_shows_the_flags_of_the_example()
    {
        _session.Run("$null = $ExecutionContext.SessionState.Path.SetLocation($args[0])", Path.Combine(BuiltFiles.RepositoryRoot, "examples", "iris"));

        string[] lines = [.. _session.Run("guild train --help-op").Text];

        Assert.Contains("  epochs         How many times the rows are gone through (default is 50)", lines);
        Assert.Contains("  learning-rate  Size of a step against the gradient (default is 0.1)", lines);
    }

    public void Dispose()
    {
        _session.Dispose();
        _directory.Dispose();
    }

    // A run's own id, which its environment names, is all that may differ.
    private static string Attribute(string run, string name) =>
        File.ReadAllText(Path.Combine(run, ".guild", "attrs", name)).Replace(Path.GetFileName(run), "ID", StringComparison.Ordinal);
}
