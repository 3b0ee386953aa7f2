namespace Guild.Engine.Execution;

/// <summary>
/// The watch on Unix, by one call that waits for all descriptors. While the program writes nothing there is no other thread: of a search that starts thousands of
/// programs, most of the time would go into waking threads.
/// </summary>
internal sealed unsafe class PollWatch : ProgramWatch
{
    private readonly WakePipe _waker = new();
    private readonly List<CancellationTokenRegistration> _registrations = [];
    private readonly OutputRecorder? _recorder;
    private readonly int[] _pipes;
    private int _end;

    internal PollWatch(SpawnedProgram program, OutputRecorder? recorder, StopTokens stop)
        : base(stop)
    {
        _recorder = recorder;
        _pipes = [.. recorder?.Sources.Select(source => ((PipeSource)source).Descriptor) ?? []];
        _end = program.OpenDescriptor();
        if (_end == Posix.NoDescriptor)
        {
            program.Exit.ContinueWith(_ => _waker.Wake(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        foreach (var token in Awaited.Where(token => token.CanBeCanceled))
        {
            _registrations.Add(token.UnsafeRegister(static waker => ((WakePipe)waker!).Wake(), _waker));
        }
    }

    public override void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        CloseEnd();
        _waker.Dispose();
    }

    protected override void WaitForAny(TimeSpan time)
    {
        var asked = stackalloc Posix.PollDescriptor[_pipes.Length + 2];
        asked[0] = new Posix.PollDescriptor { Descriptor = _waker.Descriptor, Events = Posix.PollIn };
        asked[1] = new Posix.PollDescriptor { Descriptor = _end, Events = Posix.PollIn };
        var output = asked + 2;
        for (var i = 0; i < _pipes.Length; i++)
        {
            output[i] = new Posix.PollDescriptor { Descriptor = _pipes[i], Events = Posix.PollIn };
        }

        if (Posix.poll(asked, (nuint)_pipes.Length + 2, Posix.PollTime(time)) <= 0)
        {
            return;
        }

        if (asked[0].Returned != 0)
        {
            _waker.Rest();
        }

        // What a program that has ended left in its pipes is read when the record is finished, with no need for another thread.
        if (asked[1].Returned != 0)
        {
            CloseEnd();
        }
        else
        {
            LookAtOutput(output);
        }
    }

    // A pipe that was closed without a byte is done with, and so is one that the recorder reads. The others are looked at again.
    private void LookAtOutput(Posix.PollDescriptor* output)
    {
        for (var i = 0; i < _pipes.Length; i++)
        {
            if ((output[i].Returned & Posix.PollIn) != 0)
            {
                _recorder!.Begin();
                Array.Fill(_pipes, Posix.NoDescriptor);
                return;
            }

            _pipes[i] = output[i].Returned == 0 ? _pipes[i] : Posix.NoDescriptor;
        }
    }

    private void CloseEnd()
    {
        if (_end != Posix.NoDescriptor)
        {
            _ = Posix.close(_end);
            _end = Posix.NoDescriptor;
        }
    }
}
