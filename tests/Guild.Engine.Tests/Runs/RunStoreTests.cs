using Guild.Engine.Runs;

namespace Guild.Engine.Tests.Runs;

public sealed class RunStoreTests : IDisposable
{
    private const string First = "11111111111111111111111111111111";

    private const string Second = "12222222222222222222222222222222";

    private const string Third = "a3333333333333333333333333333333";

    private readonly TestHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void A_home_that_does_not_exist_has_no_runs()
    {
        Assert.Empty(_home.Store.List());
        Assert.Empty(_home.Store.Ids());
        Assert.Equal(0, _home.Store.SweepStaging());
    }

    [Fact]
    public void The_newest_run_comes_first()
    {
        AddThree();
        Assert.Equal([Third, Second, First], _home.Store.List().Select(run => run.Id));
    }

    [Fact]
    public void A_run_that_was_not_started_has_the_place_of_its_initialization_and_one_without_times_is_last()
    {
        AddThree();
        var timeless = _home.AddBareRun("b4444444444444444444444444444444", TestHome.Train);
        var pending = _home.AddBareRun("c5555555555555555555555555555555", TestHome.Train);
        pending.WriteAttribute("initialized", RunClock.FromTime(_home.Store.Find(Second).Started!.Value) + 1);
        Assert.Equal([Third, pending.Id, Second, First, timeless.Id], _home.Store.List().Select(run => run.Id));
    }

    [Fact]
    public void A_run_that_vanishes_while_runs_are_listed_is_left_out()
    {
        AddThree();
        using var runs = _home.Store.List().GetEnumerator();
        Assert.True(runs.MoveNext());
        Directory.Delete(Path.Join(_home.Home.RunsDirectory, Second), recursive: true);
        Assert.True(runs.MoveNext());
        Assert.Equal(First, runs.Current.Id);
        Assert.False(runs.MoveNext());
    }

    [Theory]
    [InlineData("1", Third)]
    [InlineData("3", First)]
    [InlineData("12", Second)]
    [InlineData("a", Third)]
    [InlineData("A333", Third)]
    [InlineData(First, First)]
    [InlineData("2:2", Second)]
    public void A_run_is_found_by_its_place_or_the_beginning_of_its_id(string reference, string expected)
    {
        AddThree();
        Assert.Equal(expected, _home.Store.Find(reference).Id);
    }

    [Theory]
    [InlineData("1:2", new[] { Third, Second })]
    [InlineData("2:", new[] { Second, First })]
    [InlineData(":2", new[] { Third, Second })]
    [InlineData(":", new[] { Third, Second, First })]
    [InlineData("2:99", new[] { Second, First })]
    [InlineData("3:1", new string[0])]
    public void A_range_names_both_its_ends(string reference, string[] expected)
    {
        AddThree();
        Assert.Equal(expected, _home.Store.Select([reference]).Select(run => run.Id));
    }

    [Fact]
    public void A_run_that_is_named_twice_is_selected_once()
    {
        AddThree();
        Assert.Equal([Second, Third, First], _home.Store.Select(["12", "1:3", "a"]).Select(run => run.Id));
    }

    [Fact]
    public void The_beginning_of_several_ids_is_an_error_that_lists_them()
    {
        _home.AddRun("ab111111111111111111111111111111");
        _home.AddRun("ab222222222222222222222222222222");
        var error = Assert.Throws<AmbiguousNameException>(() => _home.Store.Find("ab"));
        Assert.Equal(NameKind.Run, error.Kind);
        Assert.Equal(["ab111111111111111111111111111111", "ab222222222222222222222222222222"], error.Candidates);
        Assert.Equal("'ab' is the beginning of 2 runs: ab111111, ab222222.", error.Message);
    }

    [Fact]
    public void A_range_of_several_runs_is_not_one_run()
    {
        AddThree();
        Assert.Throws<AmbiguousNameException>(() => _home.Store.Find("1:2"));
    }

    [Theory]
    [InlineData("ffff")]
    [InlineData("4")]
    [InlineData("0")]
    [InlineData("9:9")]
    [InlineData("../runs")]
    public void What_names_no_run_is_an_error(string reference)
    {
        AddThree();
        var error = Assert.Throws<NameNotFoundException>(() => _home.Store.Find(reference));
        Assert.Equal(reference, error.Name);
    }

    [Fact]
    public void An_id_that_leads_elsewhere_is_no_run()
    {
        AddThree();
        Assert.Null(_home.Store.TryRead($"../runs/{First}"));
        Assert.Null(_home.Store.TryRead(".."));
    }

    [Fact]
    public void Of_ten_thousand_runs_the_beginning_of_an_id_finds_one_without_reading_the_attributes_of_the_others()
    {
        // Reading an empty attribute asks the clock how old it is, so a clock that is not asked shows that none was read.
        var clock = new StandingClock(DateTimeOffset.UtcNow.AddHours(1));
        using var home = new TestHome(clock);
        var wanted = home.AddRun(Third);
        for (var i = 0; i < 10_000; i++)
        {
            var other = Path.Join(home.Home.RunsDirectory, $"b{i:D31}");
            Directory.CreateDirectory(Path.Join(other, ".guild", "attrs"));
            if (i % 1000 == 0)
            {
                File.WriteAllText(Path.Join(other, ".guild", "opref"), TestHome.Train.ToString());
                File.WriteAllText(Path.Join(other, ".guild", "attrs", "started"), "");
            }
        }

        Assert.Equal(wanted.Id, home.Store.Find("a333").Id);
        Assert.Throws<AmbiguousNameException>(() => home.Store.Find("b"));
        Assert.Equal(0, clock.Questions);
        Assert.Equal(11, home.Store.List().Count());
        Assert.NotEqual(0, clock.Questions);
    }

