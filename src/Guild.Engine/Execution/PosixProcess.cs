using System.Runtime.InteropServices;

namespace Guild.Engine.Execution;

/// <summary>
/// A program on Unix. Whoever waits for it by its descriptor collects it too; for others, a thread of its own does. The framework's handler of SIGCHLD looks at all children but collects only those that it
/// started, unless the process began with SIGCHLD ignored; so both can live in one process.
/// </summary>
internal sealed class PosixProcess : ProgramProcess
{
    private readonly TaskCompletionSource<ProgramExit> _exit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixTree _tree;
    private readonly Lock _gate = new();
    private bool _hasWaiter;

    private PosixProcess(SpawnResult spawned, string? runId)
    {
        ProcessId = spawned.ProcessId;
        Output = spawned.Output is null ? null : new PipeSource(spawned.Output);
        Error = spawned.Error is null ? null : new PipeSource(spawned.Error);

        // Until it is waited for, even a program that has ended keeps its number and shows its start time.
        StartTime = ProcessTable.Read(ProcessId)?.Start;
        _tree = new PosixTree(ProcessId, StartTime, runId);
    }

    internal override int ProcessId { get; }

    internal override long? StartTime { get; }

    internal override Task<ProgramExit> Exit
    {
        get
        {
            lock (_gate)
            {
                if (!_hasWaiter && !_exit.Task.IsCompleted)
                {
                    _hasWaiter = true;
                    WatchThread.Start(() => Collect(options: 0));
                }
            }

            return _exit.Task;
        }
    }

    internal override ProgramExit? Ended
    {
        get
        {
            lock (_gate)
            {
                if (!_hasWaiter && !_exit.Task.IsCompleted)
                {
                    Collect(Posix.WaitWithoutHang);
                }
            }

            return _exit.Task.IsCompleted ? _exit.Task.Result : null;
        }
    }

    internal override OutputSource? Output { get; }

    internal override OutputSource? Error { get; }

    internal override ProgramTree Tree => _tree;

    /// <summary>Opens a descriptor that can be read when the program has ended; <see cref="Posix.NoDescriptor"/> where there is none, or where another thread collects it.</summary>
    internal int OpenDescriptor()
    {
        lock (_gate)
        {
            return _hasWaiter || _exit.Task.IsCompleted ? Posix.NoDescriptor : Posix.OpenProcess(ProcessId);
        }
    }

    public override void Dispose()
    {
        // What runs on must still be collected when it ends.
        if (Ended is null)
        {
            _ = Exit;
        }

        Output?.Dispose();
        Error?.Dispose();
    }

    internal static PosixProcess Start(string path, ProgramStart start, int inputDescriptor)
    {
        KeepExitStatuses();
        return new PosixProcess(PosixSpawn.Start(path, start, inputDescriptor), start.Environment.GetValueOrDefault(PosixTree.RunIdVariable));
    }

    // While SIGCHLD is ignored, the kernel throws away the exit status of every child.
    private static unsafe void KeepExitStatuses()
    {
        const nint Ignored = 1;
        const nint Default = 0;
        var previous = stackalloc byte[Posix.OpaqueSize];
        if (Posix.sigaction(Posix.SigChild, null, previous) == 0 && *(nint*)previous == Ignored)
        {
            _ = Posix.signal(Posix.SigChild, Default);
        }
    }

    private unsafe void Collect(int options)
    {
        int status;
        int result;
        do
        {
            result = Posix.waitpid(ProcessId, &status, options);
        }
        while (result < 0 && Marshal.GetLastPInvokeError() == Posix.EInterrupted);

        if (result != 0)
        {
            _exit.SetResult(result == ProcessId ? Decode(status) : new ProgramExit(null, null));
        }
    }

    private static ProgramExit Decode(int status)
    {
        var signal = status & 0x7f;
        return signal == 0 ? new ProgramExit((status >> 8) & 0xff, null) : new ProgramExit(null, signal);
    }
}
