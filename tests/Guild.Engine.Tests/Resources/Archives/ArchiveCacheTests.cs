using System.Collections.Concurrent;
using System.Globalization;
using Guild.Engine.GuildFiles;
using Guild.Engine.Resources;
using Guild.Engine.Runs;
using static Guild.Engine.Tests.Resources.Archives.ArchiveBytes;

namespace Guild.Engine.Tests.Resources.Archives;

public sealed class ArchiveCacheTests : IDisposable
{
    private readonly ResourceFolder _folder = new();

    private string Cache => Path.Join(_folder.Home.CacheDirectory, "resources");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Archives_with_the_same_content_are_unpacked_once()
    {
        var archive = Zip(new ZipMember("a.txt"));

        _folder.Resolve(_folder.Put("a.zip", archive));
        _folder.Resolve(_folder.Put("other/b.zip", archive));

        Assert.Single(_folder.Details, text => text.StartsWith("Unpacking '", StringComparison.Ordinal));
        Assert.Equal([$"{Sha256(archive)}-zip"], _folder.Unpacked());
    }

    [Fact]
    public void An_archive_that_got_other_content_is_unpacked_again()
    {
        _folder.Resolve(_folder.Put("a.zip", Zip(new ZipMember("old.txt"))));

        var resolved = _folder.Resolve(_folder.Put("a.zip", Zip(new ZipMember("new.txt", "longer text\n"))));

        Assert.Equal("new.txt", Assert.Single(resolved.ManifestEntries).Destination);
    }

    [Fact]
    public void Contents_that_were_changed_in_the_cache_are_put_right()
    {
        var archive = Zip(new ZipMember("a.txt"));
        var source = _folder.Put("a.zip", archive);
        _folder.Resolve(source);
        var unpacked = Path.Join(Cache, $"{Sha256(archive)}-zip", "files", "a.txt");
        File.Delete(unpacked);
        File.WriteAllText(unpacked, "TEXT\n");

        _folder.Resolve(source);

        Assert.Equal("text\n", File.ReadAllText(_folder.InRun("a.txt")));
        Assert.Equal([$"{Sha256(archive)}-zip"], _folder.Unpacked());
    }

    [Fact]
    public void What_a_killed_unpacking_left_is_not_taken_for_whole_and_goes_away()
    {
        var archive = Zip(new ZipMember("a.txt"));
        ResourceFolder.Write(Path.Join(Cache, $".unpacking-{Sha256(archive)}-zip-0badcafe", "files", "a.txt"), "half");

        _folder.Resolve(_folder.Put("a.zip", archive));

        Assert.Equal("text\n", File.ReadAllText(_folder.InRun("a.txt")));
        Assert.Equal([$"{Sha256(archive)}-zip"], _folder.Unpacked());
    }

    [Fact]
    public async Task Many_who_want_the_same_at_once_unpack_it_once()
    {
        var source = _folder.Put("a.tar", Tar([.. Enumerable.Range(0, 200).Select(n => ArchiveBytes.Entry($"d/{n}.txt"))]));
        var events = new ConcurrentSink();
        var context = _folder.Context with { Events = events };
        var runs = Enumerable.Range(0, 8).Select(_ => _folder.AddRun("mlp", "this")).ToArray();

        await Task.WhenAll(runs.Select(run => Task.Run(() => new ResourceResolver(context with { Fingerprints = new FingerprintCache() }).Resolve(_folder.Require(source), run))));

        Assert.Single(events.Details, text => text.StartsWith("Unpacking '", StringComparison.Ordinal));
        Assert.All(runs, run => Assert.Equal(200, Directory.GetFiles(Path.Join(run.Path, "d")).Length));
    }

    [Fact]
    public async Task Waiting_for_another_ends_when_that_is_done()
    {
        var archive = Zip(new ZipMember("a.txt"));
        var source = _folder.Put("a.zip", archive);
        var events = new ConcurrentSink();
        _folder.Context = _folder.Context with { Events = events };

        var held = HoldLock($"{Sha256(archive)}-zip");
        var resolving = Task.Run(() => _folder.Resolve(source));
        await events.Waiting;
        Assert.Empty(_folder.Unpacked());
        held.Dispose();

        Assert.Single((await resolving).ManifestEntries);
    }

