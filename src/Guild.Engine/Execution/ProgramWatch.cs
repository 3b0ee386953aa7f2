namespace Guild.Engine.Execution;

/// <summary>
/// Waits for what happens to a program, on the thread that supervises it: its end, a request to stop it, and where the system allows it, its first output. Nothing else
/// may collect the program meanwhile.
/// </summary>
internal abstract class ProgramWatch(StopTokens stop) : IDisposable
{
    private readonly Request[] _requests = [new(StopStep.Interrupt, stop.Interrupt), new(StopStep.Terminate, stop.Terminate), new(StopStep.Kill, stop.Kill)];

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
        foreach (var request in _requests)
        {
            if (!request.IsTaken && request.Token.IsCancellationRequested)
            {
                request.IsTaken = true;
                return request.Step;
            }
        }

        return StopStep.None;
    }

    public abstract void Dispose();

    /// <summary>All ways to ask for a stop.</summary>
    protected IReadOnlyList<Request> Requests => _requests;

    protected abstract void WaitForAny(TimeSpan time);

    /// <summary>A way to ask for a stop, which counts once.</summary>
    protected sealed class Request(StopStep step, CancellationToken token)
    {
        internal CancellationToken Token => token;

        internal StopStep Step => step;

        internal bool IsTaken { get; set; }
    }
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
        var handles = Requests.Where(request => !request.IsTaken).Select(request => request.Token.WaitHandle).ToList();
        if (!_program.Exit.IsCompleted)
        {
            handles.Add(((IAsyncResult)_program.Exit).AsyncWaitHandle);
        }

        if (handles.Count == 0)
        {
            Pause.For(time);
        }
        else
        {
            WaitHandle.WaitAny([.. handles], time);
        }
    }
}
