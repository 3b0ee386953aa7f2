using Guild.Engine.GuildFiles;

namespace Guild.Engine.Tests.Resources.Downloads;

public sealed class FileAddressTests : IDisposable
{
    private readonly DownloadFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_address_is_linked_where_it_is_and_not_copied_into_the_cache()
    {
        var path = _folder.Folder.With("my rows.csv", "abc").At("my rows.csv");
        var url = new Uri(path).AbsoluteUri;

        var resolved = _folder.Resolve(url, FingerprintTexts.Sha256("abc"));

        Assert.Equal([$"my rows.csv -> {path}"], _folder.Folder.Placed());
        Assert.Equal(url, Assert.Single(resolved.ManifestEntries).Uri);
        Assert.False(Directory.Exists(_folder.CacheDirectory));
    }

    [Fact]
    public void This_machine_can_be_named()
    {
        var path = _folder.Folder.With("rows.csv", "abc").At("rows.csv");

        _folder.Resolve(new Uri(path).AbsoluteUri.Replace("file:///", "file://localhost/", StringComparison.Ordinal));

        Assert.Equal([$"rows.csv -> {path}"], _folder.Folder.Placed());
    }

    [Fact]
    public void A_file_of_another_machine_is_an_error_where_there_are_no_network_paths()
    {
        if (!OperatingSystem.IsWindows())
        {
            Assert.Contains("names a file of another machine", _folder.Fail("file://server/rows.csv").Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Another_hash_is_an_error()
    {
        var path = _folder.Folder.With("rows.csv", "abc").At("rows.csv");

        Assert.Contains(FingerprintTexts.Sha256("abc"), _folder.Fail(new Uri(path).AbsoluteUri, FingerprintTexts.Sha256("x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_there_is_an_error_with_its_path()
    {
        var path = _folder.Folder.At("nope.csv");

        Assert.Contains($"there is no file or folder '{path}'", _folder.Fail(new Uri(path).AbsoluteUri).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_can_be_selected_from()
    {
        _folder.Folder.With("data/a.csv").With("data/b.txt");

        _folder.Folder.Resolve(DownloadFolder.Url(new Uri(_folder.Folder.At("data")).AbsoluteUri) with { Select = [new SelectDefinition(@".*\.csv")] });

        Assert.Equal([$"a.csv -> {_folder.Folder.At("data/a.csv")}"], _folder.Folder.Placed());
    }
}
