using System.IO.Compression;
using Guild.Engine.Resources;
using Guild.Engine.Resources.Archives;
using static Guild.Engine.Tests.Resources.Archives.ArchiveBytes;

namespace Guild.Engine.Tests.Resources.Archives;

public sealed class UnpackLimitsTests : IDisposable
{
    private static readonly string Zeros = new('\0', 4_000_000);

    private readonly ResourceFolder _folder = new();

    public static TheoryData<string> Bombs => ["bomb.zip", "bomb.tar.gz", "bomb.gz"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Bombs))]
    public void Contents_that_are_many_times_larger_than_the_archive_are_refused_and_the_error_says_how_to_allow_them(string name)
    {
        var source = _folder.Put(name, Bomb(name));
        var limits = new UnpackLimits { FreeBytes = 1_000_000, MaximumRatio = 100 };

        _folder.Context = _folder.Context with { UnpackLimits = limits };
        var error = _folder.Fail(source);
        Assert.Contains("more than 100 times larger than the archive", error.Message, StringComparison.Ordinal);
        Assert.Contains(UnpackLimits.RatioVariable, error.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(_folder.Unpacked());

        _folder.Context = _folder.Context with { UnpackLimits = limits with { MaximumRatio = 100_000 } };
        Assert.Single(_folder.Resolve(source).ManifestEntries);
    }

    [Theory]
    [MemberData(nameof(Bombs))]
    public void Contents_that_are_too_large_are_refused(string name)
    {
        _folder.Context = _folder.Context with { UnpackLimits = new UnpackLimits { MaximumBytes = 3_000_000 } };

        var error = _folder.Fail(_folder.Put(name, Bomb(name)));

        Assert.Contains("larger than 3000000 bytes", error.Message, StringComparison.Ordinal);
        Assert.Contains(UnpackLimits.BytesVariable, error.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(_folder.Unpacked());
    }

    [Fact]
    public void Hard_links_to_a_large_file_count_as_much_as_that_file()
    {
        _folder.Context = _folder.Context with { UnpackLimits = new UnpackLimits { MaximumBytes = 6_000_000 } };

        var error = _folder.Fail(_folder.Put("a.tar", Tar(ArchiveBytes.Entry("a", Zeros), HardLink("b", "a"))));

        Assert.Contains("'b' makes the contents larger", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_entries_are_refused()
    {
        _folder.Context = _folder.Context with { UnpackLimits = new UnpackLimits { MaximumEntries = 2 } };

        var error = _folder.Fail(_folder.Put("a.zip", Zip(new("1"), new("2"), new("3"))));

        Assert.Contains("more than 2 files and folders", error.Message, StringComparison.Ordinal);
        Assert.Contains(UnpackLimits.EntriesVariable, error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_zip_entry_that_is_larger_than_it_says_is_refused()
    {
        using var stream = new ZipBytes(new MemoryStream(new byte[100]), "a", 10, 0, Meters.Unlimited());

        Assert.Throws<ArchiveException>(() => stream.CopyTo(Stream.Null));
    }

    [Fact]
    public void The_environment_sets_limits()
    {
        var limits = UnpackLimits.From(new Dictionary<string, string>
        {
            [UnpackLimits.BytesVariable] = "10",
            [UnpackLimits.EntriesVariable] = "20",
            [UnpackLimits.RatioVariable] = "",
        });

        Assert.Equal(new UnpackLimits { MaximumBytes = 10, MaximumEntries = 20 }, limits);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("10 GB")]
    [InlineData("99999999999999999999")]
    public void A_limit_that_is_no_number_above_zero_is_an_error(string text)
    {
        var environment = new Dictionary<string, string> { [UnpackLimits.BytesVariable] = text };

        var error = Assert.Throws<RequestException>(() => UnpackLimits.From(environment));
        Assert.Contains($"'{text}'", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Bomb(string name) => name switch
    {
        "bomb.zip" => ZipWith(CompressionLevel.SmallestSize, null, new ZipMember("zeros", Zeros)),
        "bomb.gz" => Gzip(new byte[4_000_000]),
        _ => Gzip(Tar(ArchiveBytes.Entry("zeros", Zeros))),
    };
}
