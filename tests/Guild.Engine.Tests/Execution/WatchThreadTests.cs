using Guild.Engine.Execution;

namespace Guild.Engine.Tests.Execution;

/// <summary>Threads that are kept for what comes next.</summary>
public sealed class WatchThreadTests
{
    [Fact]
    public void All_work_is_done_once_however_much_is_started_at_once()
    {
        var done = new int[2000];
        Parallel.For(0, done.Length, index =>
        {
            var watch = WatchThread.Start(() => Interlocked.Increment(ref done[index]));
            watch.Join();
            Assert.Equal(1, Volatile.Read(ref done[index]));
        });
        Assert.All(done, count => Assert.Equal(1, count));
    }

    [Fact]
    public void Work_that_waits_for_other_work_does_not_keep_it_from_its_thread()
    {
        using var all = new CountdownEvent(40);
        var watches = Enumerable.Range(0, 40).Select(_ => WatchThread.Start(() =>
        {
            all.Signal();
            all.Wait();
        })).ToList();
        watches.ForEach(watch => watch.Join());
        Assert.True(all.IsSet);
    }
}
