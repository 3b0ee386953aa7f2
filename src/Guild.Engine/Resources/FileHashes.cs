using System.Security.Cryptography;

namespace Guild.Engine.Resources;

/// <summary>
/// The hashes of a file that a record of a run has, made in one pass over its bytes: SHA-256, and for the manifest SHA-1 as Guild AI has it. A large
/// file has no SHA-1: nothing reads it, and over gigabytes it would double the time.
/// </summary>
/// <param name="longestWithSha1">How many bytes a file may have to be given a SHA-1.</param>
internal sealed class FileHashes(long longestWithSha1 = FileHashes.LongestWithSha1) : IDisposable
{
    /// <summary>How many bytes a file may have to be given a SHA-1 where nothing else is said.</summary>
    public const long LongestWithSha1 = 64 * 1024 * 1024;

    /// <summary>Below this many bytes, to start another thread takes longer than it saves.</summary>
    public const int SmallestShared = 64 * 1024;

    private readonly IncrementalHash _sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _length;

    private bool HasSha1 => _length <= longestWithSha1;

    /// <summary>Takes the bytes that follow. They are not used beyond the call.</summary>
    public void Append(ReadOnlyMemory<byte> bytes)
    {
        _length += bytes.Length;
        if (!HasSha1)
        {
            _sha256.AppendData(bytes.Span);
            return;
        }

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

    /// <summary>Both hashes in lower-case hexadecimal, SHA-1 null for a large file; then it begins anew.</summary>
    public (string? Sha1, string Sha256) Finish()
    {
        var sha1 = Convert.ToHexStringLower(_sha1.GetHashAndReset());
        var result = (HasSha1 ? sha1 : null, Convert.ToHexStringLower(_sha256.GetHashAndReset()));
        _length = 0;
        return result;
    }

    public void Dispose()
    {
        _sha1.Dispose();
        _sha256.Dispose();
    }
}
