using System.Runtime.CompilerServices;

namespace Guild.Engine.Runs;

/// <summary>
/// The time stamps of runs: microseconds since 1970 (UTC). Each stamp is later than the one before it, so runs that
/// start at once still have an order. All clocks of the system's time share one order in the process.
/// </summary>
public sealed class RunClock(TimeProvider time)
{
    private static readonly StrongBox<long> LastOfSystem = new();

    private static readonly long Minimum = FromTime(DateTimeOffset.MinValue);

    private static readonly long Maximum = FromTime(DateTimeOffset.MaxValue);

    // A clock with a time of its own must not push the stamps of real runs into its future.
    private readonly StrongBox<long> _last = time == TimeProvider.System ? LastOfSystem : new();

    /// <summary>The time now in microseconds, or one more than the stamp before it if that is later.</summary>
    public long Next()
    {
        while (true)
        {
            var last = Interlocked.Read(ref _last.Value);
            var next = Math.Max(FromTime(time.GetUtcNow()), last + 1);
            if (Interlocked.CompareExchange(ref _last.Value, next, last) == last)
            {
                return next;
            }
        }
    }

    /// <summary>The moment that a stamp stands for, in UTC.</summary>
    /// <param name="microseconds">Microseconds since 1970.</param>
    /// <exception cref="ArgumentOutOfRangeException">The stamp lies outside of the years 1 to 9999.</exception>
    public static DateTimeOffset ToTime(long microseconds) =>
        TryToTime(microseconds)
        ?? throw new ArgumentOutOfRangeException(nameof(microseconds), microseconds, "The time stamp lies outside of the years 1 to 9999.");

    /// <summary>The stamp of a moment, in microseconds since 1970.</summary>
    public static long FromTime(DateTimeOffset moment) => (moment - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    internal static DateTimeOffset? TryToTime(long microseconds) =>
        microseconds < Minimum || microseconds > Maximum
            ? null
            : DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
