using Guild.Engine.Resources;
using Guild.Engine.Tests.Operations;
using Guild.Engine.Tests.Resources.Archives;
using Guild.Engine.Tests.Resources.Downloads;
using static Guild.Engine.Tests.Resources.Archives.ArchiveBytes;

namespace Guild.Engine.Tests.Resources.Cache;

/// <summary>What is told of each source of a resource.</summary>
public sealed class SourceStatusTests : IDisposable
{
    private readonly TempProject _project = new("- model: m\n");

    public void Dispose() => _project.Dispose();

    [Fact]
    public void A_file_of_the_web_is_missing_then_partial_then_cached()
    {
        var address = new Uri("https://example.org/rows.csv");
        var cached = new CachedFile(_project.Home, address);

        var missing = Single($"url: {address}");
        Assert.Equal((SourceState.Missing, 0L, null, cached.Path), (missing.State, missing.Length, missing.Time, missing.Path));
        Assert.False(Directory.Exists(_project.Home.CacheDirectory));

        ResourceFolder.Write(cached.PartPath, "123");
        var partial = Single($"url: {address}");
        Assert.Equal((SourceState.Partial, 3L, null), (partial.State, partial.Length, partial.Sha256));

        ResourceFolder.Write(cached.Path, "12345");
        var whole = Single($"url: {address}");
        Assert.Equal((SourceState.Cached, 5L, "https://example.org/rows.csv"), (whole.State, whole.Length, whole.Address));
        Assert.NotNull(whole.Time);
    }

    [Fact]
    public void A_download_has_its_hash_and_the_folder_that_it_was_unpacked_to()
    {
        var archive = Zip(new ZipMember("a.txt"));
        using var server = new WebServer(_ => new WebReply(200, archive));
        Assert.True(Single($"url: {server.Url("a.zip")}").IsUnpacked);
        Assert.Null(Single($"url: {server.Url("a.zip")}").ContentsPath);
        Resolve();

        var status = Single($"url: {server.Url("a.zip")}");

        Assert.Equal((SourceState.Cached, Sha256(archive)), (status.State, status.Sha256));
        Assert.Equal(Path.Join(_project.Home.CacheDirectory, "resources", $"{Sha256(archive)}-zip", "files"), status.ContentsPath);
        Assert.NotNull(status.LastUsed);
        Assert.Single(server.Requests);
    }

    [Fact]
    public void An_archive_of_the_project_has_its_hash_once_it_was_unpacked()
    {
        var archive = Zip(new ZipMember("a.txt"));
        File.WriteAllBytes(_project.PathOf("a.zip"), archive);
        Assert.Null(Single("file: a.zip").Sha256);
        Resolve();

        var status = Single("file: a.zip");

        Assert.Equal((SourceState.Local, archive.LongLength, Sha256(archive)), (status.State, status.Length, status.Sha256));
        Assert.NotNull(status.ContentsPath);
    }

    [Fact]
    public void Files_of_the_project_are_local_or_missing_with_the_reason()
    {
        _project.Write("rows.csv", "12345");

        Assert.Equal((SourceState.Local, 5L, false), (Single("file: rows.csv").State, Single("file: rows.csv").Length, Single("file: rows.csv").IsUnpacked));
        Assert.Equal(SourceState.Missing, Single("file: none.csv").State);
        Assert.Contains("there is no file or folder 'none.csv'", Single("file: none.csv").Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void An_operation_without_a_run_is_missing_and_a_module_is_not_asked_for()
    {
        Assert.Equal(SourceState.Missing, Single("operation: prepare").State);
        Assert.Equal((SourceState.Unknown, null), (Single("module: numpy").State, Single("module: numpy").Problem));
    }

    [Fact]
    public void Flags_in_an_address_have_the_defaults_of_the_operation_that_requires_it()
    {
        Assert.Equal("https://example.org/v2/rows.csv", Single("url: 'https://example.org/v${version}/rows.csv'", "flags: {version: 2}").Address);

        var unknown = Single("url: 'https://example.org/v${version}/rows.csv'");
        Assert.Equal(SourceState.Unknown, unknown.State);
        Assert.Contains("version", unknown.Problem, StringComparison.Ordinal);
    }

    private SourceStatus Single(string source, string attributes = "flags: {}")
    {
        _project.Write(
            "guild.yml",
            $"- model: m\n  operations: {{train: {{exec: 'true', requires: data, {attributes}}}}}\n  resources: {{data: {{sources: [{{{source}}}]}}}}\n");
        var project = _project.Project;
        return Assert.Single(SourceStatus.Of(project, project.Models[0], project.Models[0].Resources[0], _project.Context));
    }

    private void Resolve() => Assert.Equal(0, _project.Run("train").ExitCode);
}
