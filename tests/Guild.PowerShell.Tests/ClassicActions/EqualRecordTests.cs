using Guild.PowerShell.Tests.Hosting;

namespace Guild.PowerShell.Tests.ClassicActions;

/// <summary>The ways to run an operation differ in how they are typed, and in nothing that is recorded.</summary>
public sealed class EqualRecordTests : IDisposable
{
    private readonly TemporaryDirectory _home = new();
    private readonly ModuleSession _session = new();

    [Fact]
    public void Flags_by_table_by_parameter_and_by_word_leave_equal_records()
    {
        _session.SetVariable("IrisHome", _home.Path);
        _session.Run("$null = $ExecutionContext.SessionState.Path.SetLocation($args[0])", Path.Combine(BuiltFiles.RepositoryRoot, "examples", "iris"));
        _session.Run("guild -H $IrisHome run iris:train epochs=10 -y");
        string home = Environment.GetEnvironmentVariable("GUILD_HOME") ?? "";
        try
        {
            Environment.SetEnvironmentVariable("GUILD_HOME", _home.Path);
            _session.Run("$null = Invoke-GuildOperation iris:train -epochs 10");
            _session.Run("$null = Invoke-GuildOperation iris:train -Flag @{ epochs = 10 }");
        }
        finally
        {
            Environment.SetEnvironmentVariable("GUILD_HOME", home.Length == 0 ? null : home);
        }

        string[] runs = Directory.GetDirectories(Path.Combine(_home.Path, "runs"));
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
        _home.Dispose();
    }

    // A run's own id, which its environment names, is all that may differ.
    private static string Attribute(string run, string name) =>
        File.ReadAllText(Path.Combine(run, ".guild", "attrs", name)).Replace(Path.GetFileName(run), "ID", StringComparison.Ordinal);
}
