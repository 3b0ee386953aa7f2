using Guild.Engine.Runs;
using Guild.Engine.Scalars;
using Microsoft.Data.Sqlite;

namespace Guild.Engine.Tests.Runs.Index;

public sealed class RunIndexTests : IDisposable
{
    // All that a test writes is settled in the eyes of this clock.
    private static readonly StandingClock Later = new(DateTimeOffset.UtcNow.AddHours(1));

    private readonly TestHome _home = new();

    private string IndexPath => Path.Join(_home.Home.CacheDirectory, "run-index.db");

    public void Dispose() => _home.Dispose();

    [Fact]
    public void A_run_out_of_the_index_says_what_its_directory_says()
    {
        var directory = _home.AddRun();
        foreach (var (name, value) in Everything)
        {
            directory.WriteAttribute(name, value);
        }

        var prototype = new RunDirectory(directory.PrototypePath);
        Directory.CreateDirectory(prototype.AttributesPath);
        prototype.WriteOpRef(TestHome.Train);
        prototype.WriteAttribute("flags", new Dictionary<string, object?> { ["lr"] = new List<object?> { 0.1, 0.2 } });
        List();
        var fromIndex = Assert.Single(List());
        var fromDisk = Assert.Single(_home.Store.List());

        Assert.Equivalent(fromDisk.Content.Head, fromIndex.Content.Head, strict: true);
        Assert.Equivalent(fromDisk.Content.Details, fromIndex.Content.Details, strict: true);
        Assert.Equivalent(fromDisk.Content.Attributes, fromIndex.Content.Attributes, strict: true);
        Assert.Equal(fromDisk.Flags.Keys, fromIndex.Flags.Keys);
        Assert.Equal(double.NaN, fromIndex.Flags["nan"]);
        AssertIsIndexed(directory);
    }

    [Fact]
    public void The_order_out_of_the_index_is_that_of_the_directories()
    {
        for (var i = 0; i < 5; i++)
        {
            _home.AddRun();
        }

        _home.AddBareRun("0000", TestHome.Train);
        List();
        Assert.Equal(Ids(_home.Store.List()), Ids(List()));
        Assert.Equal(Ids(_home.Store.List()).Take(2), Ids(_home.Indexed(Later).List(limit: 2)));
        Assert.Equal(Ids(_home.Store.List()), _home.Indexed(Later).OrderedIds(RunPlace.Runs));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_another_tool_changes_is_seen_at_the_next_look(bool isShort)
    {
        var directory = _home.AddRun();
        directory.WriteAttribute("label", "first");
        var labels = new List<string?>();
        foreach (var change in new Action[]
        {
            () => { },
            () => Overwrite(directory, "label", "second"),
            () => Overwrite(directory, "label", "third"),
            () => directory.DeleteAttribute("label"),
            () => directory.CreateAttribute("label", "fourth"),
        })
        {
            change();
            labels.Add(Assert.Single(isShort ? _home.Indexed(Later).List(limit: 1) : List()).Label);
        }

        Assert.Equal(["first", "second", "third", null, "fourth"], labels);
    }

    [Theory]
    [InlineData("tags", "- a\n", "- b\n")]
    [InlineData("comments", "- {body: one, user: u, host: h, time: 1}\n", "- {body: two, user: u, host: h, time: 1}\n")]
    public void Tags_and_comments_that_are_rewritten_in_place_are_seen(string name, string before, string after)
    {
        var directory = _home.AddRun();
        var path = Path.Join(directory.AttributesPath, name);
        File.WriteAllText(path, before);
        List();
        File.WriteAllText(path, after);
        File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(path).AddMilliseconds(10));
        var run = Assert.Single(List());
        Assert.Equal(name == "tags" ? "b" : "two", name == "tags" ? Assert.Single(run.Tags) : Assert.Single(run.Comments).Body);
    }

    [Fact]
    public void Runs_that_come_and_go_and_are_restarted_are_seen()
    {
        var kept = _home.AddRun();
        var deleted = _home.AddRun();
        List();
        Directory.Delete(deleted.Path, recursive: true);
        var added = _home.AddRun();
        Assert.Equal([added.Id, kept.Id], Ids(List()));

        File.WriteAllText(kept.LockPath, "77");
        _home.Processes[77] = 5;
        Assert.Equal(RunStatus.Running, List().Single(run => run.Id == kept.Id).Status);
        _home.Processes.Clear();
        File.Delete(kept.LockPath);
        Assert.Equal(RunStatus.Completed, List().Single(run => run.Id == kept.Id).Status);
    }

