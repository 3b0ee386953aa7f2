namespace Guild.Engine.Metrics;

/// <summary>What a program and all that it started use. What the system does not tell is null.</summary>
internal sealed record TreeUsage
{
    /// <summary>How many processes there are.</summary>
    public required int Processes { get; init; }

    /// <summary>How much time of processors they took, together with those children that they have waited for.</summary>
    public TimeSpan? ProcessorTime { get; init; }

    /// <summary>The bytes of memory that are theirs. What several share is counted for each.</summary>
    public long? Memory { get; init; }

    /// <summary>The bytes that they, and the children that they have waited for, made the disks read.</summary>
    public long? BytesRead { get; init; }

    /// <summary>The bytes that they, and the children that they have waited for, made the disks write.</summary>
    public long? BytesWritten { get; init; }
}

/// <summary>
/// A sum over processes that come and go, as one that only grows. A child that ended is counted by its parent from the moment in which it waited for it: in
/// between the sum is too small for once. If it stays smaller, something ended that nobody waited for, and what comes next is counted from there.
/// </summary>
internal sealed class GrowingSum
{
    private double _last;
    private double _total;
    private bool _fell;

    /// <summary>Takes the sum of now, and gives all that came together until now.</summary>
    public double Take(double sum)
    {
        if (sum < _last && !_fell)
        {
            _fell = true;
            return _total;
        }

        _total += Math.Max(0, sum - _last);
        (_last, _fell) = (sum, false);
        return _total;
    }
}
