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
}
