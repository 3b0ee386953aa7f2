namespace Guild.Engine.Execution;

/// <summary>How long programs have to end by themselves, where that is said only when their end is asked for.</summary>
/// <param name="outer">That of the run within which this one is carried out; null if there is none.</param>
internal sealed class StopPatience(StopPatience? outer)
{
    private long _ticks = -1;

    /// <summary>The time; null if nobody has said any.</summary>
    public TimeSpan? Time
    {
        get => Interlocked.Read(ref _ticks) is >= 0 and var ticks ? TimeSpan.FromTicks(ticks) : outer?.Time;
        set => Interlocked.Exchange(ref _ticks, value?.Ticks ?? -1);
    }
}
