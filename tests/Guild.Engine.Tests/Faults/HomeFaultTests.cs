using Guild.Engine.Execution;
using Guild.Engine.Runs;
using Guild.Engine.Runs.Index;
using Guild.Engine.Tests.Execution;
using Guild.Engine.Tests.Operations;
using Guild.Engine.Tests.Runs;

namespace Guild.Engine.Tests.Faults;

/// <summary>What comes of a run whose Guild home cannot be written, or is taken away.</summary>
public sealed class HomeFaultTests
{
    [DiskFact]
    public void Runs_of_a_home_that_is_read_only_are_read_and_none_is_made()
    {
        using var project = new DiskProject("{op: {exec: echo fine}}", kilobytes: 512);
        project.Run("op");
        project.Disk.MakeReadOnly();

        var error = Assert.Throws<HomeException>(() => project.Run("op"));

        Assert.Contains("Read-only", error.Message, StringComparison.Ordinal);
        var run = project.Store.List().Single();
        Assert.Equal((RunStatus.Completed, "fine"), (run.Status, TempProject.Output(run)));
        Assert.Throws<HomeException>(() => project.Store.Delete(run));
    }

    [DiskTheory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void A_home_that_is_read_only_is_listed_with_and_without_an_index(bool hasIndex, bool hasUserCache)
    {
        using var project = new DiskProject("{op: {exec: echo fine}}", kilobytes: 2048);
        for (var i = 0; i < 3; i++)
        {
            project.Run("op");
        }

        var cache = hasUserCache ? project.Project.PathOf("cache") : null;
        if (hasIndex)
        {
            Assert.Equal(3, Indexed(null).Count);
            Assert.True(File.Exists(Path.Combine(project.Home.CacheDirectory, "run-index.db")));
        }

        project.Disk.MakeReadOnly();

        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(project.Store.List().Select(run => (run.Id, run.Status, TempProject.Output(run))), Indexed(cache).Select(run => (run.Id, run.Status, TempProject.Output(run))));
        }

        Assert.Equal(hasUserCache, cache is not null && Directory.EnumerateFiles(cache, "run-index.db", SearchOption.AllDirectories).Any());

        List<Run> Indexed(string? localCache) =>
            [.. new RunStore(project.Home, new StandingClock(DateTimeOffset.UtcNow.AddHours(1)), ProcessLiveness.OfThisHost, new RunIndex(project.Home, localCache) { FewestRuns = 0 }).List()];
    }

    [DiskFact]
    public async Task A_record_that_can_no_longer_be_written_is_an_error_that_says_how_the_program_ended()
    {
        using var project = new DiskProject("{op: {exec: \"sh -c 'while [ ! -e \\\"$FLAG_GO\\\" ]; do sleep 0.05; done; exit 4'\", flags: {go: none}}}", kilobytes: 512);
        var go = project.Project.PathOf("go");
        var going = Task.Run(() => project.Run(project.Project.Request("op", $"go={go}")));
        await EndToEnd.Eventually.Is(() => project.Store.List().Any(run => File.Exists(run.Directory.LockPath)));

        project.Disk.Fill();
        var directory = project.Store.List().Single().Directory;
        Directory.Delete(directory.AttributesPath, recursive: true);
        await File.WriteAllTextAsync(go, "");
        var result = await going;

        Assert.Contains("ended with exit code 4, but its record cannot say so", Assert.IsType<HomeException>(result.Fault).Message, StringComparison.Ordinal);
        Assert.Equal(RunStatus.Error, project.Store.TryRead(directory)!.Status);
    }

    [UnixTheory]
    [InlineData("rm -rf \"$RUN_DIR\"")]
    [InlineData("echo loss: 1; until ls .guild/events*; do sleep 0.02; done; rm -rf \"$RUN_DIR\"; echo loss: 2")]
    [InlineData("rm -rf \"$GUILD_HOME\"")]
    public void A_record_that_is_deleted_under_the_run_is_an_error_and_is_not_made_again(string script)
    {
        using var project = new TempProject("{op: {exec: sh delete.sh}}");

        // Who deletes a folder while files are made in it leaves some of them.
        project.Write("delete.sh", $"until [ -e .guild/output.index ]; do sleep 0.02; done; {script}");
        var plan = project.Plan("op");

        var result = new OperationRunner(project.Context).Run(plan, new RunOptions(), project.Events, CancellationToken.None);

        Assert.Contains("ended with exit code 0, but its record cannot say so", Assert.IsType<HomeException>(result.Fault).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(result.Directory.Path));
        Assert.Empty(project.Store.List());
    }

    [UnixFact]
    public void A_home_that_is_deleted_while_resources_are_resolved_is_an_error_and_nothing_runs()
    {
        using var project = new TempProject("{op: {exec: 'touch ran', requires: [{file: guild.yml, target-path: in}]}}");
        project.Events.Hook = e =>
        {
            if (e is RunStagedEvent)
            {
                Directory.Delete(project.Home.Path, recursive: true);
            }
        };

        var result = new OperationRunner(project.Context).Run(project.Plan("op"), new RunOptions(), project.Events, CancellationToken.None);

        Assert.NotNull(result.Fault);
        Assert.False(File.Exists(Path.Combine(result.Directory.Path, "ran")));
    }
}
