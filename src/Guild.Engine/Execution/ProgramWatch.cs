namespace Guild.Engine.Execution;

/// <summary>
/// Waits for what happens to a program, on the thread that supervises it: its end, a request to stop it, and where the system allows it, its first output. Nothing else
/// may collect the program meanwhile.
/// </summary>
internal abstract class ProgramWatch(StopTokens stop) : IDisposable
{
    private readonly List<(CancellationToken Token, StopStep Step)> _requests = [(stop.Interrupt, StopStep.Interrupt), (stop.Terminate, StopStep.Terminate), (stop.Kill, StopStep.Kill)];

    /// <summary>Begins to watch a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="recorder">What records its output, and is begun no later than when there is some; null if nothing does.</param>
    /// <param name="stop">The ways in which it can be stopped.</param>
    internal static ProgramWatch Of(SpawnedProgram program, OutputRecorder? recorder, StopTokens stop) =>
        OperatingSystem.IsWindows() ? new HandleWatch(program, recorder, stop) : new PollWatch(program, recorder, stop);

    /// <summary>Waits until something happens, or the time is over.</summary>
    /// <returns>The stop that was asked for since the last time, each once; none for all else.</returns>
    internal StopStep Wait(TimeSpan time)
    {
        WaitForAny(time);
        var index = _requests.FindIndex(request => request.Token.IsCancellationRequested);
        if (index < 0)
        {
            return StopStep.None;
        }

        var step = _requests[index].Step;
        _requests.RemoveAt(index);
        return step;
    }

    public abstract void Dispose();

    /// <summary>The requests that were not made yet.</summary>
    protected IEnumerable<CancellationToken> Awaited => _requests.Select(request => request.Token);

    protected abstract void WaitForAny(TimeSpan time);
}

/// <summary>The watch by objects that can be waited for, with the output read by a thread from the beginning.</summary>
internal sealed class HandleWatch : ProgramWatch
{
    private readonly SpawnedProgram _program;

    internal HandleWatch(SpawnedProgram program, OutputRecorder? recorder, StopTokens stop)
        : base(stop)
    {
        _program = program;
        recorder?.Begin();
    }

    public override void Dispose()
    {
    }

    protected override void WaitForAny(TimeSpan time)
    {
        var exit = _program.Exit.IsCompleted ? null : ((IAsyncResult)_program.Exit).AsyncWaitHandle;
        WaitHandle[] handles = [.. Awaited.Select(token => token.WaitHandle), .. exit is null ? Array.Empty<WaitHandle>() : [exit]];
        if (handles.Length == 0)
        {
            Pause.For(time);
        }
        else
        {
            WaitHandle.WaitAny(handles, time);
        }
    }
}