    [Fact]
    public async Task Waiting_for_another_can_be_cancelled()
    {
        var archive = Zip(new ZipMember("a.txt"));
        var source = _folder.Put("a.zip", archive);
        var events = new ConcurrentSink();
        using var stop = new CancellationTokenSource();
        using var held = HoldLock($"{Sha256(archive)}-zip");

        var resolving = Task.Run(() =>
            new ResourceResolver(_folder.Context with { Events = events }).Resolve(_folder.Require(source), _folder.Run, null, stop.Token));
        await events.Waiting;
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => resolving);
    }

    [Fact]
    public void Unpacking_that_is_cancelled_leaves_nothing()
    {
        using var stop = new CancellationTokenSource();
        var source = _folder.Put("a.tar", Tar(ArchiveBytes.Entry("a.txt"), ArchiveBytes.Entry("b.txt")));
        var context = _folder.Context with { Events = new CancellingSink(stop) };

        Assert.ThrowsAny<OperationCanceledException>(() => new ResourceResolver(context).Resolve(_folder.Require(source), _folder.Run, null, stop.Token));

        Assert.True(stop.IsCancellationRequested);
        Assert.Empty(_folder.Unpacked());
        Assert.Empty(_folder.Placed());
    }

    [Fact]
    public void An_archive_that_is_written_to_while_it_is_unpacked_is_refused()
    {
        var source = _folder.Put("a.tar", Tar(Entry("a.txt")));
        _folder.Context = _folder.Context with { Events = new WritingSink(_folder.At("a.tar")) };

        Assert.Contains("it was changed while it was read", _folder.Fail(source).Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Unpacked());
    }

    [Fact]
    public void A_cache_that_cannot_be_written_is_an_error_of_the_source()
    {
        ResourceFolder.Write(_folder.Home.CacheDirectory, "a file where the folder is due");

        var error = _folder.Fail(_folder.Put("a.zip", Zip(new ZipMember("a.txt"))));

        Assert.Contains($"cannot be unpacked into the cache of the home '{_folder.Home.Path}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_names_an_archive_that_would_be_unpacked_and_unpacks_nothing()
    {
        var archive = Zip(new ZipMember("d/a.txt"));
        var source = _folder.Put("a.zip", archive);

        var planned = Assert.Single(ResourcePlan.Of(_folder.Require(source), _folder.Context).Sources);

        Assert.Equal([_folder.At("a.zip")], planned.ArchivesToUnpack);
        Assert.Equal((_folder.At("a.zip"), archive.Length, null), (planned.Path, planned.Size, planned.Problem));
        Assert.Empty(planned.Targets);
        Assert.False(Directory.Exists(Cache));
    }

    [Fact]
    public void A_plan_knows_the_contents_of_an_archive_that_was_unpacked_before()
    {
        var source = _folder.Put("a.zip", Zip(new("d/a.txt", "12345"), new("b.txt", "67"))) with { TargetPath = "in" };
        _folder.Resolve(source);

        var planned = Assert.Single(ResourcePlan.Of(_folder.Require(source), _folder.Context).Sources);
        Assert.Equal(["in/b.txt", "in/d"], planned.Targets);
        Assert.Equal(7, planned.Size);
        Assert.Empty(planned.ArchivesToUnpack);

        _folder.Put("a.zip", Zip(new ZipMember("other.txt", "other")));
        Assert.NotEmpty(Assert.Single(ResourcePlan.Of(_folder.Require(source), _folder.Context).Sources).ArchivesToUnpack);
    }

    [Fact]
    public void A_plan_names_archives_of_a_run_that_would_be_unpacked()
    {
        var run = _folder.AddRun("mlp", "train");
        var archive = Path.Join(run.Path, "model.zip");
        File.WriteAllBytes(archive, Zip(new ZipMember("w.bin")));
        ResourceFolder.Write(Path.Join(run.Path, "log.txt"), "log\n");
        var source = ResourceFolder.Operation("train") with { Unpack = true };

        var planned = Assert.Single(ResourcePlan.Of(_folder.Require(source), _folder.Context).Sources);
        Assert.Equal([archive], planned.ArchivesToUnpack);
        Assert.Equal(["log.txt"], planned.Targets);

        _folder.Resolve(source);
        Assert.Equal(["log.txt", "w.bin"], Assert.Single(ResourcePlan.Of(_folder.Require(source), _folder.Context).Sources).Targets);
    }

    [Fact]
    public void Progress_tells_entries_and_bytes_and_how_much_of_the_archive_is_read()
    {
        var archive = Tar(ArchiveBytes.Entry("a.txt", new string('x', 300_000)), ArchiveBytes.Entry("b.txt"));
        var source = _folder.Put("a.tar", archive);
        var request = new SourceRequest(_folder.Require(source), source, null, _folder.Context);
        var step = new UnpackStep("Resolving data", CancellationToken.None) { Interval = TimeSpan.Zero };

        step.Run(request, new AcquiredSource(_folder.At("a.tar"), null, null), new FingerprintReader(new FingerprintCache(), _folder, "", CancellationToken.None));

        var progress = _folder.Events.OfType<ProgressEvent>().ToArray();
        Assert.All(progress, e => Assert.Equal(("Resolving data", (long?)archive.Length), (e.Activity, e.Total)));
        Assert.Equal(archive.Length, progress[^1].Done);
        Assert.Equal("Unpacking a.tar: 2 entries, 0.3 MB", progress[^1].Status);
        Assert.Equal(progress.Select(e => e.Done).Order(), progress.Select(e => e.Done));
    }

    [Fact]
    public void A_large_archive_takes_little_memory()
    {
        var source = _folder.Put("a.tar.gz", Gzip(Tar(ArchiveBytes.Entry("zeros", new string('\0', 64_000_000)))));
        var required = _folder.Require(source);
        var before = GC.GetAllocatedBytesForCurrentThread();

        _folder.Resolve(required);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16_000_000);
    }

    [Fact]
    public void An_archive_of_a_hundred_thousand_entries_is_unpacked_whole()
    {
        // In memory, where the system has such a place: disks of busy machines take a minute for so many files.
        var home = new GuildHome(Directory.CreateDirectory(Path.Join(Directory.Exists("/dev/shm") ? "/dev/shm" : _folder.Base, Path.GetFileName(_folder.Base))).FullName);
        try
        {
            _folder.Context = _folder.Context with { Runs = new RunStore(home) };
            var entries = Enumerable.Range(0, 100_000).Select(n => Entry(string.Create(CultureInfo.InvariantCulture, $"{n / 1000}/{n}.txt"), ""));
            var source = _folder.Put("a.tar.gz", Gzip(Tar([.. entries])));

            var resolved = _folder.Resolve(source with { Select = [new SelectDefinition(@"\d+/(\d+)\.txt", SelectReduction.Maximum)] });

            Assert.Equal("99999.txt", Assert.Single(resolved.ManifestEntries).Destination);
            Assert.Equal(100_000, Directory.EnumerateFiles(home.CacheDirectory, "*.txt", SearchOption.AllDirectories).Count());
        }
        finally
        {
            Directory.Delete(home.Path, recursive: true);
        }
    }

    private FileStream HoldLock(string name)
    {
        var locks = Directory.CreateDirectory(Path.Join(Cache, ".locks")).FullName;
        return new FileStream(Path.Join(locks, name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    private sealed class ConcurrentSink : IEventSink
    {
        private readonly ConcurrentQueue<string> _details = new();
        private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IEnumerable<string> Details => _details;

        public Task Waiting => _waiting.Task.WaitAsync(TimeSpan.FromMinutes(1));

        public void Report(EngineEvent engineEvent)
        {
            if (engineEvent is not DetailEvent detail)
            {
                return;
            }

            _details.Enqueue(detail.Text);
            if (detail.Text.StartsWith("Waiting for another", StringComparison.Ordinal))
            {
                _waiting.TrySetResult();
            }
        }
    }

    private sealed class WritingSink(string path) : IEventSink
    {
        public void Report(EngineEvent engineEvent)
        {
            if (engineEvent is DetailEvent { Text: var text } && text.StartsWith("Unpacking '", StringComparison.Ordinal))
            {
                File.AppendAllText(path, "more");
            }
        }
    }

    private sealed class CancellingSink(CancellationTokenSource stop) : IEventSink
    {
        public void Report(EngineEvent engineEvent)
        {
            if (engineEvent is DetailEvent { Text: var text } && text.StartsWith("Unpacking '", StringComparison.Ordinal))
            {
                stop.Cancel();
            }
        }
    }
}
