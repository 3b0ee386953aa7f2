using System.Text.RegularExpressions;
using Guild.Engine.GuildFiles;
using Guild.Engine.Resources;
using Guild.Engine.Runs;
using static Guild.Engine.Tests.Resources.Downloads.DownloadFolder;

namespace Guild.Engine.Tests.Resources.Downloads;

public sealed class DownloadTests : IDisposable
{
    private readonly DownloadFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_of_the_web_is_linked_from_the_cache_and_recorded_by_its_address()
    {
        var file = ServedFile.OfSize(300_000);
        using var server = new WebServer(file.Reply);
        var url = server.Url("data/rows.csv?v=1");

        var resolved = _folder.Resolve(url, file.Sha256.ToUpperInvariant());

        Assert.Equal(file.Content, _folder.InRun("rows.csv"));
        Assert.Equal([$"rows.csv -> ../../cache/resources/{CachedFile.KeyOf(new Uri(url))}/rows.csv"], _folder.Folder.Placed());
        var entry = Assert.Single(resolved.ManifestEntries);
        Assert.Equal((ManifestKind.Dependency, "rows.csv", url), (entry.Kind, entry.Destination, entry.Uri));
        var source = Assert.Single(resolved.Sources);
        Assert.Equal((url, url), (source.Name, source.Uri));
        var fingerprint = Assert.Single(source.Inputs).Fingerprint;
        Assert.Equal((InputKind.File, 300_000L, file.Sha256), (fingerprint.Kind, fingerprint.Size, fingerprint.Sha256));
        Assert.Equal(fingerprint with { Time = 0 }, Reread(url) with { Time = 0 });
        Assert.Equal(fingerprint.Sha1, entry.Sha1);
        Assert.Empty(resolved.Warnings);
    }

    [Fact]
    public void Nothing_but_the_file_and_a_note_of_where_it_came_from_stays_in_the_cache()
    {
        using var server = new WebServer(ServedFile.OfSize(10).Reply);

        _folder.Resolve(server.Url("a.bin"));

        var names = Directory.EnumerateFiles(_folder.Cached(server.Url("a.bin")).Directory).Select(Path.GetFileName).Order(StringComparer.Ordinal);
        Assert.Equal([".guild-cache.json", "a.bin"], names);
    }

    [Fact]
    public void A_file_that_is_in_the_cache_is_not_asked_for_again()
    {
        var file = ServedFile.OfSize(1000);
        using var server = new WebServer(file.Reply);
        _folder.Resolve(server.Url("a.bin"), file.Sha256);

        _folder.ResolveElsewhere(server.Url("a.bin"));
        _folder.Context = _folder.Context with { Fingerprints = new FingerprintCache() };
        _folder.Resolve(server.Url("a.bin"), file.Sha256);

        Assert.Single(server.Requests);
    }

    [Fact]
    public void A_downloaded_file_is_not_read_again_to_be_hashed()
    {
        using var server = new WebServer(ServedFile.OfSize(1000).Reply);
        var url = server.Url("a.bin");

        _folder.Resolve(url);

        var path = _folder.Cached(url).Path;
        Assert.NotNull(_folder.Context.Fingerprints.Find(path, 1000, FileTime.Of(path)));
    }

    [Fact]
    public void A_cached_file_with_another_hash_is_downloaded_afresh()
    {
        var file = ServedFile.OfSize(1000);
        using var server = new WebServer(file.Reply);
        var url = server.Url("a.bin");
        ResourceFolder.Write(_folder.Cached(url).Path, "something else");

        _folder.Resolve(url, file.Sha256);

        Assert.Equal(file.Content, _folder.InRun("a.bin"));
        Assert.Contains(_folder.Folder.Details, text => text.Contains("is downloaded afresh", StringComparison.Ordinal));
    }