    [Fact]
    public void A_run_that_has_not_ended_is_read_each_time()
    {
        var directory = _home.AddRun(exitStatus: null);
        File.WriteAllText(directory.LockPath, "77");
        _home.Processes[77] = 5;
        List();
        Assert.Equal(RunStatus.Running, Assert.Single(List()).Status);
        _home.Processes.Clear();
        Assert.Equal(RunStatus.Error, Assert.Single(List()).Status);
        AssertIsNotIndexed(directory);
    }

    [Fact]
    public void A_dead_lock_beside_an_exit_status_is_asked_for_each_time()
    {
        var directory = _home.AddRun();
        File.WriteAllText(directory.LockPath, "77");
        List();
        Assert.Equal(RunStatus.Completed, Assert.Single(List()).Status);
        _home.Processes[77] = 5;
        Assert.Equal(RunStatus.Running, Assert.Single(List()).Status);
    }

    [Fact]
    public void What_was_changed_just_now_is_not_believed_yet()
    {
        var directory = _home.AddRun();
        var now = new StandingClock(DateTimeOffset.UtcNow.AddSeconds(1));
        _ = _home.Indexed(now).List().ToList();
        AssertIsNotIndexed(directory);
        _ = _home.Indexed(Later).List().ToList();
        AssertIsIndexed(directory);
    }

    [Fact]
    public void A_change_from_the_future_is_not_believed()
    {
        var directory = _home.AddRun();
        _ = _home.Indexed(new StandingClock(DateTimeOffset.UtcNow.AddHours(-1))).List().ToList();
        AssertIsNotIndexed(directory);
    }

    [Fact]
    public void An_attribute_overwritten_by_hand_is_seen_with_a_refresh()
    {
        var directory = _home.AddRun();
        directory.WriteAttribute("flags", new Dictionary<string, object?> { ["lr"] = 1L });
        List();
        Overwrite(directory, "flags", new Dictionary<string, object?> { ["lr"] = 2L });
        Assert.Equal(1L, Assert.Single(List()).Flags["lr"]);
        Assert.Equal(2L, Assert.Single(_home.Indexed(Later, isRefresh: true).List()).Flags["lr"]);
        Assert.Equal(2L, Assert.Single(List()).Flags["lr"]);
    }

    [Fact]
    public void The_trash_has_rows_of_its_own()
    {
        var run = _home.Read(_home.AddRun());
        List();
        _home.Store.Delete(run);
        Assert.Empty(List());
        Assert.Equal(run.Id, Assert.Single(_home.Indexed(Later).List(RunPlace.Trash)).Id);
        _home.Store.Restore(run);
        Assert.Equal(run.Id, Assert.Single(List()).Id);
        Assert.Empty(_home.Indexed(Later).List(RunPlace.Trash));
    }

    [Theory]
    [InlineData("this is no database, and long enough to be read as the header of one, were it not for its first words; so it is thrown away.")]
    [InlineData("")]
    public void A_file_that_is_no_index_is_made_anew(string text)
    {
        var directory = _home.AddRun();
        Directory.CreateDirectory(_home.Home.CacheDirectory);
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
            _home.AddRun().WriteAttribute("label", new string('x', 500) + i);
        }

