using System.Security.Cryptography;
using Guild.Engine.Resources;

namespace Guild.Engine.Tests.Resources;

public sealed class FileHashesTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData((64 * 1024) - 1)]
    [InlineData(64 * 1024)]
    [InlineData(1_000_000)]
    public void Both_hashes_are_those_of_all_bytes_in_their_order(int pieceLength)
    {
        var bytes = new byte[pieceLength * 3];
        new Random(1).NextBytes(bytes);
        using var hashes = new FileHashes();
        for (var i = 0; i < 3; i++)
        {
            hashes.Append(bytes.AsMemory(i * pieceLength, pieceLength));
        }

#pragma warning disable CA5350 // The record of a run has it.
        Assert.Equal((Convert.ToHexStringLower(SHA1.HashData(bytes)), Convert.ToHexStringLower(SHA256.HashData(bytes))), hashes.Finish());
#pragma warning restore CA5350
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData([])), hashes.Finish().Sha256);
    }

    [Fact]
    public void A_file_that_is_too_long_for_it_has_no_SHA_1_and_the_next_one_has()
    {
        using var hashes = new FileHashes(longestWithSha1: 4);
        hashes.Append("four"u8.ToArray());
        hashes.Append("+"u8.ToArray());

        Assert.Equal((null, Convert.ToHexStringLower(SHA256.HashData("four+"u8))), hashes.Finish());

        hashes.Append("four"u8.ToArray());
        Assert.NotNull(hashes.Finish().Sha1);
    }
}
