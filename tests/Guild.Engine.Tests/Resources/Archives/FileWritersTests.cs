using Guild.Engine.Resources.Archives;

namespace Guild.Engine.Tests.Resources.Archives;

public sealed class FileWritersTests : IDisposable
{
    private const int Buffer = 256 * 1024;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("guild-writers-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Files_of_all_sizes_have_their_own_content()
    {
        int[] sizes = [0, 1, 1000, Buffer - 1001, 1, Buffer - 1, 2, Buffer, Buffer + 1, 3, (3 * Buffer) + 5, 100, (2 * Buffer) - 99, 0];
        var contents = sizes.Select((size, i) => Content(size, seed: i)).ToArray();
        using (var writers = new FileWriters())
        {
            for (var i = 0; i < sizes.Length; i++)
            {
                writers.Add(File(i), sizes[i] == 0 && i == 0 ? null : new MemoryStream(contents[i]));
            }

            writers.Finish();
        }

        Assert.All(contents.Index(), item => Assert.True(item.Item.AsSpan().SequenceEqual(System.IO.File.ReadAllBytes(PathOf(item.Index)))));
    }

    [Fact]
    public void Many_small_files_are_all_there_with_their_times()
    {
        using (var writers = new FileWriters())
        {
            for (var i = 0; i < 3000; i++)
            {
                writers.Add(File(i), new MemoryStream(Content(i % 50, seed: i)));
            }

            writers.Finish();
        }

        Assert.All(Enumerable.Range(0, 3000), i =>
        {
            Assert.Equal(Content(i % 50, seed: i), System.IO.File.ReadAllBytes(PathOf(i)));
            Assert.Equal(ArchiveBytes.Time.UtcDateTime, System.IO.File.GetLastWriteTimeUtc(PathOf(i)));
        });
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_named_at_the_end_at_the_latest()
    {
        using var writers = new FileWriters();
        Directory.CreateDirectory(PathOf(7));

        var error = Assert.Throws<ArchiveException>(() =>
        {
            for (var i = 0; i < 2000; i++)
            {
                writers.Add(File(i), new MemoryStream([1]));
            }

            writers.Finish();
        });

        Assert.Equal("7", error.Entry);
        Assert.StartsWith("could not be written", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_given_up_is_not_written_later()
    {
        var writers = new FileWriters();
        for (var i = 0; i < 1000; i++)
        {
            writers.Add(File(i), new MemoryStream([1]));
        }

        writers.Dispose();

        var left = _folder.GetFiles().Length;
        Assert.True(left < 1000);
        Assert.Equal(left, _folder.GetFiles().Length);
    }

    private NewFile File(int number) => new($"{number}", PathOf(number), null, ArchiveBytes.Time);

    private string PathOf(int number) => Path.Join(_folder.FullName, $"{number}");

    private static byte[] Content(int size, int seed)
    {
        var bytes = new byte[size];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
