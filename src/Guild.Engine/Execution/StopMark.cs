using System.Globalization;
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

    private const double MostSeconds = 1e9;

    // Beyond what programs have to end by themselves: to record their ends, and that of the run.
    private static readonly TimeSpan RecordTime = TimeSpan.FromSeconds(15);

    public static bool IsThere(RunDirectory directory) => File.Exists(PathOf(directory));

    /// <summary>What is asked for.</summary>
    /// <exception cref="IOException">The file is just being written.</exception>
    public static StopWish Read(RunDirectory directory)
    {
        if (!IsThere(directory))
        {
            return new StopWish(StopStep.None, null);
        }

        var text = File.ReadAllText(PathOf(directory));
        return text == KillWord ? new StopWish(StopStep.Kill, null)
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and < MostSeconds ? new StopWish(StopStep.Terminate, TimeSpan.FromSeconds(seconds))
            : new StopWish(StopStep.Terminate, null);
    }

    /// <summary>Asks politely.</summary>
    /// <param name="directory">The run.</param>
    /// <param name="wait">How long programs have to end by themselves; null for as long as they usually have.</param>
    /// <exception cref="HomeException">The folder of the run cannot be written.</exception>
    public static void Make(RunDirectory directory, TimeSpan? wait = null) => Write(directory, wait?.TotalSeconds.ToString(CultureInfo.InvariantCulture) ?? "");

    private static void Write(RunDirectory directory, string text) => HomeAccess.Do(directory.Path, () =>
    {
        // Whoever looks meanwhile must not find half of it.
        var unfinished = $"{PathOf(directory)}.{Guid.NewGuid():N}";
        File.WriteAllText(unfinished, text);
        File.Move(unfinished, PathOf(directory), overwrite: true);
    });

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
        Make(directory, wait);
        var began = TimeProvider.System.GetTimestamp();
        var result = StopResult.Ended;
        while (isUnderWay())
        {
            var elapsed = TimeProvider.System.GetElapsedTime(began);
            if (result == StopResult.Ended && (kill.IsCancellationRequested || elapsed > wait))
            {
                result = StopResult.Killed;
                Write(directory, KillWord);
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

/// <summary>What a mark asks for.</summary>
/// <param name="Step">How hard: not at all, politely, or at once.</param>
/// <param name="Wait">How long programs have to end by themselves; null if that was not said.</param>
internal readonly record struct StopWish(StopStep Step, TimeSpan? Wait);
