using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Guild.Engine.Execution;

/// <summary>What one attempt to read gave.</summary>
/// <param name="Count">The number of bytes read.</param>
/// <param name="IsAtEnd">True if nothing will ever come any more.</param>
internal readonly record struct ReadAttempt(int Count, bool IsAtEnd)
{
    internal static ReadAttempt Nothing => default;

    internal static ReadAttempt End => new(0, IsAtEnd: true);
}

/// <summary>One stream of what a program writes.</summary>
internal abstract class OutputSource : IDisposable
{
    /// <summary>Reads what there is, or waits for it no longer than the time given, and not at all beyond a call of <see cref="Wake"/>.</summary>
    /// <param name="buffer">Where the bytes go.</param>
    /// <param name="time">How long to wait; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    internal abstract ReadAttempt Read(Memory<byte> buffer, TimeSpan time);

    /// <summary>Ends a wait for ever that is going on or still to come, once. May be called from any thread.</summary>
    internal abstract void Wake();

    public abstract void Dispose();
}

/// <summary>The read end of a pipe on Unix.</summary>
internal sealed unsafe class PipeSource : OutputSource
{
    private readonly SafeFileHandle _pipe;
    private readonly SafeFileHandle _wakeRead;
    private readonly SafeFileHandle _wakeWrite;
    private bool _isAwake;

    internal PipeSource(SafeFileHandle pipe)
    {
        _pipe = pipe;
        var (read, write) = Posix.OpenPipe();
        _wakeRead = new SafeFileHandle(read, ownsHandle: true);
        _wakeWrite = new SafeFileHandle(write, ownsHandle: true);
    }

    public override void Dispose()
    {
        _pipe.Dispose();
        _wakeRead.Dispose();
        _wakeWrite.Dispose();
    }

    internal override ReadAttempt Read(Memory<byte> buffer, TimeSpan time)
    {
        var descriptors = stackalloc Posix.PollDescriptor[2];
        descriptors[0] = new Posix.PollDescriptor { Descriptor = Number(_pipe), Events = Posix.PollIn };
        descriptors[1] = new Posix.PollDescriptor { Descriptor = Number(_wakeRead), Events = Posix.PollIn };
        var milliseconds = time < TimeSpan.Zero ? -1 : (int)Math.Ceiling(time.TotalMilliseconds);
        var ready = Posix.poll(descriptors, _isAwake ? 1u : 2u, milliseconds);
        if (ready <= 0)
        {
            return ReadAttempt.Nothing;
        }

        if ((descriptors[0].Returned & (Posix.PollIn | Posix.PollEnded)) != 0)
        {
            return ReadNow(buffer.Span);
        }

        _isAwake = true;
        return ReadAttempt.Nothing;
    }

    internal override void Wake()
    {
        byte any = 0;
        _ = Posix.write(Number(_wakeWrite), &any, 1);
    }

    private ReadAttempt ReadNow(Span<byte> buffer)
    {
        nint count;
        fixed (byte* start = buffer)
        {
            count = Posix.read(Number(_pipe), start, buffer.Length);
        }

        if (count < 0)
        {
            // A pipe can be read or is at its end; an interrupted call is simply repeated by the caller.
            return Marshal.GetLastPInvokeError() == Posix.EInterrupted ? ReadAttempt.Nothing : ReadAttempt.End;
        }

        return count == 0 ? ReadAttempt.End : new ReadAttempt((int)count, IsAtEnd: false);
    }

    private static int Number(SafeFileHandle handle) => (int)handle.DangerousGetHandle();
}

/// <summary>A stream of the framework, which can be waited for only by a read that goes on in the background.</summary>
internal sealed class StreamSource(Stream stream) : OutputSource
{
    private readonly TaskCompletionSource _woken = new();
    private readonly byte[] _pending = new byte[64 * 1024];
    private Task<int>? _reading;
    private int _from;
    private int _to;

    public override void Dispose() => stream.Dispose();

    internal override ReadAttempt Read(Memory<byte> buffer, TimeSpan time)
    {
        if (_from == _to)
        {
            _reading ??= stream.ReadAsync(_pending, 0, _pending.Length);
            _ = _woken.Task.IsCompleted || time >= TimeSpan.Zero
                ? Task.WaitAny([_reading], time)
                : Task.WaitAny(_reading, _woken.Task);
            if (!_reading.IsCompleted)
            {
                return ReadAttempt.Nothing;
            }

            (_from, _to) = (0, _reading.IsCompletedSuccessfully ? _reading.Result : 0);
            _reading = null;
            if (_to == 0)
            {
                return ReadAttempt.End;
            }
        }

        var count = Math.Min(buffer.Length, _to - _from);
        _pending.AsMemory(_from, count).CopyTo(buffer);
        _from += count;
        return new ReadAttempt(count, IsAtEnd: false);
    }

    internal override void Wake() => _woken.TrySetResult();
}
