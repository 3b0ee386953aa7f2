using Guild.Engine.GuildFiles;
using Guild.Engine.Resources;
using Guild.Engine.Runs;
using static Guild.Engine.Tests.Resources.ResourceFolder;

namespace Guild.Engine.Tests.Resources;

public sealed class FileResourceTests : IDisposable
{
    private readonly ResourceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_is_linked_under_its_base_name_by_its_absolute_path()
    {
        _folder.With("data/rows.csv");

        var resolved = _folder.Resolve(FileSource("data/rows.csv"));

        Assert.Equal([$"rows.csv -> {_folder.At("data/rows.csv")}"], _folder.Placed());
        Assert.Equal("d rows.csv aa785adca3fcdfe1884ae840e13c6d294a2414e8 file:data/rows.csv", Manifest.Format(Assert.Single(resolved.ManifestEntries)));
        Assert.Empty(resolved.Warnings);
    }

    [Fact]
    public void What_lies_in_the_home_is_linked_relatively()
    {
        Write(Path.Join(_folder.Home.CacheDirectory, "big.bin"), "x");

        _folder.Resolve(FileSource(Path.Join(_folder.Home.CacheDirectory, "big.bin")) with { TargetPath = "deep/er" });

        Assert.Equal(["deep/er/big.bin -> ../../../../cache/big.bin"], _folder.Placed());
        Assert.Equal("x", File.ReadAllText(_folder.InRun("deep/er/big.bin")));
    }

    [Theory]
    [InlineData("copy", null, null)]
    [InlineData(null, "copy", null)]
    [InlineData(null, null, "copy")]
    [InlineData("copy", "link", "link")]
    [InlineData(null, "copy", "link")]
    public void The_nearest_target_type_decides(string? source, string? resource, string? fallback)
    {
        _folder.With("rows.csv");
        var required = _folder.Require(FileSource("rows.csv") with { TargetType = source });

        _folder.Resolve(required with { Definition = required.Definition with { TargetType = resource }, DefaultTargetType = fallback });

        Assert.Equal(["rows.csv"], _folder.Placed());
    }

    [Fact]
    public void An_unknown_target_type_is_an_error() =>
        Assert.Contains("expected 'link' or 'copy'", _folder.With("a").Fail(FileSource("a") with { TargetType = "move" }).Message, StringComparison.Ordinal);

    [Fact]
    public void A_folder_is_linked_as_itself()
    {
        _folder.With("data/a.txt", "a").With("data/b/c.txt", "c");

        var resolved = _folder.Resolve(FileSource("data/"));

        Assert.Equal([$"data -> {_folder.At("data")}"], _folder.Placed());
        Assert.Equal("d data - file:data", Manifest.Format(Assert.Single(resolved.ManifestEntries)));
        var fingerprint = Assert.Single(Assert.Single(resolved.Sources).Inputs).Fingerprint;
        Assert.Equal((InputKind.Directory, 2L, 2L), (fingerprint.Kind, fingerprint.Size, fingerprint.Count));
        Assert.Equal(FingerprintTexts.Sha256($"a.txt\0{FingerprintTexts.Sha256("a")}\nb/c.txt\0{FingerprintTexts.Sha256("c")}\n"), fingerprint.Sha256);
    }

    [Fact]
    public void A_folder_is_copied_with_all_in_it_and_its_inner_links_stay_inside()
    {
        _folder.With("data/a.txt", "a").With("data/b/c.txt", "c").With("other.txt", "o");
        File.CreateSymbolicLink(_folder.At("data/b/inner"), "../a.txt");
        File.CreateSymbolicLink(_folder.At("data/outer"), "../other.txt");

        _folder.Resolve(FileSource("data") with { TargetType = "copy" });

        Assert.Equal(["data/a.txt", "data/b/c.txt", "data/b/inner -> ../a.txt", $"data/outer -> {_folder.At("other.txt")}"], _folder.Placed());
    }

    [Fact]
    public void A_file_that_is_missing_is_an_error_with_the_help_of_the_Guild_file()
    {
        var error = _folder.Fail(FileSource("nope.csv") with { Help = "Run make data." });

        Assert.Equal($"Source 'file:nope.csv' of resource 'data' could not be resolved: there is no file or folder 'nope.csv' in '{_folder.Project}'.", error.Message);
        Assert.Equal("Run make data.", error.RecommendedAction);
    }

    [Fact]
    public void Further_locations_are_looked_in_in_their_order()
    {
        Write(Path.Join(_folder.Base, "parent", "rows.csv"), "x");

        _folder.Resolve(_folder.Require(FileSource("rows.csv")) with { OtherLocations = [Path.Join(_folder.Base, "none"), Path.Join(_folder.Base, "parent")] });

        Assert.Equal([$"rows.csv -> {Path.Join(_folder.Base, "parent", "rows.csv")}"], _folder.Placed());
    }

    [Theory]
    [InlineData("with space.csv")]
    [InlineData("quo'te\".csv")]
    [InlineData("$(touch x).csv")]
    [InlineData("-dash.csv")]
    [InlineData("ünïcode-世界.csv")]
    public void Hostile_names_are_linked_and_come_back_from_the_manifest(string name)
    {
        if (OperatingSystem.IsWindows() && name.Contains('"', StringComparison.Ordinal))
        {
            return;
        }

        _folder.With(name, "content");

        var entry = Assert.Single(_folder.Resolve(FileSource(name)).ManifestEntries);

        Assert.Equal("content", File.ReadAllText(_folder.InRun(name)));
        Assert.Equal(entry, Manifest.Parse(Manifest.Format(entry)));
    }

    [Fact]
    public void A_name_with_a_line_break_is_not_taken_and_that_is_said()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _folder.With("data/two\nlines.txt").With("data/a.txt");

        var resolved = _folder.Resolve(FileSource("data") with { Select = [new SelectDefinition("(?s).+txt")] });

        Assert.Single(resolved.ManifestEntries);
        Assert.Contains("two?lines.txt", Assert.Single(resolved.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void An_optional_source_that_cannot_be_resolved_is_passed_over_with_a_detail()
    {
        _folder.With("a.txt");

        var resolved = _folder.Resolve(FileSource("nope.csv") with { IsOptional = true }, FileSource("a.txt"));

        Assert.Equal(["file:a.txt"], resolved.Sources.Select(source => source.Name));
        Assert.Contains(_folder.Details, text => text.Contains("Going on without file:nope.csv", StringComparison.Ordinal));
        Assert.Empty(_folder.Warnings);
    }

    [Fact]
    public void A_resource_without_sources_is_an_error() =>
        Assert.Contains("has no sources", _folder.Fail().Message, StringComparison.Ordinal);
}
