namespace Guild.Engine.Execution;

/// <summary>Ends a program by steps: each is harder than the last and is taken when the time that the last one gave has passed.</summary>
internal sealed class StopLadder(ProgramTree tree, StopTimes times, TimeProvider clock)
{
    /// <summary>How often a tree is looked at while it ends.</summary>
    internal static readonly TimeSpan PollTime = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan KillTime = TimeSpan.FromSeconds(10);
    private long _stepTaken;

    /// <summary>What comes before the time that a termination usually gives; null for nothing.</summary>
    internal StopPatience? Patience { get; init; }

    /// <summary>The step that was asked for first; none if nothing was asked for.</summary>
    internal StopStep First { get; private set; }

    /// <summary>The step last taken.</summary>
    internal StopStep Current { get; private set; }

    /// <summary>True once a stop was asked for.</summary>
    internal bool IsStopping => Current != StopStep.None;

    /// <summary>True if processes were killed long ago and still are there, so that waiting for them is pointless.</summary>
    internal bool IsExhausted => Current == StopStep.Kill && Elapsed >= KillTime;

    private TimeSpan Elapsed => clock.GetElapsedTime(_stepTaken);

    /// <summary>Asks for a stop. The second request, whatever it is, kills.</summary>
    internal void Request(StopStep step)
    {
        if (!IsStopping)
        {
            First = step;
            Take(step);
            return;
        }

        Take(StopStep.Kill);
    }

    /// <summary>Takes the next step if its time has come. What a killed process started in its last moment is killed too.</summary>
    internal void Advance()
    {
        if (Current == StopStep.Kill)
        {
            tree.Signal(StopStep.Kill);
            return;
        }

        if (IsStopping && Elapsed >= TimeOf(Current))
        {
            Take(Current + 1);
        }
    }

    private TimeSpan TimeOf(StopStep step) => step == StopStep.Interrupt || First == StopStep.Interrupt ? times.Interrupt : Patience?.Time ?? times.Terminate;

    private void Take(StopStep step)
    {
        if (step == StopStep.Kill && Current == StopStep.Kill)
        {
            return;
        }

        Current = step;
        _stepTaken = clock.GetTimestamp();
        tree.Signal(step);
    }
}