        var expected = Ids(_home.Store.List());
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
        _home.AddRun();
        _home.AddRun();
        List();
        Execute(change);
        Assert.Equal(Ids(_home.Store.List()), Ids(List()));
        Assert.Equal(Ids(_home.Store.List()), Ids(_home.Indexed(Later).List(limit: 2)));
    }

    [Fact]
    public void An_index_of_another_version_or_home_is_made_anew()
    {
        var directory = _home.AddRun();
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
        var directory = _home.AddRun();
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
        var directory = _home.AddRun();
        File.WriteAllText(_home.Home.CacheDirectory, "a file where the folder should be");
        var local = _home.OutsideHome("cache");
        _ = _home.Indexed(Later, local).List().ToList();
        Assert.Single(Directory.GetFiles(local, "*.db", SearchOption.AllDirectories));
        Assert.Equal([directory.Id], Ids(_home.Indexed(Later, local).List()));
        Assert.Equal([directory.Id], Ids(_home.Indexed(Later).List()));
    }

    [Fact]
    public void The_scalars_of_an_indexed_run_are_read_once()
    {
        var directory = _home.AddRun();
        var path = Path.Join(directory.GuildPath, "events.out.tfevents.1.here.1");
        using (var writer = new EventFileWriter(path))
        {
            writer.Add("loss", 0.5f, 1, 0);
            writer.Add("loss", float.NaN, 2, 0);
        }

        var store = _home.Indexed(Later);
        var first = store.List().ToList();
        store.LoadScalars(first, CancellationToken.None);

        // In place, which the folder does not show.
        File.WriteAllBytes(path, []);
        var second = Assert.Single(store.List());
        Assert.True(double.IsNaN(second.LastValues["loss"]));
    }

    [Fact]
    public void Scalars_that_are_those_of_other_runs_are_not_indexed()
    {
        var trial = _home.AddRun();
        using (var writer = new EventFileWriter(Path.Join(trial.GuildPath, "events.out.tfevents.1.here.1")))
        {
            writer.Add("loss", 1, 1, 0);
        }

        var batch = _home.AddRun();
        Directory.CreateSymbolicLink(Path.Join(batch.Path, trial.Id), trial.Path);
        List();
        var store = _home.Indexed(Later);
        store.LoadLastValues([.. store.List()], CancellationToken.None);
        using (var writer = new EventFileWriter(Path.Join(trial.GuildPath, "events.out.tfevents.2.here.1")))
        {
            writer.Add("loss", 2, 2, 0);
        }

        Assert.Equal(2, store.List().Single(run => run.Id == batch.Id).LastValues[$"{trial.Id}/.guild#loss"]);
    }

    private static readonly Dictionary<string, object?> Everything = new()
    {
        ["flags"] = new Dictionary<string, object?>
        {
            ["null"] = null,
            ["yes"] = true,
            ["no"] = false,
            ["least"] = long.MinValue,
            ["most"] = long.MaxValue,
            ["pi"] = Math.PI,
            ["nan"] = double.NaN,
            ["text"] = "ünï — 文",
            ["list"] = new List<object?> { 1L, "a", new List<object?>() },
            ["map"] = new Dictionary<string, object?> { ["a"] = -1L },
        },
        ["initialized"] = 1_700_000_000_000_000L,
        ["stopped"] = 1_800_000_000_000_001L,
        ["label"] = "lr=0.1",
        ["tags"] = new List<object?> { "a", "b" },
        ["marked"] = true,
        ["cmd"] = new List<object?> { "python", "-m", "train" },
        ["sourcecode_digest"] = "abc",
        ["secret_flags"] = new List<object?> { "key" },
        ["notes"] = new List<object?> { "Something." },
        ["host"] = "here",
        ["comments"] = new List<object?> { new Dictionary<string, object?> { ["body"] = "b", ["user"] = "u", ["host"] = "h", ["time"] = 5L } },
    };

    private List<Run> List() => [.. _home.Indexed(Later).List()];

    private static List<string> Ids(IEnumerable<Run> runs) => [.. runs.Select(run => run.Id)];

    // As Guild AI does: the file is truncated and written again, which no folder shows.
    private static void Overwrite(RunDirectory directory, string name, object? value)
    {
        var path = Path.Join(directory.AttributesPath, name);
        var before = File.GetLastWriteTimeUtc(path);
        File.WriteAllText(path, Guild.Engine.Yaml.YamlText.Write(value));
        File.SetLastWriteTimeUtc(path, before.AddSeconds(1));
    }

    // A change that the index cannot see tells that a run comes out of it.
    private void AssertIsIndexed(RunDirectory directory)
    {
        Assert.Equal(1L, Rows(directory));
        Overwrite(directory, "started", 1L);
        Assert.NotEqual(DateTimeOffset.UnixEpoch.AddMicroseconds(1), List().Single(run => run.Id == directory.Id).Started);
    }

    private void AssertIsNotIndexed(RunDirectory directory) => Assert.Equal(0L, Rows(directory));

    private object? Rows(RunDirectory directory) => Execute($"SELECT count(*) FROM run WHERE id = '{directory.Id}'");

    private object? Execute(string text)
    {
        using var connection = new SqliteConnection($"Data Source={IndexPath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = text;
        return command.ExecuteScalar();
    }
}
