using Guild.Engine.Runs;
using Guild.Engine.Runs.Queries;
using Guild.Engine.Scalars;

namespace Guild.Engine.Tests.Runs.Queries;

public sealed class RunQueryTests : IDisposable
{
    private static readonly StandingClock Later = new(DateTimeOffset.UtcNow.AddHours(1));

    private readonly TestHome _home = new();

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Runs_that_need_scalars_and_runs_that_do_not_stay_in_order(bool isIndexed)
    {
        for (var i = 0; i < 200; i++)
        {
            var run = _home.AddRun($"{i:x8}000000000000000000000000");
            run.WriteAttribute("flags", i % 3 == 0 ? new Dictionary<string, object?> { ["loss"] = 0.5 } : new Dictionary<string, object?> { ["other"] = 1L });
            using var events = EventFileWriter.InFolder(run.GuildPath, "here", 1, TimeProvider.System);
            events.Add("loss", i % 5, 0, 0);
        }

        var store = isIndexed ? _home.Indexed(Later) : _home.Store;
        var expected = Enumerable.Range(0, 200).Reverse().Where(i => i % 3 == 0 || i % 5 is > 0 and < 3).Select(i => $"{i:x8}").ToList();
        var query = new RunQuery { Filters = [FilterExpression.Parse("loss > 0 and loss < 3")] };

        for (var look = 0; look < 3; look++)
        {
            Assert.Equal(expected, query.Of(store.List(), store, CancellationToken.None).Select(run => run.ShortId));
        }

        Assert.Equal(expected.Take(7), query.Of(store.List(), store, CancellationToken.None).Take(7).Select(run => run.ShortId));
    }

    [Fact]
    public void A_filter_without_scalars_reads_no_event_file()
    {
        var directory = _home.AddRun();
        directory.WriteAttribute("flags", new Dictionary<string, object?> { ["lr"] = 0.1 });
        var run = _home.Read(directory);

        Assert.True(new RunQuery { Filters = [FilterExpression.Parse("lr < 0.2 and op = train and not status = error")] }.Matches(run));
        Assert.False(run.Content.HasLastValues);
    }

    [Fact]
    public void A_part_that_need_not_be_looked_at_reads_no_event_file()
    {
        var run = _home.Read(_home.AddRun());

        Assert.Empty(new RunQuery { Filters = [FilterExpression.Parse("op = other and loss < 1")] }.Of([run], _home.Store, CancellationToken.None));
        Assert.False(run.Content.HasLastValues);
    }

    [Fact]
    public void The_first_of_many_runs_is_there_before_the_last_is_looked_at()
    {
        var run = _home.Read(_home.AddRun());
        var looked = 0;
        IEnumerable<Run> Many()
        {
            while (true)
            {
                looked++;
                yield return run;
            }
        }

        Assert.Single(new RunQuery { Filters = [FilterExpression.Parse("op = train")] }.Of(Many(), _home.Store, CancellationToken.None).Take(1));
        Assert.Equal(1, looked);
        Assert.Single(new RunQuery { Filters = [FilterExpression.Parse("loss is undefined")] }.Of(Many(), _home.Store, CancellationToken.None).Take(1));
        Assert.InRange(looked, 1, 100);
    }

    [Fact]
    public void A_search_ends_when_it_is_cancelled()
    {
        var run = _home.Read(_home.AddRun());
        using var stop = new CancellationTokenSource();
        var found = new RunQuery { Condition = _ => true }.Of(Enumerable.Repeat(run, 10), _home.Store, stop.Token).GetEnumerator();
        Assert.True(found.MoveNext());
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => found.MoveNext());
    }

    [Fact]
    public void A_run_that_was_not_started_counts_by_when_it_was_made()
    {
        var time = new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);
        var made = _home.AddBareRun(RunId.New(), TestHome.Train);
        made.WriteAttribute("initialized", RunClock.FromTime(time));
        var timeless = _home.AddBareRun(RunId.New(), TestHome.Train);

        Assert.True(new RunQuery { Started = [new TimeRange(time, time.AddTicks(10))] }.Matches(_home.Read(made)));
        Assert.False(new RunQuery { Started = [new TimeRange(null, time)] }.Matches(_home.Read(made)));
        Assert.False(new RunQuery { Started = [new TimeRange(null, null)] }.Matches(_home.Read(timeless)));
    }

    [Theory]
    [InlineData("0123", true)]
    [InlineData("0123ABC", true)]
    [InlineData("123", false)]
    public void Source_code_is_found_by_the_beginning_of_its_digest(string prefix, bool expected)
    {
        var directory = _home.AddRun();
        directory.WriteAttribute("sourcecode_digest", "0123abcd");

        Assert.Equal(expected, new RunQuery { Digests = ["ff", prefix] }.Matches(_home.Read(directory)));
        Assert.False(new RunQuery { Digests = [prefix] }.Matches(_home.Read(_home.AddRun())));
    }

    [Fact]
    public void The_run_for_a_dependency_is_the_same_with_and_without_an_index()
    {
        var other = TestHome.Train with { OperationName = "other" };
        for (var i = 0; i < 12; i++)
        {
            var run = _home.AddRun(opRef: i % 2 == 0 ? TestHome.Train : other, exitStatus: i == 10 ? 1 : 0);
            if (i is 3 or 9)
            {
                run.WriteAttribute("marked", true);
            }
        }

        foreach (var name in new[] { "train", "other", "none" })
        {
            var query = new LatestRunQuery { Matches = opRef => opRef.OperationName == name };
            var expected = _home.Store.LatestOf(query)?.Id;
            Assert.Equal(name == "none", expected is null);
            Assert.Equal(expected, _home.Indexed(Later).LatestOf(query)?.Id);
            _ = _home.Indexed(Later).List().ToList();
            Assert.Equal(expected, _home.Indexed(Later).LatestOf(query)?.Id);
        }
    }

    [Fact]
    public void Looking_for_a_dependency_makes_no_index()
    {
        _home.AddRun();
        Assert.NotNull(_home.Indexed(Later).LatestOf(new LatestRunQuery { Matches = _ => true }));
        Assert.False(Directory.Exists(_home.Home.CacheDirectory));
    }
}
