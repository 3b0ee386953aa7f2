using Guild.Engine.Runs;
using Microsoft.Data.Sqlite;

namespace Guild.Engine.Tests.Runs.Index;

/// <summary>A home of its own whose runs are listed by an index.</summary>
public abstract class IndexedHome : IDisposable
{
    // All that a test writes is settled in the eyes of this clock.
    private protected static StandingClock Later { get; } = new(DateTimeOffset.UtcNow.AddHours(1));

    private protected TestHome Files { get; } = new();

    private protected string IndexPath => Path.Join(Files.Home.CacheDirectory, "run-index.db");

    public void Dispose()
    {
        Files.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected List<Run> List() => [.. Files.Indexed(Later).List()];

    private protected static List<string> Ids(IEnumerable<Run> runs) => [.. runs.Select(run => run.Id)];

    // As Guild AI does: the file is truncated and written again, which no folder shows.
    private protected static void Overwrite(RunDirectory directory, string name, object? value)
    {
        var path = Path.Join(directory.AttributesPath, name);
        var before = File.GetLastWriteTimeUtc(path);
        File.WriteAllText(path, Guild.Engine.Yaml.YamlText.Write(value));
        File.SetLastWriteTimeUtc(path, before.AddSeconds(1));
    }

    // A change that the index cannot see tells that a run comes out of it.
    private protected void AssertIsIndexed(RunDirectory directory)
    {
        Assert.Equal(1L, Rows(directory));
        Overwrite(directory, "started", 1L);
        Assert.NotEqual(DateTimeOffset.UnixEpoch.AddMicroseconds(1), List().Single(run => run.Id == directory.Id).Started);
    }

    private protected void AssertIsNotIndexed(RunDirectory directory) => Assert.Equal(0L, Rows(directory));

    private protected object? Rows(RunDirectory directory) => Execute($"SELECT count(*) FROM run WHERE id = '{directory.Id}'");

    private protected object? Execute(string text)
    {
        using var connection = new SqliteConnection($"Data Source={IndexPath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = text;
        return command.ExecuteScalar();
    }
}
