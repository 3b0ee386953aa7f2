using System.Text;
using Guild.Engine.GuildFiles;
using Guild.Engine.Resources;
using Guild.Engine.Runs;
using static Guild.Engine.Tests.Resources.Archives.ArchiveBytes;
using static Guild.Engine.Tests.Resources.ResourceFolder;

namespace Guild.Engine.Tests.Resources.Archives;

public sealed class ArchiveResourceTests : IDisposable
{
    private readonly ResourceFolder _folder = new();

    public static TheoryData<string> Kinds => ["a.zip", "a.tar", "a.tar.gz", "a.TGZ", "a.tar.bz2", "a.tar.xz", "blocks.tar.xz", "a.tar.zst"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_top_level_names_of_an_archive_are_linked_by_paths_inside_the_home(string name)
    {
        var archive = Sample(name);
        var kind = name == "a.zip" ? "zip" : "tar";

        _folder.Resolve(_folder.Put(name, archive));

        Assert.Equal([$"data -> {InCache(archive, kind, "data")}", $"readme.md -> {InCache(archive, kind, "readme.md")}"], _folder.Placed());
        Assert.Equal("alpha\n", File.ReadAllText(_folder.InRun("data/a.txt")));
        Assert.Equal("beta\n", File.ReadAllText(_folder.InRun("data/b.txt")));
        Assert.Equal("# read me\n", File.ReadAllText(_folder.InRun("readme.md")));
    }

    [Fact]
    public void A_file_that_is_compressed_with_gzip_is_placed_by_its_name_without_the_ending()
    {
        var content = Encoding.UTF8.GetBytes("a,b\n");

        var resolved = _folder.Resolve(_folder.Put("x.csv.gz", Gzip(content)), _folder.Put("y.csv.gz", Gzip(content)));

        Assert.Equal(["x.csv", "y.csv"], resolved.ManifestEntries.Select(entry => entry.Destination));
        Assert.Equal("a,b\n", File.ReadAllText(_folder.InRun("x.csv")));
        Assert.Equal("a,b\n", File.ReadAllText(_folder.InRun("y.csv")));
    }

    [Fact]
    public void Files_of_gzip_that_were_put_one_after_the_other_are_one_file()
    {
        byte[] members = [.. Gzip("a,b\n"u8.ToArray()), .. Gzip("1,2\n"u8.ToArray()), .. Gzip("3,4,5\n"u8.ToArray())];

        _folder.Resolve(_folder.Put("x.csv.gz", members));

        Assert.Equal("a,b\n1,2\n3,4,5\n", File.ReadAllText(_folder.InRun("x.csv")));
    }

    [Fact]
    public void Names_that_begin_like_those_of_Guild_are_not_taken_unless_they_are_selected()
    {
        var source = _folder.Put("a.zip", Zip(new(".guild/attrs/x"), new(".guild-nocopy"), new("a.txt")));

        Assert.Equal(["a.txt"], Destinations(_folder.Resolve(source)));
        Assert.Equal(["x"], Destinations(_folder.Resolve(source with { Select = [new SelectDefinition(@"\.guild/attrs/x")] })));
    }

    [Fact]
    public void Files_and_folders_are_selected_from_the_contents_by_their_paths()
    {
        var source = _folder.Put("a.zip", Zip(new("d/sub/1.txt"), new("d/sub/2.csv"), new("d/3.txt"), new("top.txt")));

        Assert.Equal(["3.txt", "1.txt"], Destinations(_folder.Resolve(source with { Select = [new SelectDefinition(@"d/.*\.txt")] })));
        Assert.Equal(["sub"], Destinations(_folder.Resolve(source with { Select = [new SelectDefinition("d/sub")] })));
    }

    [Theory]
    [InlineData(SelectReduction.Minimum, "model-9.txt")]
    [InlineData(SelectReduction.Maximum, "model-10.txt")]
    public void The_numerically_smallest_or_greatest_of_the_contents_is_taken(SelectReduction reduction, string expected)
    {
        var source = _folder.Put("a.tar", Tar(Entry("m/model-9.txt"), Entry("m/model-10.txt"), Entry("m/model-x.txt")));

        var resolved = _folder.Resolve(source with { Select = [new SelectDefinition(@"m/model-(.+)\.txt", reduction)] });

        Assert.Equal([expected], Destinations(resolved));
    }

    [Fact]
    public void Contents_are_renamed_and_put_where_the_source_says()
    {
        var source = _folder.Put("a.tar", Tar(Entry("d/a.txt"))) with
        {
            Select = [new SelectDefinition("d/a.txt")],
            Rename = [new RenameDefinition(@"(.*)\.txt", @"\1.csv")],
            TargetPath = "in",
        };

        Assert.Equal(["in/a.csv"], Destinations(_folder.Resolve(source)));
    }

    [Fact]
    public void Selected_contents_can_keep_their_folders_even_if_the_home_lies_in_the_project()
    {
        var home = new GuildHome(_folder.At(".guild"));
        _folder.Context = _folder.Context with { Runs = new RunStore(home) };
        var source = _folder.Put("a.tar", Tar(Entry("d/sub/a.txt"))) with { Select = [new SelectDefinition(".+txt")], PreservesPath = true };

        var resolved = _folder.Resolve(source);

        Assert.Equal(new ManifestEntry(ManifestKind.Dependency, "d/sub/a.txt", Sha1OfText, "file:a.tar", "d/sub/a.txt"), Assert.Single(resolved.ManifestEntries));
    }

    [Fact]
    public void An_archive_that_is_not_to_be_unpacked_is_linked_as_it_is()
    {
        var source = _folder.Put("a.zip", Zip(new ZipMember("a.txt")));
        var required = _folder.Require(source);
        var byDefault = required with { Definition = required.Definition with { DefaultUnpack = false } };

        Assert.Equal(["a.zip"], Destinations(_folder.Resolve(source with { Unpack = false })));
        _folder.Resolve(byDefault);

        Assert.Equal([$"a.zip -> {_folder.At("a.zip")}"], _folder.Placed());
        Assert.Empty(_folder.Unpacked());
    }

    [Fact]
    public void A_source_can_ask_for_unpacking_where_its_resource_does_not()
    {
        var required = _folder.Require(_folder.Put("a.zip", Zip(new ZipMember("a.txt"))) with { Unpack = true });

        var resolved = _folder.Resolve(required with { Definition = required.Definition with { DefaultUnpack = false } });

        Assert.Equal(["a.txt"], Destinations(resolved));
    }

    [Fact]
    public void The_type_says_what_a_file_with_another_name_is()
    {
        Assert.Equal(["a.txt"], Destinations(_folder.Resolve(_folder.Put("a.bin", Zip(new ZipMember("a.txt"))) with { ArchiveType = "zip" })));
        Assert.Equal(["b.txt"], Destinations(_folder.Resolve(_folder.Put("b.bin", Gzip(Tar(Entry("b.txt")))) with { ArchiveType = "tar" })));
        Assert.Equal(["c.bin"], Destinations(_folder.Resolve(_folder.Put("c.bin", Gzip([1, 2, 3])) with { ArchiveType = "gzip" })));
    }

    [Fact]
    public void An_unknown_type_is_an_error_that_lists_the_known_ones()
    {
        var error = _folder.Fail(_folder.Put("a.zip", Zip(new ZipMember("a.txt"))) with { ArchiveType = "rar" });

        Assert.Contains("'rar' is unknown; expected 'zip', 'tar'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_compression_that_cannot_be_read_is_an_error_not_a_plain_file()
    {
        var error = _folder.Fail(_folder.Put("a.tar.lz4", [4, 0x22, 0x4d, 0x18, 1, 2, 3]));

        Assert.Contains("cannot be unpacked", error.Message, StringComparison.Ordinal);
        Assert.Contains("unpack: no", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_that_the_user_gave_is_taken_as_it_is()
    {
        var source = FileSource("missing.zip") with { Name = "data" };
        _folder.Put("mine.zip", Zip(new ZipMember("a.txt")));

        _folder.Resolve(_folder.Require(source) with { Overrides = [new ResourceOverride("data", "mine.zip")] });

        Assert.Equal([$"mine.zip -> {_folder.At("mine.zip")}"], _folder.Placed());
    }

    [Fact]
    public void An_archive_is_verified_before_it_is_unpacked()
    {
        var archive = Zip(new ZipMember("a.txt"));
        var source = _folder.Put("a.zip", archive);

        Assert.Contains("where 00 is expected", _folder.Fail(source with { Sha256 = "00" }).Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Unpacked());
        Assert.Equal(["a.txt"], Destinations(_folder.Resolve(source with { Sha256 = Sha256(archive) })));
    }

    [Fact]
    public void Manifest_and_record_say_which_archive_a_file_came_from_and_where_it_is_in_it()
    {
        var archive = Zip(new ZipMember("d/a.txt"), new ZipMember("d/sub/b.txt"));
        var resolved = _folder.Resolve(_folder.Put("in/a.zip", archive) with { Select = [new SelectDefinition("d/a.txt"), new SelectDefinition("d/sub")] });

        Assert.Equal([$"d a.txt {Sha1OfText} file:in/a.zip d/a.txt", "d sub - file:in/a.zip d/sub"], resolved.ManifestEntries.Select(Manifest.Format));
        var source = Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(resolved.ToValue()["file:in/a.zip"]);
        var files = Assert.IsAssignableFrom<IReadOnlyList<object?>>(source["files"]).Cast<IReadOnlyDictionary<string, object?>>().ToArray();
        Assert.Equal([_folder.At("in/a.zip"), _folder.At("in/a.zip")], files.Select(file => file["archive"]));
        Assert.Equal(["d/a.txt", "d/sub"], files.Select(file => file["subpath"]));
        Assert.Equal($"{InCache(archive, "zip", "d/a.txt")}", Assert.IsAssignableFrom<IReadOnlyList<object?>>(source["paths"])[0]);
    }

    [Fact]
    public void Archives_of_runs_stay_whole_unless_the_source_asks_for_unpacking()
    {
        var run = _folder.AddRun("mlp", "train");
        File.WriteAllBytes(Path.Join(run.Path, "model.zip"), Zip(new ZipMember("weights/w.bin"), new ZipMember("about.txt")));
        Write(Path.Join(run.Path, "log.txt"), "log\n");

        Assert.Equal(["log.txt", "model.zip"], Destinations(_folder.Resolve(Operation("train"))));

        var resolved = _folder.Resolve(Operation("train", @"model\.zip") with { Unpack = true });
        Assert.Equal(["about.txt", "weights"], Destinations(resolved));
        Assert.Equal(["about.txt", "weights"], resolved.ManifestEntries.Select(entry => entry.SubPath));
        Assert.All(resolved.ManifestEntries, entry => Assert.Equal("operation:train", entry.Uri));
    }

    [Fact]
    public void A_copy_of_contents_can_be_written_to()
    {
        _folder.Resolve(_folder.Put("a.tar", Tar(Entry("d/a.txt"))) with { TargetType = "copy" });

        File.AppendAllText(_folder.InRun("d/a.txt"), "more\n");
        Assert.Equal("text\nmore\n", File.ReadAllText(_folder.InRun("d/a.txt")));
    }

    private const string Sha1OfText = "aa785adca3fcdfe1884ae840e13c6d294a2414e8";

    private static string[] Destinations(ResolvedResource resolved) => [.. resolved.ManifestEntries.Select(entry => entry.Destination)];

    private static byte[] Sample(string name)
    {
        ZipMember[] members = [new("data/a.txt", "alpha\n"), new("data/b.txt", "beta\n"), new("readme.md", "# read me\n")];
        var tar = () => Tar([.. members.Select(member => ArchiveBytes.Entry(member.Name, member.Text))]);
        return name switch
        {
            "a.zip" => Zip(members),
            "a.tar" => tar(),
            "a.tar.gz" or "a.TGZ" => Gzip(tar()),
            "blocks.tar.xz" => Fixture(name),
            _ => Fixture(name.Replace("a.", "sample.", StringComparison.Ordinal)),
        };
    }
}
