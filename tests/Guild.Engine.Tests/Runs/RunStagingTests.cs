using Guild.Engine.Runs;
using Guild.Engine.Tests.Faults;

namespace Guild.Engine.Tests.Runs;

public sealed class RunStagingTests : IDisposable
{
    private const string Id = "11111111111111111111111111111111";

    private readonly TestHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void A_run_is_not_seen_until_it_is_published()
    {
        var staged = _home.Store.CreateStaging(Id);
        staged.WriteOpRef(TestHome.Train);
        staged.CreateAttribute("label", "a");
        Assert.Empty(_home.Store.List());
        var published = _home.Store.Publish(staged);
        Assert.Equal(Path.Join(_home.Home.RunsDirectory, Id), published.Path);
        Assert.Equal("a", _home.Store.Find(Id).Label);
    }

    [Fact]
    public void A_published_run_says_which_process_goes_on_to_prepare_it()
    {
        var staged = _home.Store.CreateStaging(Id);
        staged.WriteOpRef(TestHome.Train);
        var published = _home.Store.Publish(staged);
        Assert.Equal(["PROCESS", "attrs", "opref"], Directory.EnumerateFileSystemEntries(published.GuildPath).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_home.Home.StagingDirectory));
    }

    [Fact]
    public void A_run_is_not_prepared_twice_nor_published_over_another()
    {
        var staged = _home.Store.CreateStaging(Id);
        Assert.Throws<HomeException>(() => _home.Store.CreateStaging(Id));
        _home.AddRun(Id);
        Assert.Throws<HomeException>(() => _home.Store.Publish(staged));
    }

    [Fact]
    public void What_a_process_that_is_gone_left_is_swept()
    {
        Own(_home.Store.CreateStaging(Id), TestHome.Host, supervisor: 3000, start: 55);
        Assert.Equal(1, _home.Store.SweepStaging());
        Assert.Empty(Directory.EnumerateFileSystemEntries(_home.Home.StagingDirectory));
    }

    [Fact]
    public void What_a_process_prepares_just_now_is_not_swept()
    {
        Own(_home.Store.CreateStaging(Id), TestHome.Host, supervisor: 3000, start: 55);
        _home.Processes[3000] = 55;
        Assert.Equal(0, _home.Store.SweepStaging());
    }

    [Fact]
    public void What_a_later_process_with_the_same_id_did_not_prepare_is_swept()
    {
        Own(_home.Store.CreateStaging(Id), TestHome.Host, supervisor: 3000, start: 55);
        _home.Processes[3000] = 56;
        Assert.Equal(1, _home.Store.SweepStaging());
    }

    [Fact]
    public void What_another_host_prepares_is_swept_only_when_it_is_old()
    {
        var staged = _home.Store.CreateStaging(Id);
        Own(staged, "there", supervisor: 3000, start: 55);
        Assert.Equal(0, _home.Store.SweepStaging());
        Directory.SetLastWriteTimeUtc(staged.Path, DateTime.UtcNow.AddDays(-2));
        Assert.Equal(1, _home.Store.SweepStaging());
    }

    [Fact]
    public void What_another_container_or_a_host_of_the_same_name_prepares_is_swept_only_when_it_is_old()
    {
        var staged = _home.Store.CreateStaging(Id);
        (new ProcessRecord(null, null, TestHome.Boot, TestHome.Host, 3000, 55) { Namespace = "pid:[2]" }).Write(staged.ProcessPath);
        Assert.Equal(0, _home.Store.SweepStaging());
        new ProcessRecord(null, null, "boot-0", TestHome.Host, 3000, 55).Write(staged.ProcessPath);
        _home.UpTime = TimeSpan.FromHours(1);
        Assert.Equal(0, _home.Store.SweepStaging());
        _home.UpTime = TimeSpan.Zero;
        Assert.Equal(1, _home.Store.SweepStaging());
    }

    [Fact]
    public void What_nobody_owns_is_swept_only_when_it_is_old()
    {
        var staged = _home.Store.CreateStaging(Id);
        File.Delete(staged.ProcessPath);
        Assert.Equal(0, _home.Store.SweepStaging());
        Directory.SetLastWriteTimeUtc(staged.Path, DateTime.UtcNow.AddHours(-2));
        Assert.Equal(1, _home.Store.SweepStaging());
    }

    [DiskFact]
    public void Of_what_can_be_deleted_only_in_part_it_is_still_known_who_made_it()
    {
        var staged = _home.Store.CreateStaging(Id);
        staged.CreateAttribute("label", "a");
        Own(staged, TestHome.Host, supervisor: 3000, start: 55);
        using (new SmallDisk(kilobytes: 64, Path.Join(staged.Path, "cannot be deleted")))
        {
            Assert.Equal(0, _home.Store.SweepStaging());
            RunStore.DiscardStaging(staged);
        }

        Assert.NotNull(ProcessRecord.Read(staged.ProcessPath));
        Assert.Equal(1, _home.Store.SweepStaging());
    }

    private static void Own(RunDirectory staged, string host, int supervisor, long start) =>
        new ProcessRecord(null, null, TestHome.Boot, host, supervisor, start).Write(staged.ProcessPath);
}
