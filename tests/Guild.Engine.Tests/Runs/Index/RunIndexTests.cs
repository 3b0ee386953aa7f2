using Guild.Engine.Runs;
using Guild.Engine.Scalars;

namespace Guild.Engine.Tests.Runs.Index;

/// <summary>What the index says is what the directories say, however they were changed.</summary>
public sealed class RunIndexTests : IndexedHome
{
    [Fact]
    public void A_run_out_of_the_index_says_what_its_directory_says()
    {
        var directory = Files.AddRun();
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
        var fromDisk = Assert.Single(Files.Store.List());

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
            Files.AddRun();
        }

        Files.AddBareRun("0000", TestHome.Train);
        List();
        Assert.Equal(Ids(Files.Store.List()), Ids(List()));
        Assert.Equal(Ids(Files.Store.List()).Take(2), Ids(Files.Indexed(Later).List(limit: 2)));
        Assert.Equal(Ids(Files.Store.List()), Ids(Files.Indexed(Later).List(limit: 100)));
        Assert.Equal(Ids(Files.Store.List()), Files.Indexed(Later).OrderedIds(RunPlace.Runs));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_another_tool_changes_is_seen_at_the_next_look(bool isShort)
    {
        var directory = Files.AddRun();
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
            labels.Add(Assert.Single(isShort ? Files.Indexed(Later).List(limit: 1) : List()).Label);
        }

        Assert.Equal(["first", "second", "third", null, "fourth"], labels);
    }

    [Theory]
    [InlineData("tags", "- a\n", "- b\n")]
    [InlineData("comments", "- {body: one, user: u, host: h, time: 1}\n", "- {body: two, user: u, host: h, time: 1}\n")]
    public void Tags_and_comments_that_are_rewritten_in_place_are_seen(string name, string before, string after)
    {
        var directory = Files.AddRun();
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
        var kept = Files.AddRun();
        var deleted = Files.AddRun();
        List();
        Directory.Delete(deleted.Path, recursive: true);
        var added = Files.AddRun();
        Assert.Equal([added.Id, kept.Id], Ids(List()));

        File.WriteAllText(kept.LockPath, "77");
        Files.Processes[77] = 5;
        Assert.Equal(RunStatus.Running, List().Single(run => run.Id == kept.Id).Status);
        Files.Processes.Clear();
        File.Delete(kept.LockPath);
        Assert.Equal(RunStatus.Completed, List().Single(run => run.Id == kept.Id).Status);
    }

    [Fact]
    public void A_run_that_has_not_ended_is_read_each_time()
    {
        var directory = Files.AddRun(exitStatus: null);
        File.WriteAllText(directory.LockPath, "77");
        Files.Processes[77] = 5;
        List();
        Assert.Equal(RunStatus.Running, Assert.Single(List()).Status);
        Files.Processes.Clear();
        Assert.Equal(RunStatus.Error, Assert.Single(List()).Status);
        AssertIsNotIndexed(directory);
    }

    [Fact]
    public void A_dead_lock_beside_an_exit_status_is_asked_for_each_time()
    {
        var directory = Files.AddRun();
        File.WriteAllText(directory.LockPath, "77");
        List();
        Assert.Equal(RunStatus.Completed, Assert.Single(List()).Status);
        Files.Processes[77] = 5;
        Assert.Equal(RunStatus.Running, Assert.Single(List()).Status);
    }

    [Fact]
    public void What_was_changed_just_now_is_not_believed_yet()
    {
        var directory = Files.AddRun();
        var now = new StandingClock(DateTimeOffset.UtcNow.AddSeconds(1));
        _ = Files.Indexed(now).List().ToList();
        AssertIsNotIndexed(directory);
        _ = Files.Indexed(Later).List().ToList();
        AssertIsIndexed(directory);
    }

    [Fact]
    public void A_change_from_the_future_is_not_believed()
    {
        var directory = Files.AddRun();
        _ = Files.Indexed(new StandingClock(DateTimeOffset.UtcNow.AddHours(-1))).List().ToList();
        AssertIsNotIndexed(directory);
    }

    [Fact]
    public void An_attribute_overwritten_by_hand_is_seen_with_a_refresh()
    {
        var directory = Files.AddRun();
        directory.WriteAttribute("flags", new Dictionary<string, object?> { ["lr"] = 1L });
        List();
        Overwrite(directory, "flags", new Dictionary<string, object?> { ["lr"] = 2L });
        Assert.Equal(1L, Assert.Single(List()).Flags["lr"]);
        Assert.Equal(2L, Assert.Single(Files.Indexed(Later, isRefresh: true).List()).Flags["lr"]);
        Assert.Equal(2L, Assert.Single(List()).Flags["lr"]);
    }

    [Fact]
    public void The_trash_has_rows_of_its_own()
    {
        var run = Files.Read(Files.AddRun());
        List();
        Files.Store.Delete(run);
        Assert.Empty(List());
        Assert.Equal(run.Id, Assert.Single(Files.Indexed(Later).List(RunPlace.Trash)).Id);
        Files.Store.Restore(run);
        Assert.Equal(run.Id, Assert.Single(List()).Id);
        Assert.Empty(Files.Indexed(Later).List(RunPlace.Trash));
    }

    [Fact]
    public void The_scalars_of_an_indexed_run_are_read_once()
    {
        var directory = Files.AddRun();
        var path = Path.Join(directory.GuildPath, "events.out.tfevents.1.here.1");
        using (var writer = new EventFileWriter(path))
        {
            writer.Add("loss", 0.5f, 1, 0);
            writer.Add("loss", float.NaN, 2, 0);
        }

        var store = Files.Indexed(Later);
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
        var trial = Files.AddRun();
        using (var writer = new EventFileWriter(Path.Join(trial.GuildPath, "events.out.tfevents.1.here.1")))
        {
            writer.Add("loss", 1, 1, 0);
        }

        var batch = Files.AddRun();
        Directory.CreateSymbolicLink(Path.Join(batch.Path, trial.Id), trial.Path);
        List();
        var store = Files.Indexed(Later);
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
}
