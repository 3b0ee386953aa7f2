namespace Guild.Engine.Execution;

/// <summary>A pipe by which a thread that waits for descriptors on Unix is told of what has none.</summary>
internal sealed unsafe class WakePipe : IDisposable
{
    private readonly Lock _gate = new();
    private readonly int _writeEnd;
    private bool _isClosed;

    internal WakePipe() => (Descriptor, _writeEnd) = Posix.OpenPipe();

    /// <summary>What is to be waited for: it can be read after a call of <see cref="Wake"/>.</summary>
    internal int Descriptor { get; }

    /// <summary>Wakes the thread. May be called from any thread, and does nothing when nobody waits any more.</summary>
    internal void Wake()
    {
        byte any = 0;
        lock (_gate)
        {
            if (!_isClosed)
            {
                _ = Posix.write(_writeEnd, &any, 1);
            }
        }
    }

    /// <summary>Takes back one call of <see cref="Wake"/>; only after it was seen that the pipe can be read.</summary>
    internal void Rest()
    {
        byte any;
        _ = Posix.read(Descriptor, &any, 1);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                _isClosed = true;
                _ = Posix.close(Descriptor);
                _ = Posix.close(_writeEnd);
            }
        }
    }
}
