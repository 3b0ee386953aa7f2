using Guild.Engine.Runs;

namespace Guild.Engine.Tests.Runs;

public sealed class ManifestTests
{
    [Theory]
    [InlineData("s train.py 356a192b src/train.py", ManifestKind.SourceCode, "train.py", "356a192b", "src/train.py", null)]
    [InlineData("d 'my data' - file:data", ManifestKind.Dependency, "my data", null, "file:data", null)]
    [InlineData("d a.txt 356a192b file:files.zip a/a.txt", ManifestKind.Dependency, "a.txt", "356a192b", "file:files.zip", "a/a.txt")]
    [InlineData("i x - guild:steps", ManifestKind.Internal, "x", null, "guild:steps", null)]
    public void A_line_is_read_and_written_again(string line, ManifestKind kind, string destination, string? sha1, string uri, string? subPath)
    {
        var entry = new ManifestEntry(kind, destination, sha1, uri, subPath);
        Assert.Equal(entry, Manifest.Parse(line));
        Assert.Equal(line, Manifest.Format(entry));
    }

    [Theory]
    [InlineData("")]
    [InlineData("s train.py")]
    [InlineData("x train.py 356a192b train.py")]
    [InlineData("s 'train.py 356a192b train.py")]
    public void A_line_that_is_not_understood_is_no_entry(string line) => Assert.Null(Manifest.Parse(line));

    [Fact]
    public void A_missing_manifest_is_empty()
    {
        Assert.Empty(Manifest.Read(Path.Join(Path.GetTempPath(), Guid.NewGuid().ToString("N"), "manifest")));
    }

    [Fact]
    public void A_path_with_a_line_break_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Manifest.Format(new ManifestEntry(ManifestKind.SourceCode, "a\nb", null, "a")));
    }

    [Fact]
    public void Each_entry_of_a_manifest_has_a_line_of_its_own()
    {
        ManifestEntry[] entries = [new(ManifestKind.SourceCode, "a.py", "356a192b", "a.py"), new(ManifestKind.Dependency, "b", null, "file:b")];
        Assert.Equal("s a.py 356a192b a.py\nd b - file:b\n", Manifest.FormatLines(entries));
    }
}
