using Guild.Engine.Runs;

namespace Guild.Engine.Execution;

/// <summary>
/// The file <c>.guild/STOP</c>, by which a process asks for the end of a run that has no program of its own: one that is still prepared, a batch, or a pipeline. Whoever carries it out may be a
/// session that must go on, so it is asked rather than signalled. It looks for the file.
/// </summary>
internal static class StopMark
{
    internal const string Name = "STOP";

    private const string KillWord = "kill";

    // Beyond what programs have to end by themselves: to record their ends, and that of the run.
    private static readonly TimeSpan RecordTime = TimeSpan.FromSeconds(15);

    public static bool IsThere(RunDirectory directory) => File.Exists(PathOf(directory));

    /// <summary>How hard the end is asked for: not at all, politely, or at once.</summary>
    /// <exception cref="IOException">The file is just being written.</exception>
    public static StopStep StepOf(RunDirectory directory) => !IsThere(directory) ? StopStep.None
        : File.ReadAllText(PathOf(directory)) == KillWord ? StopStep.Kill : StopStep.Terminate;

    /// <exception cref="HomeException">The folder of the run cannot be written.</exception>
    public static void Make(RunDirectory directory, StopStep step = StopStep.Terminate) =>
        HomeAccess.Do(directory.Path, () => File.WriteAllText(PathOf(directory), step == StopStep.Kill ? KillWord : ""));

    /// <summary>Takes the mark away, if it is there and the disk allows it. One that stays is taken away when the run is started again.</summary>
    public static void Clear(RunDirectory directory)
    {
        try
        {
            if (IsThere(directory))
            {
                File.Delete(PathOf(directory));
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // As above.
        }
    }

    /// <summary>Asks for the end of a run, and waits until it has come; asks harder when the time is over.</summary>
    /// <param name="directory">The run.</param>
    /// <param name="isUnderWay">Whether it still goes on.</param>
    /// <param name="wait">How long it may take to end by itself.</param>
    /// <param name="kill">Ends it at once.</param>
    /// <exception cref="HomeException">The folder of the run cannot be written.</exception>
    public static StopResult MakeAndWait(RunDirectory directory, Func<bool> isUnderWay, TimeSpan wait, CancellationToken kill)
    {
        Make(directory);
        var began = TimeProvider.System.GetTimestamp();
        var result = StopResult.Ended;
        while (isUnderWay())
        {
            var elapsed = TimeProvider.System.GetElapsedTime(began);
            if (result == StopResult.Ended && (kill.IsCancellationRequested || elapsed > wait))
            {
                result = StopResult.Killed;
                Make(directory, StopStep.Kill);
            }

            if (elapsed - RecordTime > wait)
            {
                return StopResult.Failed;
            }

            Pause.For(StopLadder.PollTime);
        }

        return result;
    }

    private static string PathOf(RunDirectory directory) => Path.Join(directory.GuildPath, Name);
}
