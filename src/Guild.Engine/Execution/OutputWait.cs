namespace Guild.Engine.Execution;

/// <summary>Waits until one of the streams of a program can be read, on the thread that reads them.</summary>
internal abstract class OutputWait : IDisposable
{
    /// <summary>The wait for these streams.</summary>
    internal static OutputWait For(IReadOnlyList<OutputSource> sources) => OperatingSystem.IsWindows() ? new StreamWait(sources) : new PipeWait(sources);

    /// <summary>Returns when a stream can be read, when the time is over, or after a call of <see cref="Wake"/>.</summary>
    /// <param name="time">How long to wait; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    internal abstract void Wait(TimeSpan time);

    /// <summary>Ends a wait that is going on or still to come, once. May be called from any thread.</summary>
    internal abstract void Wake();

    public abstract void Dispose();

    private sealed unsafe class PipeWait(IReadOnlyList<OutputSource> sources) : OutputWait
    {
        private readonly PipeSource[] _pipes = [.. sources.Cast<PipeSource>()];
        private readonly WakePipe _waker = new();
        private bool _isAwake;

        public override void Dispose() => _waker.Dispose();

        internal override void Wait(TimeSpan time)
        {
            var asked = stackalloc Posix.PollDescriptor[_pipes.Length + 1];
            for (var i = 0; i < _pipes.Length; i++)
            {
                asked[i] = new Posix.PollDescriptor { Descriptor = _pipes[i].IsAtEnd ? Posix.NoDescriptor : _pipes[i].Descriptor, Events = Posix.PollIn };
            }

            asked[_pipes.Length] = new Posix.PollDescriptor { Descriptor = _isAwake ? Posix.NoDescriptor : _waker.Descriptor, Events = Posix.PollIn };
            if (Posix.poll(asked, (nuint)_pipes.Length + 1, Posix.PollTime(time)) <= 0)
            {
                return;
            }

            for (var i = 0; i < _pipes.Length; i++)
            {
                _pipes[i].IsReady = asked[i].Returned != 0;
            }

            _isAwake |= asked[_pipes.Length].Returned != 0;
        }

        internal override void Wake() => _waker.Wake();
    }

    private sealed class StreamWait(IReadOnlyList<OutputSource> sources) : OutputWait
    {
        private readonly TaskCompletionSource _woken = new();
        private bool _isAwake;

        public override void Dispose()
        {
        }

        internal override void Wait(TimeSpan time)
        {
            Task[] coming = [.. sources.Cast<StreamSource>().Where(source => !source.IsAtEnd).Select(source => source.Coming), .. _isAwake ? Array.Empty<Task>() : [_woken.Task]];
            Task.WaitAny(coming, time);
            _isAwake |= _woken.Task.IsCompleted;
        }

        internal override void Wake() => _woken.TrySetResult();
    }
}
