using Guild.Engine.Runs;

namespace Guild.Engine.Tests.Runs;

/// <summary>Runs that are named by their whole ids.</summary>
public sealed class WholeIdTests : IDisposable
{
    private static readonly string Whole = new('a', RunId.Length);

    private readonly TestHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void A_whole_id_names_its_run_though_a_longer_one_begins_with_it()
    {
        _home.AddRun(Whole + "1");
        _home.AddRun(Whole);

        Assert.Equal(Whole, _home.Store.Find(Whole).Id);
        Assert.Equal([Whole], _home.Store.Select([Whole, Whole]).Select(run => run.Id));
    }

    [Fact]
    public void Where_there_is_no_such_run_it_is_the_beginning_of_an_id_or_names_nothing()
    {
        Directory.CreateDirectory(Path.Join(_home.Home.RunsDirectory, Whole));
        Assert.Throws<NameNotFoundException>(() => _home.Store.Find(Whole));

        _home.AddRun(Whole + "1");
        Assert.Equal(Whole + "1", _home.Store.Find(Whole).Id);
    }
}
