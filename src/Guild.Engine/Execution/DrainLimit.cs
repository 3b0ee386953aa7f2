namespace Guild.Engine.Execution;

/// <summary>
/// How long the streams of a program are read after it has ended, when something that outlived it holds them open: until nothing came on any of them for two seconds,
/// and ten seconds at most. Before that there is no limit. Times count from the start of the recording.
/// </summary>
internal sealed class DrainLimit(TimeProvider clock)
{
    private static readonly TimeSpan SilentTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(10);

    private readonly long _created = clock.GetTimestamp();
    private long _lastData;
    private long _programEnded = long.MaxValue;

    internal TimeSpan Now => clock.GetElapsedTime(_created);

    internal bool IsReached => Now >= LastMoment;

    internal TimeSpan LastMoment
    {
        get
        {
            var ended = Interlocked.Read(ref _programEnded);
            return ended == long.MaxValue
                ? TimeSpan.MaxValue
                : TimeSpan.FromTicks(Math.Min(Math.Max(ended, Interlocked.Read(ref _lastData)) + SilentTime.Ticks, ended + DrainTime.Ticks));
        }
    }

    internal void DataCame() => Interlocked.Exchange(ref _lastData, Now.Ticks);

    internal void ProgramEnded() => Interlocked.Exchange(ref _programEnded, Now.Ticks);
}