    [Fact]
    public void A_download_with_another_hash_is_an_error_with_both_and_is_not_kept()
    {
        var file = ServedFile.OfSize(1000);
        using var server = new WebServer(file.Reply);
        var url = server.Url("a.bin");
        var expected = FingerprintTexts.Sha256("x");

        var error = _folder.Fail(url, expected);

        Assert.Contains($"has the SHA-256 {file.Sha256}, where {expected} is expected", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.Cached(url).Directory));
        Assert.Empty(_folder.Folder.Placed());
        Assert.Single(server.Requests);
    }

    [Fact]
    public void A_bad_download_does_not_take_the_place_of_what_the_cache_had()
    {
        using var server = new WebServer(ServedFile.OfSize(1000).Reply);
        var url = server.Url("a.bin");
        ResourceFolder.Write(_folder.Cached(url).Path, "of another project");

        _folder.Fail(url, FingerprintTexts.Sha256("x"));

        Assert.Equal("of another project", File.ReadAllText(_folder.Cached(url).Path));
    }

    [Fact]
    public void An_empty_file_is_a_file()
    {
        using var server = new WebServer(new ServedFile([]).Reply);

        var resolved = _folder.Resolve(server.Url("empty.txt"), FingerprintTexts.Sha256(""));

        Assert.Empty(_folder.InRun("empty.txt"));
        Assert.Equal(FingerprintTexts.Sha256(""), Assert.Single(Assert.Single(resolved.Sources).Inputs).Fingerprint.Sha256);
    }

    [Theory]
    [InlineData(BodyLength.Chunked)]
    [InlineData(BodyLength.ByClosing)]
    internal void A_file_whose_length_is_not_said_comes_whole(BodyLength length)
    {
        var file = ServedFile.OfSize(700_000);
        using var server = new WebServer(_ => new WebReply(200, file.Content) { Length = length, DripSize = 100_000 });

        _folder.Resolve(server.Url("a.bin"), file.Sha256);

        Assert.Equal(file.Content, _folder.InRun("a.bin"));
    }

    [Fact]
    public void Rename_target_path_and_copy_work_as_with_any_file()
    {
        using var server = new WebServer(ServedFile.OfSize(10).Reply);

        _folder.Folder.Resolve(Url(server.Url("v2-rows.csv")) with
        {
            TargetPath = "in",
            TargetType = "copy",
            Rename = [new RenameDefinition("v2-", "")],
        });

        Assert.Equal(["in/rows.csv"], _folder.Folder.Placed());
    }

    [Fact]
    public void A_file_that_keeps_its_path_has_none()
    {
        // The home lies in the project here, as it can; the path in the cache means nothing to a run.
        using var server = new WebServer(ServedFile.OfSize(10).Reply);
        var required = _folder.Folder.Require(Url(server.Url("a.bin")) with { PreservesPath = true });

        _folder.Folder.Resolve(required with { Location = _folder.Folder.Base });

        Assert.StartsWith("a.bin -> ", Assert.Single(_folder.Folder.Placed()), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_user_put_in_its_place_is_taken_without_the_web()
    {
        _folder.Folder.With("mine.csv", "mine");
        var required = _folder.Folder.Require(Url("http://127.0.0.1:1/rows.csv")) with { Overrides = [new ResourceOverride("data", "mine.csv")] };

        _folder.Folder.Resolve(required);

        Assert.Equal("mine", File.ReadAllText(_folder.Folder.InRun("mine.csv")));
    }

    [Fact]
    public void A_file_that_is_in_the_cache_is_taken_where_nothing_can_be_written()
    {
        var url = "http://127.0.0.1:1/a.bin";
        ResourceFolder.Write(_folder.Cached(url).Path, "cached");
        ResourceFolder.Write(Path.Join(_folder.CacheDirectory, ".locks"), "no folder");

        _folder.Resolve(url, FingerprintTexts.Sha256("cached"));

        Assert.Equal("cached"u8.ToArray(), _folder.InRun("a.bin"));
    }

    [Fact]
    public void A_cache_that_cannot_be_written_is_an_error_that_names_it()
    {
        using var server = new WebServer(ServedFile.OfSize(10).Reply);
        ResourceFolder.Write(_folder.Folder.Home.CacheDirectory, "no folder");

        var error = _folder.Fail(server.Url("a.bin"));

        Assert.Contains($"the cache '{_folder.Cached(server.Url("a.bin")).Directory}' could not be written", error.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void A_full_disk_is_an_error_that_names_the_file_and_is_not_tried_again()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // The device on which there is never room.
        using var server = new WebServer(ServedFile.OfSize(10_000).Reply);
        var file = _folder.Cached(server.Url("a.bin"));
        Directory.CreateDirectory(file.Directory);
        File.CreateSymbolicLink(file.PartPath, "/dev/full");

        var error = _folder.Fail(server.Url("a.bin"));

        Assert.Contains($"'{file.PartPath}' could not be written: No space left on device", error.Message, StringComparison.Ordinal);
        Assert.StartsWith("Make room on the disk", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public void Progress_has_what_is_done_of_what_at_what_rate_and_the_time_left()
    {
        var file = ServedFile.OfSize(60_000);
        using var server = new WebServer(request => file.Reply(request) with { DripSize = 10_000, DripTime = TimeSpan.FromMilliseconds(150) });

        _folder.Resolve(server.Url("a.bin"));

        var progress = _folder.Folder.Events.OfType<ProgressEvent>().ToArray();
        Assert.All(progress, p => Assert.Equal("Resolving data", p.Activity));
        Assert.All(progress[..^1], p => Assert.Equal(60_000L, p.Total));
        Assert.Contains(progress, p => Regex.IsMatch(
            p.Status, @"\ADownloading a\.bin: [\d.]+ kB of 60\.0 kB, [\d.]+ \w+/s, [\d.]+ s left\z"));
        Assert.True(progress[^1].IsCompleted);
    }

    [Fact]
    public void An_optional_file_that_cannot_be_had_does_not_stand_in_the_way()
    {
        using var server = new WebServer(_ => WebReply.Of(404));

        var resolved = _folder.Folder.Resolve(Url(server.Url("a.bin")) with { IsOptional = true });

        Assert.Empty(resolved.Sources);
    }

    // What reading the file anew gives must be what was hashed while it came.
    private Fingerprint Reread(string url) =>
        new FingerprintReader(new FingerprintCache(), NullEventSink.Instance, "Test", CancellationToken.None).Read(_folder.Cached(url).Path);
}
