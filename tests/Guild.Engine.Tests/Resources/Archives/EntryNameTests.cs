using Guild.Engine.Resources.Archives;

namespace Guild.Engine.Tests.Resources.Archives;

public sealed class EntryNameTests
{
    private static readonly FileNaming Unix = new(IsWindows: false, IsCaseSensitive: true);
    private static readonly FileNaming Windows = new(IsWindows: true, IsCaseSensitive: false);

    [Theory]
    [InlineData("a.txt", "a.txt")]
    [InlineData("./d//e/./a.txt", "d/e/a.txt")]
    [InlineData("d/", "d")]
    [InlineData("./", "")]
    [InlineData("..a/b..", "..a/b..")]
    [InlineData("a/./b", "a/b")]
    [InlineData("a/.b", "a/.b")]
    [InlineData("a/b/.", "a/b")]
    [InlineData("a//b", "a/b")]
    [InlineData(".a/b", ".a/b")]
    [InlineData("a.", "a.")]
    [InlineData("...", "...")]
    [InlineData(@"unit\x2dname", @"unit\x2dname")]
    public void A_name_becomes_a_path_without_idle_parts(string name, string expected) => Assert.Equal(expected, EntryName.ToPath(name, Unix));

    [Theory]
    [InlineData("NUL")]
    [InlineData("d/con.txt")]
    [InlineData("Com1.tar.gz")]
    [InlineData("lpt¹")]
    [InlineData("aux .txt")]
    [InlineData("name.")]
    [InlineData("name ")]
    [InlineData("name:stream")]
    [InlineData("what?")]
    [InlineData("d/\u0001")]
    [InlineData(@"a\b")]
    public void Names_that_Windows_has_other_uses_for_are_refused_there_only(string name)
    {
        var error = Assert.Throws<ArchiveException>(() => EntryName.ToPath(name, Windows));

        Assert.Contains("which Windows does not allow", error.Detail, StringComparison.Ordinal);
        Assert.NotEmpty(EntryName.ToPath(name, Unix));
    }

    [Theory]
    [InlineData("console")]
    [InlineData("COM10")]
    [InlineData("d/nul-values.txt")]
    public void Names_that_only_begin_like_those_of_devices_are_fine(string name) => Assert.Equal(name, EntryName.ToPath(name, Windows));

    [Fact]
    public void A_NUL_is_refused_and_shown_as_something_else()
    {
        var error = Assert.Throws<ArchiveException>(() => EntryName.ToPath("a\0b\n", Unix));

        Assert.Equal("its entry 'a?b?' has a name with a NUL in it.", error.Detail);
    }

    [Theory]
    [InlineData("Data/a.txt", "data/b.txt")]
    [InlineData("a.TXT", "A.txt")]
    public void Names_that_differ_only_in_case_are_kept_where_the_file_system_tells_them_apart_and_refused_elsewhere(string first, string second)
    {
        using var folder = new ResourceFolder();
        var there = Directory.CreateDirectory(folder.At("sensitive")).FullName;
        var elsewhere = Directory.CreateDirectory(folder.At("insensitive")).FullName;

        var error = Assert.Throws<ArchiveException>(() => Unpack(elsewhere, isCaseSensitive: false));
        Assert.Contains("differs only in case", error.Detail, StringComparison.Ordinal);
        if (FileNaming.Of(there).IsCaseSensitive)
        {
            Unpack(there, isCaseSensitive: true);
            Assert.True(File.Exists(Path.Join(there, first)) && File.Exists(Path.Join(there, second)));
        }

        void Unpack(string directory, bool isCaseSensitive)
        {
            using var tree = new UnpackedTree(directory, new FileNaming(OperatingSystem.IsWindows(), isCaseSensitive), Meters.Unlimited());
            tree.AddFile(first, null, null, ArchiveBytes.Time);
            tree.AddFile(second, null, null, ArchiveBytes.Time);
            tree.Finish();
        }
    }
}
