using System.Security.Cryptography;
using Guild.Engine.Resources;

namespace Guild.Engine.Tests.Resources;

public sealed class FingerprintReaderTests : IDisposable
{
    private const int PieceLength = 1024 * 1024;

    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(PieceLength)]
    [InlineData(PieceLength + 1)]
    [InlineData(3 * PieceLength)]
    [InlineData((4 * PieceLength) - 1)]
    public void A_file_is_hashed_in_the_order_of_its_bytes_while_it_is_read(int length)
    {
        var bytes = new byte[length];
        new Random(2).NextBytes(bytes);
        File.WriteAllBytes(_path, bytes);

        var fingerprint = Reader().Read(_path);

#pragma warning disable CA5350 // The record of a run has it.
        Assert.Equal((length, Convert.ToHexStringLower(SHA256.HashData(bytes)), Convert.ToHexStringLower(SHA1.HashData(bytes))), (fingerprint.Size, fingerprint.Sha256, fingerprint.Sha1));
#pragma warning restore CA5350
    }

    [Fact]
    public void A_file_that_is_too_long_for_it_has_no_SHA_1()
    {
        File.WriteAllText(_path, "three");

        Assert.Null(Reader(longestWithSha1: 4).Read(_path).Sha1);
        Assert.NotNull(Reader(longestWithSha1: 5).Read(_path).Sha1);
    }

    private static FingerprintReader Reader(long longestWithSha1 = FileHashes.LongestWithSha1) =>
        new(new FingerprintCache(), NullEventSink.Instance, "Test", CancellationToken.None) { LongestWithSha1 = longestWithSha1 };
}
