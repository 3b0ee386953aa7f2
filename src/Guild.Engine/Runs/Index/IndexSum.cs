using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Guild.Engine.Runs.Index;

/// <summary>
/// The check sums in an index. Each holds a value and the stamp of its run together: neither damage nor a row that another process wrote meanwhile goes unseen.
/// </summary>
internal static class IndexSum
{
    /// <summary>The sum of a row.</summary>
    public static long Of(string id, long time, RunStamp stamp) =>
        (long)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(id.AsSpan()), time ^ (SaltOf(stamp) * 31) ^ (int)stamp.Rewritten);

    /// <summary>The sum of what is kept of a run beside its row.</summary>
    public static long Of(byte[] content, byte[]? last, long salt) =>
        (long)XxHash3.HashToUInt64(content, salt) ^ (last is null ? 0 : (long)XxHash3.HashToUInt64(last, ~salt));

    /// <summary>What a stamp brings into the sums of its run.</summary>
    public static long SaltOf(RunStamp stamp) => stamp.Guild ^ (stamp.Rest * 31);
}
