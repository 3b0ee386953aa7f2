using Guild.Engine.Scalars;

namespace Guild.PowerShell;

/// <summary>One value of a scalar of a run.</summary>
public sealed class GuildScalar
{
    // The times that a DateTimeOffset can hold, in seconds since 1970.
    private static readonly double Earliest = (DateTimeOffset.MinValue - DateTimeOffset.UnixEpoch).TotalSeconds + TimeSpan.SecondsPerDay;
    private static readonly double Latest = (DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch).TotalSeconds - TimeSpan.SecondsPerDay;

    private readonly double _wallTime;

    internal GuildScalar(string runId, ScalarPoint point)
    {
        RunId = runId;
        Name = point.Tag;
        Step = point.Step;
        Value = point.Value;
        _wallTime = point.WallTime;
    }

    /// <summary>The id of the run.</summary>
    public string RunId { get; }

    /// <summary>The name, with the folder before a <c>#</c> where the scalar lies in a folder: <c>loss</c>, <c>logs/train#loss</c>.</summary>
    public string Name { get; }

    /// <summary>The step that the value belongs to.</summary>
    public long Step { get; }

    /// <summary>When it was logged, in local time; null if that is not known.</summary>
    public DateTimeOffset? Time => _wallTime >= Earliest && _wallTime <= Latest ? DateTimeOffset.UnixEpoch.AddTicks((long)(_wallTime * TimeSpan.TicksPerSecond)).ToLocalTime() : null;

    /// <summary>The value. It can be NaN or infinite.</summary>
    public double Value { get; }

    /// <summary>The name with the value.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name}: {Value}");
}
