using System.Text;

namespace Guild.Engine.Execution;

/// <summary>
/// A program that belongs to no run, such as a command that prepares a file for many: it is waited for, each line that it writes is handed on, and all that it
/// started goes when it is stopped.
/// </summary>
internal static class WatchedProgram
{
    private const int BufferSize = 16 * 1024;
    private const int LongestLine = 8 * 1024;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan HeldOpenTime = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Runs a program to its end. Raises <see cref="ProgramException"/> if it cannot be started, and <see cref="OperationCanceledException"/> when it was stopped
    /// and nothing of it runs any more.
    /// </summary>
    /// <param name="start">What to start; its two streams should be merged.</param>
    /// <param name="onLine">Is called on this thread with each line of its standard output.</param>
    /// <param name="cancellation">Stops it as Ctrl-C would, and harder if it goes on.</param>
    public static ProgramExit Run(ProgramStart start, Action<string> onLine, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var program = SpawnedProgram.Start(start);
        var ladder = new StopLadder(program.Tree, StopTimes.Default, TimeProvider.System);
        var lines = new Lines(onLine);
        var buffer = new byte[BufferSize];
        var (isAtEnd, hasEnded, silentSince) = (program.Output is null, false, 0L);
        while (true)
        {
            if (!hasEnded && program.Exit.IsCompleted)
            {
                (hasEnded, silentSince) = (true, TimeProvider.System.GetTimestamp());
            }

            if (cancellation.IsCancellationRequested)
            {
                Stop(ladder);
            }

            if (ladder.IsExhausted || (hasEnded && (ladder.IsStopping ? program.Tree.IsEmpty() : isAtEnd || IsSilent(silentSince))))
            {
                break;
            }

            if (isAtEnd)
            {
                Pause.For(program.Exit.Wait(LookEvery, CancellationToken.None) ? StopLadder.PollTime : TimeSpan.Zero);
                continue;
            }

            var attempt = program.Output!.Read(buffer, LookEvery);
            isAtEnd = attempt.IsAtEnd;
            if (attempt.Count > 0)
            {
                lines.Take(buffer.AsSpan(0, attempt.Count));
                silentSince = TimeProvider.System.GetTimestamp();
            }
        }

        lines.Complete();
        cancellation.ThrowIfCancellationRequested();
        return program.Exit.IsCompleted ? program.Exit.Result : new ProgramExit(null, Posix.SigKill);
    }

    private static void Stop(StopLadder ladder)
    {
        if (ladder.IsStopping)
        {
            ladder.Advance();
        }
        else
        {
            ladder.Request(StopStep.Interrupt);
        }
    }

    // What a program left running can hold its output open for ever.
    private static bool IsSilent(long since) => TimeProvider.System.GetElapsedTime(since) >= HeldOpenTime;

    /// <summary>Makes lines of bytes; of a line without end the first part.</summary>
    private sealed class Lines(Action<string> onLine)
    {
        private readonly List<byte> _line = [];

        public void Take(ReadOnlySpan<byte> bytes)
        {
            foreach (var value in bytes)
            {
                if (value == (byte)'\n')
                {
                    Complete();
                }
                else if (_line.Count < LongestLine)
                {
                    _line.Add(value);
                }
            }
        }

        public void Complete()
        {
            if (_line.Count > 0)
            {
                onLine(Encoding.UTF8.GetString([.. _line]).TrimEnd('\r'));
                _line.Clear();
            }
        }
    }
}
