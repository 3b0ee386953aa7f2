using static Guild.Engine.Tests.Resources.Archives.ArchiveBytes;

namespace Guild.Engine.Tests.Resources.Archives;

public sealed class DamagedArchiveTests : IDisposable
{
    private readonly ResourceFolder _folder = new();

    public static TheoryData<string> Kinds => ["a.zip", "a.tar", "a.tar.gz", "a.tar.bz2", "a.tar.xz", "blocks.tar.xz", "a.tar.zst", "a.gz"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_archive_that_ends_too_early_is_refused_wherever_it_ends(string name)
    {
        var archive = Sample(name);

        // Zeros that only fill up the last block of a tar file may be missing.
        var needed = name == "a.tar" ? archive.Length - 512 : archive.Length;
        for (var length = 0; length < needed; length += Math.Max(1, archive.Length / 100))
        {
            Refuse(name, archive[..length]);
        }

        Refuse(name, archive[..(needed - 1)]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Whatever_is_changed_in_an_archive_it_is_unpacked_or_refused_and_nothing_else_happens(string name)
    {
        var archive = Sample(name);
        var random = new Random(name.Length);
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var changed = (byte[])archive.Clone();
            for (var change = 0; change <= attempt % 3; change++)
            {
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            }

            var source = _folder.Put(name, changed);
            _ = Record(() => _folder.Resolve(_folder.Require(source)));
        }

        Assert.Equal(["home", "project"], Directory.EnumerateFileSystemEntries(_folder.Base).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.Equal([name], Directory.EnumerateFileSystemEntries(_folder.Project).Select(path => Path.GetFileName(path)));
        Assert.DoesNotContain(_folder.Unpacked(), left => left.StartsWith(".unpacking", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a.zip")]
    [InlineData("a.tar")]
    [InlineData("a.tgz")]
    [InlineData("a.gz")]
    public void A_file_that_is_no_archive_is_refused_with_the_advice_to_leave_it_alone(string name)
    {
        var error = _folder.Fail(_folder.Put(name, "<html>Sign in to go on</html>"u8.ToArray()));

        Assert.Contains(_folder.At(name), error.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Unpacked());
    }

    private static ResourceException? Record(Action resolve)
    {
        try
        {
            resolve();
            return null;
        }
        catch (ResourceException error)
        {
            return error;
        }
    }

    private void Refuse(string name, byte[] archive)
    {
        var source = _folder.Put(name, archive);
        Assert.True(Record(() => _folder.Resolve(_folder.Require(source))) is not null, $"{name} of {archive.Length} bytes was taken for whole.");
        Assert.Empty(_folder.Unpacked());
    }

    private static byte[] Sample(string name)
    {
        var tar = () => Tar(ArchiveBytes.Entry("d/a.txt", "some text\n"), ArchiveBytes.Entry("b.txt", "other text\n"));
        return name switch
        {
            "a.zip" => Zip(new("d/a.txt", "some text\n"), new("b.txt", "other text\n")),
            "a.tar" => tar(),
            "a.tar.gz" => Gzip(tar()),
            "a.gz" => Gzip("some text\n"u8.ToArray()),
            "blocks.tar.xz" => Fixture(name),
            _ => Fixture(name.Replace("a.", "sample.", StringComparison.Ordinal)),
        };
    }
}
