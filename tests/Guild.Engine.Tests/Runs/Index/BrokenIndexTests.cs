using Microsoft.Data.Sqlite;

namespace Guild.Engine.Tests.Runs.Index;

/// <summary>An index that is torn, locked, of another version or cannot be written costs no run and no error.</summary>
public sealed class BrokenIndexTests : IndexedHome
{
    [Theory]
    [InlineData("this is no database, and long enough to be read as the header of one, were it not for its first words; so it is thrown away.")]
    [InlineData("")]
    public void A_file_that_is_no_index_is_made_anew(string text)
    {
        var directory = Files.AddRun();
        Directory.CreateDirectory(Files.Home.CacheDirectory);
        File.WriteAllText(IndexPath, text);
        Assert.Single(List());
        Assert.Single(List());
        AssertIsIndexed(directory);
    }

    [Fact]
    public void An_index_with_torn_pages_costs_no_run()
    {
        for (var i = 0; i < 30; i++)
        {
            Files.AddRun().WriteAttribute("label", new string('x', 500) + i);
        }

        var expected = Ids(Files.Store.List());
        List();
        var whole = File.ReadAllBytes(IndexPath);
        var random = new Random(5);
        for (var round = 0; round < 40; round++)
        {
            var torn = whole.ToArray();
            random.NextBytes(torn.AsSpan(random.Next(torn.Length - 600), 600));
            File.WriteAllBytes(IndexPath, torn);
            Assert.Equal(expected, Ids(List()));
            Assert.All(List(), run => Assert.StartsWith("xxx", run.Label, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("UPDATE run SET time = -time")]
    [InlineData("UPDATE run SET guild = 'x', time = 'y'")]
    [InlineData("UPDATE content SET content = 'x'")]
    [InlineData("UPDATE content SET sum = 1.5")]
    [InlineData("DROP TABLE content")]
    [InlineData("DROP TABLE run; CREATE TABLE run (key, place, id, time, guild, rest, rewritten, sum); INSERT INTO run (place) VALUES (0)")]
    public void What_is_not_as_it_was_written_is_not_believed(string change)
    {
        Files.AddRun();
        Files.AddRun();
        List();
        Execute(change);
        Assert.Equal(Ids(Files.Store.List()), Ids(List()));
        Assert.Equal(Ids(Files.Store.List()), Ids(Files.Indexed(Later).List(limit: 2)));
    }

    [Fact]
    public void An_index_of_another_version_or_home_is_made_anew()
    {
        var directory = Files.AddRun();
        List();
        Execute("PRAGMA user_version = 9999");
        List();
        Assert.Single(List());
        Execute("UPDATE home SET path = '/elsewhere'");
        Assert.Equal([directory.Id], Ids(List()));
    }

    [Fact]
    public void A_locked_index_is_done_without()
    {
        var directory = Files.AddRun();
        List();
        using var other = new SqliteConnection($"Data Source={IndexPath};Pooling=False");
        other.Open();
        using (var command = other.CreateCommand())
        {
            command.CommandText = "BEGIN EXCLUSIVE";
            command.ExecuteNonQuery();
        }

        Assert.Equal([directory.Id], Ids(List()));
    }

    [Fact]
    public void Where_the_home_cannot_hold_an_index_the_local_cache_does()
    {
        var directory = Files.AddRun();
        File.WriteAllText(Files.Home.CacheDirectory, "a file where the folder should be");
        var local = Files.OutsideHome("cache");
        _ = Files.Indexed(Later, local).List().ToList();
        Assert.Single(Directory.GetFiles(local, "*.db", SearchOption.AllDirectories));
        Assert.Equal([directory.Id], Ids(Files.Indexed(Later, local).List()));
        Assert.Equal([directory.Id], Ids(Files.Indexed(Later).List()));
    }
}
