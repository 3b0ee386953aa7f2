namespace Guild.Engine.Runs;

/// <summary>Waits for the ends of runs, whoever supervises them. Looks seldom at what lasts long: the disk is all that a run of another process is seen by.</summary>
public sealed class RunWait
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(500);

    private readonly RunReader _reader = new(new RunStateReader(ProcessLiveness.OfThisHost, TimeProvider.System));
    private TimeSpan _pause = Shortest;

    /// <summary>The status of a run as it is now; <see cref="RunStatus.Error"/> for one that is gone.</summary>
    public RunStatus StatusOf(RunDirectory directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        return directory.HasOpRef ? _reader.ReadState(directory).Status : RunStatus.Error;
    }

    /// <summary>True if the run is being prepared, or its program runs.</summary>
    public bool GoesOn(RunDirectory directory) => StatusOf(directory) is RunStatus.Running or RunStatus.Pending;

    /// <summary>Waits a while before the next look: longer each time, up to half a second.</summary>
    /// <param name="most">No longer than this.</param>
    /// <param name="stop">Ends the wait at once.</param>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public void Pause(TimeSpan most, CancellationToken stop)
    {
        stop.WaitHandle.WaitOne(most < _pause ? most : _pause);
        stop.ThrowIfCancellationRequested();
        _pause = _pause * 1.5 < Longest ? _pause * 1.5 : Longest;
    }

    /// <summary>Makes the next wait a short one, because something happened.</summary>
    public void Hurry() => _pause = Shortest;
}
