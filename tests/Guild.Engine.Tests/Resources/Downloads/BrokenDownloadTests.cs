using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Guild.Engine.Resources;

namespace Guild.Engine.Tests.Resources.Downloads;

/// <summary>Servers and networks that fail on the way.</summary>
public sealed class BrokenDownloadTests : IDisposable
{
    private readonly DownloadFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_connection_that_is_cut_is_gone_on_with_where_it_broke_off()
    {
        var file = ServedFile.OfSize(500_000);
        using var server = new WebServer((request, number) => file.Reply(request) with { CutAt = number < 3 ? 200_000 : null });

        _folder.Resolve(server.Url("a.bin"), file.Sha256);

        Assert.Equal(file.Content, _folder.InRun("a.bin"));
        Assert.Equal([null, "bytes=200000-", "bytes=400000-"], server.Requests.Select(request => request["Range"]));
        Assert.Equal([null, "\"v1\"", "\"v1\""], server.Requests.Select(request => request["If-Range"]));
    }

    [Fact]
    public void Without_a_tag_the_time_of_the_last_change_tells_the_file()
    {
        var file = ServedFile.OfSize(1000) with { ETag = null, LastModified = new DateTimeOffset(2026, 7, 1, 8, 0, 0, TimeSpan.Zero) };
        using var server = new WebServer((request, number) => file.Reply(request) with { CutAt = number == 1 ? 400 : null });

        _folder.Resolve(server.Url("a.bin"), file.Sha256);

        Assert.Equal("Wed, 01 Jul 2026 08:00:00 GMT", server.Requests[1]["If-Range"]);
    }

    [Theory]
    [InlineData(null, "2026-07-20T10:00:00Z")]
    [InlineData("W/\"v1\"", null)]
    [InlineData(null, null)]
    public void What_does_not_tell_two_versions_apart_is_not_gone_on_with(string? tag, string? time)
    {
        var file = ServedFile.OfSize(1000) with
        {
            ETag = tag,
            LastModified = time is null ? null : DateTimeOffset.Parse(time, CultureInfo.InvariantCulture),
        };
        using var server = new WebServer((request, number) => file.Reply(request) with { CutAt = number == 1 ? 400 : null });

        _folder.Resolve(server.Url("a.bin"), file.Sha256);

        Assert.Equal([null, null], server.Requests.Select(request => request["Range"]));
    }

