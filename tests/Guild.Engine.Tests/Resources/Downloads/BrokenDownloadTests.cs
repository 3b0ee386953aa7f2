using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Guild.Engine.Tests.Resources.Downloads;

/// <summary>Servers and networks that fail on the way.</summary>
public sealed class BrokenDownloadTests : IDisposable
{
    private readonly DownloadFolder _folder = new();

    public void Dispose() => _folder.Dispose();

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

    [Fact]
    public void Of_a_file_that_is_not_there_nothing_is_left_in_the_cache()
    {
        using var server = new WebServer(_ => WebReply.Of(404));

        _folder.Fail(server.Url("a.bin"));

        Assert.False(Directory.Exists(_folder.Cached(server.Url("a.bin")).Directory));
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
    public void A_server_can_ask_to_wait_until_a_date()
    {
        var (file, settings) = (ServedFile.OfSize(1000), DownloadFolder.Impatient with { MaxRetryAfter = TimeSpan.FromMinutes(5) });
        _folder.Settings = settings;
        using var past = new WebServer((request, number) => number == 1 ? WebReply.Of(503, ("Retry-After", "Fri, 02 Jan 2026 03:04:05 GMT")) : file.Reply(request));
        using var future = new WebServer(_ => WebReply.Of(503, ("Retry-After", DateTimeOffset.UtcNow.AddHours(3).ToString("R", CultureInfo.InvariantCulture))));

        _folder.Resolve(past.Url("a.bin"), file.Sha256);
        var error = _folder.Fail(future.Url("b.bin"));

        Assert.Equal(2, past.Requests.Count);
        Assert.Matches("asks to come back in (3 h 0|2 h 59) min", error.Message);
        Assert.Single(future.Requests);
    }

    [Fact]
    public void A_server_that_compresses_on_the_way_though_it_was_asked_not_to_is_an_error_and_nothing_is_kept()
    {
        using var server = new WebServer(_ => new WebReply(200, new byte[60]) { Headers = [("Content-Encoding", "gzip")] });

        var error = _folder.Fail(server.Url("rows.csv"));

        Assert.Contains("the server sent it compressed ('gzip')", error.Message, StringComparison.Ordinal);
        Assert.Equal("identity", server.Requests[0]["Accept-Encoding"]);
        Assert.False(Directory.Exists(_folder.Cached(server.Url("rows.csv")).Directory));
    }

    [Fact]
    public void A_server_may_say_of_a_compressed_file_that_it_is_compressed()
    {
        var file = ServedFile.OfSize(60);
        using var server = new WebServer(_ => new WebReply(200, file.Content) { Headers = [("Content-Encoding", "x-gzip")] });

        _folder.Folder.Resolve(DownloadFolder.Url(server.Url("rows.tar.gz"), file.Sha256) with { Unpack = false });

        Assert.Equal(file.Content, _folder.InRun("rows.tar.gz"));
    }

    [Fact]
    public void A_download_that_fails_gives_the_help_of_the_Guild_file()
    {
        using var server = new WebServer(_ => WebReply.Of(403));

        var error = _folder.Folder.Fail(DownloadFolder.Url(server.Url("a.bin")) with { Help = "Ask Ada for a key." });

        Assert.Equal("Ask Ada for a key.", error.RecommendedAction);
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
