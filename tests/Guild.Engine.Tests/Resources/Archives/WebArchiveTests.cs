using Guild.Engine.GuildFiles;
using Guild.Engine.Resources;
using Guild.Engine.Tests.Resources.Downloads;
using static Guild.Engine.Tests.Resources.Archives.ArchiveBytes;

namespace Guild.Engine.Tests.Resources.Archives;

public sealed class WebArchiveTests : IDisposable
{
    private readonly DownloadFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_archive_of_the_web_is_downloaded_verified_unpacked_and_linked()
    {
        var archive = Gzip(Tar(Entry("d/a.txt"), Entry("d/b.csv")));
        using var server = new WebServer(new ServedFile(archive).Reply);
        var url = server.Url("data.tar.gz");
        var source = DownloadFolder.Url(url, Sha256(archive)) with { Select = [new SelectDefinition(@"d/.*\.txt")] };

        var entry = Assert.Single(_folder.Folder.Resolve(source).ManifestEntries);

        Assert.Equal([$"a.txt -> {InCache(archive, "tar", "d/a.txt")}"], _folder.Folder.Placed());
        Assert.Equal((url, "d/a.txt"), (entry.Uri, entry.SubPath));
    }

    [Fact]
    public void An_archive_of_the_web_is_planned_without_a_request()
    {
        using var server = new WebServer(_ => WebReply.Of(404));

        var planned = Assert.Single(ResourcePlan.Of(_folder.Folder.Require(DownloadFolder.Url(server.Url("data.zip"))), _folder.Context).Sources);

        Assert.Equal(DownloadState.Missing, planned.Download!.State);
        Assert.Equal("data.zip", Path.GetFileName(Assert.Single(planned.ArchivesToUnpack)));
        Assert.Empty(planned.Targets);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void An_archive_that_a_server_cuts_short_is_not_unpacked()
    {
        var archive = Gzip(Tar(Entry("a.txt")));
        using var server = new WebServer(new ServedFile(archive[..^20]).Reply);

        var error = _folder.Folder.Fail(DownloadFolder.Url(server.Url("data.tar.gz")));

        Assert.Contains("cannot be unpacked", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_folder.Folder.Unpacked(), name => name.EndsWith("-tar", StringComparison.Ordinal));
    }
}
