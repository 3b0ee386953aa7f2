using Guild.Engine.Resources;

namespace Guild.Engine.Tests.Resources.Downloads;

public sealed class PlannedDownloadTests : IDisposable
{
    private readonly DownloadFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_that_is_not_there_is_planned_without_a_request_and_without_a_trace()
    {
        using var server = new WebServer(_ => WebReply.Of(404));

        var source = Plan(server.Url("rows.csv"));

        Assert.Equal(new PlannedDownload(server.Url("rows.csv"), DownloadState.Missing, 0), source.Download);
        Assert.Equal((null, null, 0L), (source.Path, source.Problem, source.Size));
        Assert.Equal(["rows.csv"], source.Targets);
        Assert.Empty(server.Requests);
        Assert.False(Directory.Exists(_folder.CacheDirectory));
    }

    [Fact]
    public void A_file_that_is_in_the_cache_is_planned_with_its_size()
    {
        var cached = _folder.Cached("https://example.org/rows.csv");
        ResourceFolder.Write(cached.Path, "12345");

        var source = Plan("https://ada:secret@example.org/rows.csv");

        Assert.Equal(new PlannedDownload("https://***@example.org/rows.csv", DownloadState.Cached, 5) { TotalSize = 5 }, source.Download);
        Assert.Equal((cached.Path, 5L), (source.Path, source.Size));
    }

    [Fact]
    public void A_part_is_planned_with_what_there_is_of_it()
    {
        ResourceFolder.Write(_folder.Cached("https://example.org/rows.csv").PartPath, "123");

        var source = Plan("https://example.org/rows.csv");

        Assert.Equal((DownloadState.Partial, 3L), (source.Download!.State, source.Download.CachedSize));
        Assert.Null(source.Path);
        Assert.Null(source.Download.TotalSize);
    }

    [Fact]
    public void Of_a_part_the_whole_size_is_planned_if_the_server_said_it()
    {
        var cached = _folder.Cached("https://example.org/rows.csv");
        ResourceFolder.Write(cached.PartPath, "123");
        new PartInfo("\"v1\"", null, 9).Write(cached.PartInfoPath);

        Assert.Equal(9, Plan("https://example.org/rows.csv").Download!.TotalSize);
    }

    [Fact]
    public void What_is_no_address_is_a_problem() =>
        Assert.Contains("is no web address", Plan("rows.csv").Problem, StringComparison.Ordinal);

    [Fact]
    public void Other_sources_are_no_downloads()
    {
        var plan = ResourcePlan.Of(_folder.Folder.With("a.csv").Require(ResourceFolder.FileSource("a.csv")), _folder.Context);

        Assert.Null(Assert.Single(plan.Sources).Download);
    }

    private PlannedSource Plan(string url)
    {
        var plan = ResourcePlan.Of(_folder.Folder.Require(DownloadFolder.Url(url)), _folder.Context);
        return Assert.Single(plan.Sources);
    }
}
