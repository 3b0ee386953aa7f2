namespace Guild.Engine.Execution;

/// <summary>A wait of known length on a thread that has nothing else to do.</summary>
internal static class Pause
{
    internal static void For(TimeSpan time)
    {
        using var never = new ManualResetEventSlim();
        never.Wait(time);
    }
}
