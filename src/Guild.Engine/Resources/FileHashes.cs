using System.Security.Cryptography;

namespace Guild.Engine.Resources;

/// <summary>
/// The hashes of a file that a record of a run has, made in one pass over its bytes. SHA-1 and SHA-256 take about the same time, so each
/// of a large piece has a processor of its own where there are two.
/// </summary>
internal sealed class FileHashes : IDisposable
{
    // Below this, to start another thread takes longer than it saves.
    private const int SmallestShared = 64 * 1024;

    private readonly IncrementalHash _sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Takes the bytes that follow. They are not used beyond the call.</summary>
    public void Append(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < SmallestShared || Environment.ProcessorCount == 1)
        {
            _sha1.AppendData(bytes.Span);
            _sha256.AppendData(bytes.Span);
            return;
        }

        var other = Task.Run(() => _sha1.AppendData(bytes.Span));
        try
        {
            _sha256.AppendData(bytes.Span);
        }
        finally
        {
            other.GetAwaiter().GetResult();
        }
    }

    /// <summary>Both hashes in lower-case hexadecimal; then it begins anew.</summary>
    public (string Sha1, string Sha256) Finish() =>
        (Convert.ToHexStringLower(_sha1.GetHashAndReset()), Convert.ToHexStringLower(_sha256.GetHashAndReset()));

    public void Dispose()
    {
        _sha1.Dispose();
        _sha256.Dispose();
    }
}