    [Fact]
    public void A_deleted_run_is_in_the_trash_and_can_be_restored()
    {
        AddThree();
        _home.Store.Delete(_home.Store.Find(Second));
        Assert.Equal([Third, First], _home.Store.List().Select(run => run.Id));
        var deleted = Assert.Single(_home.Store.List(RunPlace.Trash));
        Assert.Equal(Second, deleted.Id);
        _home.Store.Restore(deleted);
        Assert.Equal([Third, Second, First], _home.Store.List().Select(run => run.Id));
        Assert.Empty(_home.Store.List(RunPlace.Trash));
    }

    [Fact]
    public void A_deleted_run_replaces_an_older_copy_in_the_trash()
    {
        _home.AddRun(First).WriteAttribute("label", "old");
        _home.Store.Delete(_home.Store.Find(First));
        _home.AddRun(First).WriteAttribute("label", "new");
        _home.Store.Delete(_home.Store.Find(First));
        Assert.Equal("new", Assert.Single(_home.Store.List(RunPlace.Trash)).Label);
    }

    [Fact]
    public void A_run_is_not_restored_over_another()
    {
        _home.AddRun(First);
        _home.Store.Delete(_home.Store.Find(First));
        _home.AddRun(First);
        var error = Assert.Throws<RunStateException>(() => _home.Store.Restore(_home.Store.Find(First, RunPlace.Trash)));
        Assert.Equal(First, error.RunId);
    }

    [Fact]
    public void A_running_run_is_not_deleted()
    {
        var directory = _home.AddRun(First, exitStatus: null);
        var run = _home.Read(directory);
        File.WriteAllText(directory.LockPath, "4000");
        _home.Processes[4000] = 1;
        Assert.Throws<RunStateException>(() => _home.Store.Delete(run));
        Assert.Throws<RunStateException>(() => _home.Store.DeletePermanently(run));
        Assert.True(directory.HasOpRef);
    }

    [Fact]
    public void A_run_that_is_gone_cannot_be_deleted()
    {
        var run = _home.Read(_home.AddRun(First));
        _home.Store.DeletePermanently(run);
        Assert.Throws<NameNotFoundException>(() => _home.Store.Delete(run));
    }

    [Fact]
    public void Deleting_a_batch_for_good_leaves_its_trials()
    {
        var trial = _home.AddRun(First);
        var batch = _home.AddRun(Second);
        if (!TryLink(Path.Join(batch.Path, First), trial.Path))
        {
            return;
        }

        _home.Store.DeletePermanently(_home.Read(batch));
        Assert.False(Directory.Exists(batch.Path));
        Assert.True(trial.HasOpRef);
    }

    [Fact]
    public void A_run_that_is_a_link_is_deleted_as_a_link()
    {
        var elsewhere = new RunDirectory(_home.OutsideHome(First));
        Directory.CreateDirectory(elsewhere.AttributesPath);
        elsewhere.WriteOpRef(TestHome.Train);
        Directory.CreateDirectory(_home.Home.RunsDirectory);
        if (!TryLink(Path.Join(_home.Home.RunsDirectory, First), elsewhere.Path))
        {
            return;
        }

        _home.Store.DeletePermanently(_home.Store.Find(First));
        Assert.Empty(_home.Store.List());
        Assert.True(elsewhere.HasOpRef);
    }

    [Fact]
    public void Files_in_a_folder_without_the_right_to_write_are_deleted_too()
    {
        var directory = _home.AddRun(First);
        var data = Directory.CreateDirectory(Path.Join(directory.Path, "data"));
        File.WriteAllText(Path.Join(data.FullName, "rows.csv"), "1");
        if (!OperatingSystem.IsWindows())
        {
            data.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserExecute;
        }

        _home.Store.DeletePermanently(_home.Read(directory));
        Assert.False(Directory.Exists(directory.Path));
    }

    [Fact]
    public void The_latest_run_that_will_do_is_taken_for_a_dependency()
    {
        _home.AddRun(First);
        _home.AddRun(Second);
        _home.AddRun(Third, TestHome.Train with { OperationName = "other" });
        _home.AddRun("d6666666666666666666666666666666", exitStatus: 1);
        Assert.Equal(Second, _home.Store.LatestOf(Trains())!.Id);
    }

    [Fact]
    public void A_marked_run_is_taken_before_later_ones()
    {
        _home.AddRun(First).WriteAttribute("marked", true);
        _home.AddRun(Second);
        Assert.Equal(First, _home.Store.LatestOf(Trains())!.Id);
    }

    [Fact]
    public void Only_the_runs_of_a_pipeline_are_looked_at_where_it_is_isolated()
    {
        AddThree();
        Assert.Equal(First, _home.Store.LatestOf(Trains() with { Among = [First] })!.Id);
        Assert.Null(_home.Store.LatestOf(Trains() with { Among = [] }));
    }

    [Fact]
    public void A_dependency_can_name_the_beginning_of_an_id()
    {
        AddThree();
        Assert.Equal(Second, _home.Store.LatestOf(Trains() with { IdPrefix = "12" })!.Id);
    }

    private static LatestRunQuery Trains() => new() { Matches = opRef => opRef.OperationName == "train" };

    private void AddThree()
    {
        _home.AddRun(First);
        _home.AddRun(Second);
        _home.AddRun(Third);
    }

    private static bool TryLink(string link, string target)
    {
        try
        {
            Directory.CreateSymbolicLink(link, target);
            return true;
        }
        catch (IOException) when (OperatingSystem.IsWindows())
        {
            return false;
        }
    }
}
