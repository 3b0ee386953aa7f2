using Guild.Engine.Resources;

namespace Guild.Engine.Tests.Resources.Downloads;

public sealed class CacheSharingTests : IDisposable
{
    private readonly DownloadFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Runs_that_want_the_same_file_at_once_download_it_once()
    {
        var file = ServedFile.OfSize(100_000);
        using var server = new WebServer(request => file.Reply(request) with { DripSize = 20_000, DripTime = TimeSpan.FromMilliseconds(50) });
        var url = server.Url("a.bin");

        var resolved = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
            () => _folder.ResolveElsewhere(url), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        Assert.All(resolved, r => Assert.Equal(file.Sha256, Assert.Single(Assert.Single(r.Sources).Inputs).Fingerprint.Sha256));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Who_waits_says_so_and_takes_what_the_other_brought()
    {
        var url = "http://127.0.0.1:1/a.bin";
        var cached = _folder.Cached(url);
        var events = new WaitForProgress("Waiting for another run that downloads a.bin");
        Directory.CreateDirectory(cached.Directory);
        var held = cached.Lock(() => { }, CancellationToken.None);

        var waiting = Task.Run(() => _folder.ResolveElsewhere(url, events));
        await events.Seen.WaitAsync(TimeSpan.FromSeconds(30));
        await File.WriteAllTextAsync(cached.Path, "brought");
        held.Dispose();

        Assert.Equal(FingerprintTexts.Sha256("brought"), Assert.Single(Assert.Single((await waiting).Sources).Inputs).Fingerprint.Sha256);
    }

    [Fact]
    public async Task A_wait_for_another_download_can_be_cancelled()
    {
        var url = "http://127.0.0.1:1/a.bin";
        var cached = _folder.Cached(url);
        var events = new WaitForProgress("Waiting for another run");
        using var stop = new CancellationTokenSource();
        Directory.CreateDirectory(cached.Directory);
        using var held = cached.Lock(() => { }, CancellationToken.None);

        var waiting = Task.Run(() => _folder.ResolveElsewhere(url, events, stop.Token));
        await events.Seen.WaitAsync(TimeSpan.FromSeconds(30));
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void A_lock_whose_file_cannot_be_made_is_not_waited_for()
    {
        var path = Directory.CreateDirectory(Path.Join(_folder.Folder.Base, "lock")).FullName;

        Assert.Throws<UnauthorizedAccessException>(() => CacheLock.Take(path, () => { }, CancellationToken.None));
        Assert.Throws<DirectoryNotFoundException>(() => CacheLock.Take(Path.Join(path, "missing", "lock"), () => { }, CancellationToken.None));
    }

    private sealed class WaitForProgress(string status) : IEventSink
    {
        private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Seen => _seen.Task;

        public void Report(EngineEvent engineEvent)
        {
            if (engineEvent is ProgressEvent progress && progress.Status.StartsWith(status, StringComparison.Ordinal))
            {
                _seen.TrySetResult();
            }
        }
    }
}
