using Guild.Engine.Runs;

namespace Guild.PowerShell.Streams;

/// <summary>The lines of a run's output, those that are there and those that come, until the run has ended and all of them were given.</summary>
internal sealed class LiveOutput(RunDirectory directory, CancellationToken stop)
{
    private readonly RunWait _wait = new();

    /// <summary>Of the lines that are there already, only the last ones, this many.</summary>
    public int Tail { get; init; } = int.MaxValue;

    /// <summary>Which lines are wanted.</summary>
    public Func<OutputLine, bool> IsWanted { get; init; } = _ => true;

    /// <summary>Gives the lines. Waits for those that are still to come.</summary>
    public IEnumerable<OutputLine> Lines()
    {
        using var follower = new OutputFollower(directory, new OutputFollowing { GivesUnfinishedLines = false, SkipBytes = null });
        foreach (var line in Present(follower))
        {
            yield return line;
        }

        // Whether it goes on is asked before the look: what was printed until its end is then seen by that look or by the next one.
        bool goesOn;
        OutputPortion portion;
        do
        {
            stop.ThrowIfCancellationRequested();
            goesOn = _wait.GoesOn(directory);
            portion = follower.Next();
            foreach (var line in Wanted(portion))
            {
                yield return line;
            }

            if (portion.Pieces.Count > 0)
            {
                _wait.Hurry();
            }

            if (goesOn && !portion.HasMore)
            {
                _wait.Pause(TimeSpan.MaxValue, stop);
            }
        }
        while (goesOn || portion.HasMore);

        foreach (var line in Wanted(follower.Finish()))
        {
            yield return line;
        }
    }

    // However much was printed before, only its last lines are kept.
    private Queue<OutputLine> Present(OutputFollower follower)
    {
        var lines = new Queue<OutputLine>();
        if (Tail == int.MaxValue)
        {
            return lines;
        }

        OutputPortion portion;
        do
        {
            stop.ThrowIfCancellationRequested();
            portion = follower.Next();
            foreach (var line in Wanted(portion))
            {
                lines.Enqueue(line);
                if (lines.Count > Tail)
                {
                    lines.Dequeue();
                }
            }
        }
        while (portion.HasMore);

        return lines;
    }

    private IEnumerable<OutputLine> Wanted(OutputPortion portion) => portion.Pieces.Select(p => new OutputLine(p.Time, p.Stream, p.Text)).Where(IsWanted);
}
