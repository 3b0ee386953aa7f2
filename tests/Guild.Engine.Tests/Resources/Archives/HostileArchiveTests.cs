using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Guild.Engine.Resources;
using static Guild.Engine.Tests.Resources.Archives.ArchiveBytes;

namespace Guild.Engine.Tests.Resources.Archives;

public sealed class HostileArchiveTests : IDisposable
{
    private const int SymbolicLinkMode = 0xa1ff;

    private readonly ResourceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("../evil.txt", "'..'")]
    [InlineData("data/../../evil.txt", "'..'")]
    [InlineData("data/..", "'..'")]
    [InlineData("/tmp/evil.txt", "absolute")]
    [InlineData("//server/share/evil.txt", "absolute")]
    [InlineData(@"C:\evil.txt", "absolute")]
    [InlineData("c:evil.txt", "absolute")]
    [InlineData(@"\\server\share\evil.txt", "absolute")]
    [InlineData(@"\evil.txt", "absolute")]
    [InlineData(@"data\..\..\evil.txt", "'..'")]
    public void A_name_that_leads_out_is_refused(string name, string reason)
    {
        var inZip = name.Replace('\\', '/');
        Refuse("a.zip", Zip(new("first.txt"), new(name)), $"'{inZip}'", reason);
        Refuse("a.tar", Tar(ArchiveBytes.Entry("first.txt"), ArchiveBytes.Entry(name)), $"'{name}'", reason);
        Refuse("b.tar", Tar(Other(TarEntryType.Directory, name)), reason);
    }

    [Theory]
    [InlineData("/etc")]
    [InlineData("..")]
    [InlineData("../../outside")]
    [InlineData("data/../../outside")]
    [InlineData(@"C:\Windows")]
    [InlineData(@"..\outside")]
    public void A_link_that_leads_out_is_refused(string target)
    {
        Refuse("a.tar", Tar(Link("link", target)), "'link'", "leads out");
        Refuse("a.zip", Zip(new ZipMember("link", target, SymbolicLinkMode)), "'link'", "leads out");
    }

    [Fact]
    public void A_link_that_leads_out_through_other_links_is_refused()
    {
        Refuse("a.tar", Tar(ArchiveBytes.Entry("d/e/f.txt"), Link("near", "d/e"), Link("far", "near/../../..")), "'far'", "leads out");
        Refuse("b.tar", Tar(Link("d/up", ".."), Link("far", "d/up/../x")), "'far'", "leads out");
    }

    [Fact]
    public void Links_that_lead_in_a_circle_are_refused()
    {
        Refuse("a.tar", Tar(Link("a", "b"), Link("b", "a")), "circle");
        Refuse("b.tar", Tar(Link("a", "a/b")), "circle");
    }

    [Fact]
    public void Nothing_is_written_through_a_link()
    {
        Refuse("a.tar", Tar(Link("d", "e"), ArchiveBytes.Entry("d/evil.txt")), "'d/evil.txt'", "which is a link");
        Refuse("b.tar", Tar(ArchiveBytes.Entry("d/a.txt"), Link("d", "e")), "'d'", "twice");
        Refuse("c.tar", Tar(Link("f", "g"), ArchiveBytes.Entry("f")), "'f'", "twice");
        Refuse("a.zip", Zip(new("d", "..", SymbolicLinkMode), new("d/evil.txt")), "'d/evil.txt'", "which is a link");
    }

    [Fact]
    public void Links_inside_an_archive_are_made()
    {
        _folder.Resolve(_folder.Put("a.tar", Tar(
            Link("current", "v2"), Link("v2/up", ".."), Link("v2/old.txt", "../v1/a.txt"), ArchiveBytes.Entry("v1/a.txt", "old\n"), ArchiveBytes.Entry("v2/a.txt", "new\n"))));

        Assert.Equal("new\n", File.ReadAllText(_folder.InRun("current/a.txt")));
        Assert.Equal("old\n", File.ReadAllText(_folder.InRun("v2/old.txt")));
        Assert.Equal("new\n", File.ReadAllText(_folder.InRun("v2/up/current/a.txt")));
    }

    [Theory]
    [InlineData("/etc/passwd", "absolute")]
    [InlineData("../../secret.txt", "'..'")]
    [InlineData("missing.txt", "no file that comes before")]
    [InlineData("link", "no file that comes before")]
    [InlineData("d", "no file that comes before")]
    public void A_hard_link_to_anything_but_an_earlier_file_is_refused(string target, string reason)
    {
        var archive = Tar(Other(TarEntryType.Directory, "d"), Link("link", "d"), HardLink("hard", target));

        Refuse("a.tar", archive, reason);
    }

    [Fact]
    public void A_hard_link_to_an_earlier_file_gives_that_file_once_more()
    {
        _folder.Resolve(_folder.Put("a.tar", Tar(ArchiveBytes.Entry("d/a.txt", "same\n"), HardLink("b.txt", "d/a.txt"))));

        Assert.Equal("same\n", File.ReadAllText(_folder.InRun("b.txt")));
    }

    [Theory]
    [InlineData(TarEntryType.CharacterDevice)]
    [InlineData(TarEntryType.BlockDevice)]
    [InlineData(TarEntryType.Fifo)]
    public void A_device_or_pipe_is_refused(TarEntryType type) => Refuse("a.tar", Tar(Other(type, "dev")), "'dev'", "device or a pipe");

    [Fact]
    public void A_device_in_a_zip_file_is_refused() => Refuse("a.zip", Zip(new ZipMember("dev", "", 0x21ff)), "'dev'", "device or a pipe");

    [Fact]
    public void A_name_that_is_there_twice_is_refused()
    {
        Refuse("a.zip", Zip(new("d/a.txt"), new("d/a.txt")), "'d/a.txt'", "twice");
        Refuse("a.tar", Tar(ArchiveBytes.Entry("a.txt"), ArchiveBytes.Entry("./a.txt")), "'./a.txt'", "twice");
        Refuse("b.tar", Tar(ArchiveBytes.Entry("a"), ArchiveBytes.Entry("a/b")), "'a/b'", "which is a file");
        Refuse("c.tar", Tar(ArchiveBytes.Entry("a/b"), ArchiveBytes.Entry("a")), "'a'", "twice");
    }

    [Fact]
    public void A_folder_may_be_named_more_than_once()
    {
        _folder.Resolve(_folder.Put("a.tar", Tar(
            Other(TarEntryType.Directory, "./"), Other(TarEntryType.Directory, "d/"), ArchiveBytes.Entry("d/a.txt"), Other(TarEntryType.Directory, "d"))));

        Assert.True(File.Exists(_folder.InRun("d/a.txt")));
    }

    [Fact]
    public void An_encrypted_zip_file_is_refused()
    {
        var archive = WithFlags(Zip(new ZipMember("secret.txt")), first => (byte)(first | 1), second => second);

        Refuse("a.zip", archive, "'secret.txt'", "is encrypted");
    }

    [Fact]
    public void A_zip_entry_whose_content_was_changed_is_refused()
    {
        var archive = ZipWith(CompressionLevel.NoCompression, null, new ZipMember("a.txt", "the content"));
        archive[archive.AsSpan().IndexOf("content"u8)] ^= 1;

        Refuse("a.zip", archive, "'a.txt'", "checksum");
    }

    [Fact]
    public void A_sparse_file_is_refused_because_its_map_would_pass_for_content()
    {
        var entry = new PaxTarEntry(TarEntryType.RegularFile, "holes", [new("GNU.sparse.major", "1"), new("GNU.sparse.minor", "0")])
        {
            DataStream = new MemoryStream("1\n0\n4\n"u8.ToArray()),
        };

        Refuse("a.tar", Tar(entry), "'holes'", "sparse");
    }

    [Fact]
    public void A_header_without_end_is_refused_before_it_fills_the_memory()
    {
        var entry = new PaxTarEntry(TarEntryType.RegularFile, "a.txt", [new("comment", new string('x', 2_000_000))]);

        Refuse("a.tar.gz", Gzip(Tar(entry)), "header of more than");
    }

    [Fact]
    public void Folders_without_end_are_refused() =>
        Refuse("a.tar", Tar(ArchiveBytes.Entry(string.Concat(Enumerable.Repeat("d/", 5_000)) + "a.txt")), "deeper than 100 folders");

    [Fact]
    public void A_name_that_the_file_system_cannot_hold_is_an_error_of_the_entry() =>
        Refuse("a.tar", Tar(ArchiveBytes.Entry(new string('n', 300))), "could not be written");

    [Fact]
    public void Names_in_other_encodings_are_read_by_the_mark_else_as_UTF_8_if_they_can_be_else_as_code_page_437()
    {
        var marked = Zip(new ZipMember("grün-1"));
        var unmarked = WithFlags(Zip(new ZipMember("grün-2")), first => first, second => (byte)(second & ~8));
        var dos = ZipWith(CompressionLevel.Fastest, CodePagesEncodingProvider.Instance.GetEncoding(437), new ZipMember("grün-3"));

        _folder.Resolve(_folder.Put("a.zip", marked), _folder.Put("b.zip", unmarked), _folder.Put("c.zip", dos), _folder.Put("d.tar", Tar(ArchiveBytes.Entry("grün-4"))));

        Assert.Equal(["grün-1", "grün-2", "grün-3", "grün-4"], _folder.Placed().Select(placed => placed.Split(' ')[0]));
    }

    [Fact]
    public void Backslashes_in_a_zip_file_part_folders()
    {
        _folder.Resolve(_folder.Put("a.zip", Zip(new(@"d\"), new(@"d\sub\a.txt"))));

        Assert.True(File.Exists(_folder.InRun("d/sub/a.txt")));
    }

    [Fact]
    public void Rights_to_run_are_kept_and_others_are_not_and_times_are_kept()
    {
        const UnixFileMode mode = (UnixFileMode)0b110_111_101_101;
        _folder.Resolve(
            _folder.Put("a.tar", Tar(ArchiveBytes.Entry("tar.sh", mode: mode), ArchiveBytes.Entry("plain.txt"))),
            _folder.Put("a.zip", Zip(new ZipMember("zip.sh", Mode: 0x8000 | (int)mode))));

        Assert.All(["tar.sh", "zip.sh", "plain.txt"], name => Assert.Equal(Time.UtcDateTime, Target(name).LastWriteTimeUtc));
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.SetUser | UnixFileMode.SetGroup | UnixFileMode.StickyBit;
            Assert.All(["tar.sh", "zip.sh"], name => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserExecute, Target(name).UnixFileMode & owner));
            Assert.Equal(UnixFileMode.UserRead, Target("plain.txt").UnixFileMode & owner);
        }
    }

    private FileInfo Target(string name) => (FileInfo)new FileInfo(_folder.InRun(name)).ResolveLinkTarget(returnFinalTarget: true)!;

    private void Refuse(string file, byte[] archive, params string[] words)
    {
        var source = _folder.Put(file, archive);
        var before = Everything();

        var error = Assert.Throws<ResourceException>(() => _folder.Resolve(source));

        Assert.Contains($"'{_folder.At(file)}' cannot be unpacked: ", error.Message, StringComparison.Ordinal);
        Assert.All(words, word => Assert.Contains(word, error.Message, StringComparison.Ordinal));
        Assert.Equal(before, Everything());
        Assert.Empty(_folder.Unpacked());
    }

    private string[] Everything() =>
    [
        .. Tree.Entries(_folder.Base, TreeLinks.AreKept, CancellationToken.None)
            .Select(entry => entry.Path)
            .Where(path => !path.StartsWith("home/cache", StringComparison.Ordinal)),
    ];
}
