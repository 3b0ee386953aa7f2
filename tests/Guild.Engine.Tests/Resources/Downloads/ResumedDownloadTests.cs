using System.Globalization;
using Guild.Engine.Resources;

namespace Guild.Engine.Tests.Resources.Downloads;

/// <summary>Downloads that go on with what came before, and those that must not.</summary>
public sealed class ResumedDownloadTests : IDisposable
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
}
