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
    /// <summary>True once it is known that nothing will ever come any more.</summary>
    internal bool IsAtEnd { get; private set; }

    /// <summary>Reads what there is, or waits for it no longer than the time given.</summary>
    internal ReadAttempt Read(Memory<byte> buffer, TimeSpan time)
    {
        var attempt = IsAtEnd ? ReadAttempt.End : Attempt(buffer, time);
        IsAtEnd = attempt.IsAtEnd;
        return attempt;
    }

    public abstract void Dispose();

    protected abstract ReadAttempt Attempt(Memory<byte> buffer, TimeSpan time);
}

/// <summary>The read end of a pipe on Unix.</summary>
internal sealed unsafe class PipeSource(SafeFileHandle pipe) : OutputSource
{
    internal int Descriptor => (int)pipe.DangerousGetHandle();

    /// <summary>True if whoever waited for several streams found that this one need not be waited for.</summary>
    internal bool IsReady { get; set; }

    public override void Dispose() => pipe.Dispose();

    protected override ReadAttempt Attempt(Memory<byte> buffer, TimeSpan time)
    {
        if (!IsReady)
        {
            var descriptor = new Posix.PollDescriptor { Descriptor = Descriptor, Events = Posix.PollIn };
            IsReady = Posix.poll(&descriptor, 1, Posix.PollTime(time)) > 0;
        }

        if (!IsReady)
        {
            return ReadAttempt.Nothing;
        }

        IsReady = false;
        return ReadNow(buffer.Span);
    }

    private ReadAttempt ReadNow(Span<byte> buffer)
    {
        nint count;
        fixed (byte* start = buffer)
        {
            count = Posix.read(Descriptor, start, buffer.Length);
        }

        if (count < 0)
        {
            // A pipe can be read or is at its end; an interrupted call is simply repeated by the caller.
            return Marshal.GetLastPInvokeError() == Posix.EInterrupted ? ReadAttempt.Nothing : ReadAttempt.End;
        }

        return count == 0 ? ReadAttempt.End : new ReadAttempt((int)count, IsAtEnd: false);
    }
}

/// <summary>A stream of the framework, which can be waited for only by a read that goes on in the background.</summary>
internal sealed class StreamSource(Stream stream) : OutputSource
{
    private readonly byte[] _pending = new byte[64 * 1024];
    private Task<int>? _reading;
    private int _from;
    private int _to;

    /// <summary>Completes when the next bytes, or the end, are there.</summary>
    internal Task Coming => _from < _to ? Task.CompletedTask : _reading ??= stream.ReadAsync(_pending, 0, _pending.Length);

    public override void Dispose() => stream.Dispose();

    protected override ReadAttempt Attempt(Memory<byte> buffer, TimeSpan time)
    {
        if (_from == _to)
        {
            if (Task.WaitAny([Coming], time) < 0)
            {
                return ReadAttempt.Nothing;
            }

            (_from, _to) = (0, _reading!.IsCompletedSuccessfully ? _reading.Result : 0);
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
}