    [Fact]
    public void A_file_that_changed_between_two_ranges_starts_afresh()
    {
        var (old, changed) = (ServedFile.OfSize(1000), ServedFile.OfSize(900, seed: 2) with { ETag = "\"v2\"" });
        using var server = new WebServer((request, number) => number == 1 ? old.Reply(request) with { CutAt = 400 } : changed.Reply(request));

        _folder.Resolve(server.Url("a.bin"), changed.Sha256);

        Assert.Equal(changed.Content, _folder.InRun("a.bin"));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public void A_server_that_answers_with_a_part_of_another_file_is_not_believed()
    {
        var (old, changed) = (ServedFile.OfSize(1000), ServedFile.OfSize(1000, seed: 2) with { ETag = "\"v2\"" });
        using var server = new WebServer((request, number) => number switch
        {
            1 => old.Reply(request) with { CutAt = 400 },
            2 => new WebReply(206, changed.Content[400..]) { Headers = [("ETag", "\"v2\""), ("Content-Range", "bytes 400-999/1000")] },
            _ => changed.Reply(request),
        });

        _folder.Resolve(server.Url("a.bin"));

        Assert.Equal(changed.Content, _folder.InRun("a.bin"));
        Assert.Null(server.Requests[2]["Range"]);
    }

    [Fact]
    public void A_part_that_begins_elsewhere_is_not_taken()
    {
        var file = ServedFile.OfSize(1000);
        using var server = new WebServer((request, number) => number switch
        {
            1 => file.Reply(request) with { CutAt = 400 },
            2 => new WebReply(206, file.Content[300..]) { Headers = [("ETag", "\"v1\""), ("Content-Range", "bytes 300-999/1000")] },
            _ => file.Reply(request),
        });

        _folder.Resolve(server.Url("a.bin"));

        Assert.Equal(file.Content, _folder.InRun("a.bin"));
    }

    [Fact]
    public void Parts_that_do_not_give_the_hash_are_thrown_away_and_the_whole_is_asked_for()
    {
        // The tag stays though the file changes: only the hash tells.
        var (old, changed) = (ServedFile.OfSize(1000), ServedFile.OfSize(1000, seed: 2));
        using var server = new WebServer((request, number) => number == 1 ? old.Reply(request) with { CutAt = 400 } : changed.Reply(request));

        _folder.Resolve(server.Url("a.bin"), changed.Sha256);

        Assert.Equal(changed.Content, _folder.InRun("a.bin"));
        Assert.Equal([null, "bytes=400-", null], server.Requests.Select(request => request["Range"]));
    }

    [Fact]
    public void A_server_without_ranges_starts_afresh()
    {
        var file = ServedFile.OfSize(1000) with { TakesRanges = false };
        using var server = new WebServer((request, number) => file.Reply(request) with { CutAt = number == 1 ? 400 : null });

        _folder.Resolve(server.Url("a.bin"), file.Sha256);

        Assert.Equal(file.Content, _folder.InRun("a.bin"));
        Assert.Equal("bytes=400-", server.Requests[1]["Range"]);
    }

    [Fact]
    public void A_range_that_cannot_be_had_starts_afresh()
    {
        var file = ServedFile.OfSize(1000);
        using var server = new WebServer((request, number) => number switch
        {
            1 => file.Reply(request) with { CutAt = 400 },
            2 => WebReply.Of(416),
            _ => file.Reply(request),
        });

        _folder.Resolve(server.Url("a.bin"), file.Sha256);

        Assert.Null(server.Requests[2]["Range"]);
    }

    [Fact]
    public void What_came_is_kept_and_the_next_run_goes_on_with_it()
    {
        var file = ServedFile.OfSize(1000);
        using var server = new WebServer((request, number) => number switch
        {
            1 => file.Reply(request) with { CutAt = 400 },
            2 => WebReply.Of(403),
            _ => file.Reply(request),
        });
        _folder.Fail(server.Url("a.bin"), file.Sha256);

        _folder.Resolve(server.Url("a.bin"), file.Sha256);

        Assert.Equal(file.Content, _folder.InRun("a.bin"));
        Assert.Equal("bytes=400-", server.Requests[2]["Range"]);
    }

    [Fact]
    public void A_part_of_which_nothing_is_known_is_not_gone_on_with()
    {
        var file = ServedFile.OfSize(1000);
        using var server = new WebServer(file.Reply);
        ResourceFolder.Write(_folder.Cached(server.Url("a.bin")).PartPath, "left by somebody");
        ResourceFolder.Write(_folder.Cached(server.Url("a.bin")).PartInfoPath, "{\"ETag\":\"\\\"v");

        _folder.Resolve(server.Url("a.bin"), file.Sha256);

        Assert.Null(Assert.Single(server.Requests)["Range"]);
    }

    [Fact]
    public void A_part_that_is_whole_needs_no_request()
    {
        var file = ServedFile.OfSize(1000);
        var cached = _folder.Cached("http://127.0.0.1:1/a.bin");
        Directory.CreateDirectory(cached.Directory);
        File.WriteAllBytes(cached.PartPath, file.Content);
        new PartInfo("\"v1\"", null, 1000).Write(cached.PartInfoPath);

        _folder.Resolve("http://127.0.0.1:1/a.bin", file.Sha256);

        Assert.Equal(file.Content, _folder.InRun("a.bin"));
    }

    [Fact]
    public void A_server_that_fails_twice_and_then_does_not_is_asked_three_times()
    {
        var file = ServedFile.OfSize(1000);
        using var server = new WebServer((request, number) => number < 3 ? WebReply.Of(500) : file.Reply(request));

        _folder.Resolve(server.Url("a.bin"), file.Sha256);

        Assert.Equal(3, server.Requests.Count);
        Assert.Equal(2, _folder.Folder.Details.Count(text => text.Contains("is tried again in", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_server_that_keeps_failing_is_given_up()
    {
        using var server = new WebServer(_ => WebReply.Of(503));

        var error = _folder.Fail(server.Url("a.bin"));

        Assert.Contains("the server cannot give it just now (503 Service Unavailable)", error.Message, StringComparison.Ordinal);
        Assert.Equal(4, server.Requests.Count);
    }

    [Theory]
    [InlineData(404, "the server has no such file (404 Not Found)")]
    [InlineData(410, "the server has no such file (410 Gone)")]
    [InlineData(401, "the server does not give it to you (401 Unauthorized)")]
    [InlineData(403, "the server does not give it to you (403 Forbidden)")]
    [InlineData(204, "the server answers 204 No Content")]
    [InlineData(418, "the server answers 418")]
    public void A_clear_no_is_not_asked_again(int status, string message)
    {
        using var server = new WebServer(_ => WebReply.Of(status));

        var error = _folder.Fail(server.Url("a.bin"));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.RecommendedAction);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public void A_server_that_asks_to_wait_is_given_the_time(int status)
    {
        var file = ServedFile.OfSize(1000);
        using var server = new WebServer((request, number) => number == 1 ? WebReply.Of(status, ("Retry-After", "1")) : file.Reply(request));
        var watch = Stopwatch.StartNew();

        _folder.Resolve(server.Url("a.bin"), file.Sha256);

        Assert.True(watch.Elapsed >= TimeSpan.FromSeconds(0.95), $"It was asked again after {watch.Elapsed}.");
    }

    [Fact]
    public void A_server_that_asks_to_wait_too_long_is_an_error_that_says_how_long()
    {
        using var server = new WebServer(_ => WebReply.Of(429, ("Retry-After", "7200")));

        var error = _folder.Fail(server.Url("a.bin"));

        Assert.Contains("the server asks to come back in 2 h 0 min (429 Too Many Requests)", error.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public void A_length_that_is_never_reached_is_an_error_after_all_tries()
    {
        using var server = new WebServer(_ => new WebReply(200, new byte[60]) { StatedLength = 100 });

        var error = _folder.Fail(server.Url("a.bin"));

        Assert.Contains("the connection broke off", error.Message, StringComparison.Ordinal);
        Assert.Equal(4, server.Requests.Count);
        Assert.False(File.Exists(_folder.Cached(server.Url("a.bin")).Path));
    }

    [Fact]
    public void A_rest_that_is_longer_than_the_file_is_not_taken()
    {
        var file = ServedFile.OfSize(1000);
        using var server = new WebServer((request, number) => number switch
        {
            1 => file.Reply(request) with { CutAt = 400 },
            2 => new WebReply(206, [.. file.Content[400..], 1, 2, 3]) { Headers = [("ETag", "\"v1\""), ("Content-Range", "bytes 400-999/1000")] },
            _ => file.Reply(request),
        });

        _folder.Resolve(server.Url("a.bin"));

        Assert.Equal(file.Content, _folder.InRun("a.bin"));
        Assert.Null(server.Requests[2]["Range"]);
    }

    [Fact]
    public void A_server_that_goes_silent_is_given_up_and_asked_for_the_rest()
    {
        var file = ServedFile.OfSize(1000);
        _folder.Settings = DownloadFolder.Impatient with { IdleTimeout = TimeSpan.FromSeconds(2) };
        using var server = new WebServer((request, number) => file.Reply(request) with { StallAt = number == 1 ? 400 : null });

        _folder.Resolve(server.Url("a.bin"), file.Sha256);

        Assert.Equal("bytes=400-", server.Requests[1]["Range"]);
    }

    [Fact]
    public void A_server_that_never_answers_is_given_up()
    {
        _folder.Settings = DownloadFolder.Impatient with
        {
            MaxRetries = 0,
            ConnectTimeout = TimeSpan.FromMilliseconds(500),
            IdleTimeout = TimeSpan.FromMilliseconds(500),
        };

        // The system takes the connection; nobody reads from it.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        var error = _folder.Fail(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/a.bin"));

        Assert.Contains("did not answer within 0.5 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_slow_drip_is_patiently_taken()
    {
        var file = ServedFile.OfSize(2000);
        _folder.Settings = DownloadFolder.Impatient with { IdleTimeout = TimeSpan.FromSeconds(5) };
        using var server = new WebServer(request => file.Reply(request) with { DripSize = 100, DripTime = TimeSpan.FromMilliseconds(20) });

        _folder.Resolve(server.Url("a.bin"), file.Sha256);

        Assert.Single(server.Requests);
    }

    [Fact]
    public void A_download_that_takes_too_long_in_all_is_an_error_and_keeps_its_part()
    {
        var file = ServedFile.OfSize(100_000);
        _folder.Settings = DownloadFolder.Impatient with { TotalTimeout = TimeSpan.FromSeconds(3) };
        using var server = new WebServer(request => file.Reply(request) with { StallAt = 40_000 });

        var error = _folder.Fail(server.Url("a.bin"));

        Assert.Contains("it took longer than 3 s", error.Message, StringComparison.Ordinal);
        Assert.InRange(new FileInfo(_folder.Cached(server.Url("a.bin")).PartPath).Length, 1, 40_000);
    }

    [Fact]
    public void A_network_that_keeps_breaking_brings_a_file_in_the_end_as_long_as_it_gets_on()
    {
        var file = ServedFile.OfSize(10_000);
        _folder.Settings = DownloadFolder.Impatient with { MaxRetries = 1, MinimumProgress = 1000 };
        using var server = new WebServer(request => file.Reply(request) with { CutAt = 900 });

        _folder.Resolve(server.Url("a.bin"), file.Sha256);

        Assert.Equal(12, server.Requests.Count);
    }

    [Fact]
    public void A_server_that_starts_afresh_each_time_does_not_get_on()
    {
        var file = ServedFile.OfSize(10_000) with { TakesRanges = false };
        _folder.Settings = DownloadFolder.Impatient with { MaxRetries = 1, MinimumProgress = 1000 };
        using var server = new WebServer(request => file.Reply(request) with { CutAt = 5000 });

        _folder.Fail(server.Url("a.bin"), file.Sha256);

        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public void A_machine_that_does_not_listen_is_an_error_that_names_it()
    {
        int port;
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        var error = _folder.Fail(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/a.bin"));

        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"there is no connection to '127.0.0.1:{port}'"), error.Message, StringComparison.Ordinal);
        Assert.Equal(3, _folder.Folder.Details.Count(text => text.Contains("is tried again in", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_name_that_nobody_knows_is_an_error_that_names_it()
    {
        _folder.Settings = DownloadFolder.Impatient with { MaxRetries = 0 };

        var error = _folder.Fail("http://no-such-host.invalid/a.bin");

        Assert.Contains("no address is known of 'no-such-host.invalid'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_download_ends_at_once_and_keeps_its_part()
    {
        var file = ServedFile.OfSize(100_000);
        using var server = new WebServer(request => file.Reply(request) with { StallAt = 40_000 });
        using var stop = new CancellationTokenSource();
        var events = new StopAt(stop, e => e is ProgressEvent { Done: > 0 });
        var watch = Stopwatch.StartNew();

        Assert.ThrowsAny<OperationCanceledException>(() => _folder.ResolveElsewhere(server.Url("a.bin"), events, stop.Token));

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(15), $"It took {watch.Elapsed}.");
        Assert.InRange(new FileInfo(_folder.Cached(server.Url("a.bin")).PartPath).Length, 1, 40_000);
    }

    [Fact]
    public void A_cancelled_wait_before_a_retry_ends_at_once()
    {
        _folder.Settings = DownloadFolder.Impatient with { RetryDelay = TimeSpan.FromMinutes(1), MaxRetryDelay = TimeSpan.FromMinutes(1) };
        using var server = new WebServer(_ => WebReply.Of(500));
        using var stop = new CancellationTokenSource();
        var events = new StopAt(stop, e => e is ProgressEvent p && p.Status.Contains("is tried again", StringComparison.Ordinal));
        var watch = Stopwatch.StartNew();

        Assert.ThrowsAny<OperationCanceledException>(() => _folder.ResolveElsewhere(server.Url("a.bin"), events, stop.Token));

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(15), $"It took {watch.Elapsed}.");
    }

    private sealed class StopAt(CancellationTokenSource stop, Func<EngineEvent, bool> isTime) : IEventSink
    {
        public void Report(EngineEvent engineEvent)
        {
            if (isTime(engineEvent))
            {
                stop.Cancel();
            }
        }
    }
}
