using System.Buffers;
using Guild.Engine.Runs;

namespace Guild.Engine.Execution;

/// <summary>
/// Reads one stream of a program on the calling thread until it ends. Whole lines are written at once; a line that is not yet ended is held back for a moment, so
/// that lines of the other stream do not fall into it, and then written as far as it is, so that a progress bar can be seen.
/// </summary>
internal sealed class RecordedStream(OutputSource source, OutputFile file, OutputLines? lines, OutputStreamKind stream, DrainLimit limit)
{
    private const int BufferSize = 256 * 1024;
    private const int MaximumHeld = 64 * 1024;
    private const byte NewLine = (byte)'\n';

    private static readonly TimeSpan HoldTime = TimeSpan.FromMilliseconds(30);

    // Not the shared pool: what a thread gives back to that is lost when the thread ends, as this one does with its program.
    private static readonly ArrayPool<byte> Buffers = ArrayPool<byte>.Create(BufferSize, maxArraysPerBucket: 8);

    private byte[] _buffer = [];
    private byte[] _rest = [];
    private int _held;
    private TimeSpan _heldSince;

    /// <summary>True if the stream was left before its end, because something that outlived the program holds it open.</summary>
    internal bool IsCutShort { get; private set; }

    /// <summary>Why lines were no longer handed on; null if all went well.</summary>
    internal Exception? LineFault => lines?.Fault;

    /// <summary>Lets a reader that waits see that there is a limit now. May be called from any thread.</summary>
    internal void Wake() => source.Wake();

    internal void ReadToEnd()
    {
        _buffer = Buffers.Rent(BufferSize);
        try
        {
            while (!IsCutShort)
            {
                var attempt = source.Read(_buffer.AsMemory(_held), TimeToWait());
                if (attempt.IsAtEnd)
                {
                    break;
                }

                Take(attempt.Count);
                IsCutShort = limit.IsReached;
            }

            _rest = _buffer.AsSpan(0, _held).ToArray();
            lines?.Complete();
        }
        finally
        {
            Buffers.Return(_buffer);
        }
    }

    /// <summary>Writes the last line, if no end of line came. Called when both streams have ended, so that no line of the other falls into it.</summary>
    internal void WriteRest()
    {
        file.Append(_rest, lines: 0, stream);
        _rest = [];
    }

    private void Take(int count)
    {
        if (count == 0)
        {
            if (_held > 0 && limit.Now - _heldSince >= HoldTime)
            {
                WriteHeld();
            }

            return;
        }

        limit.DataCame();
        var fresh = _buffer.AsSpan(_held, count);
        var end = fresh.LastIndexOf(NewLine);
        var whole = end < 0 ? 0 : _held + end + 1;
        if (whole > 0)
        {
            file.Append(_buffer.AsSpan(0, whole), fresh[..(end + 1)].Count(NewLine), stream);
        }

        lines?.Take(fresh);
        Hold(whole, _held + count - whole, isNew: whole > 0 || _held == 0);
    }

    private void Hold(int from, int length, bool isNew)
    {
        if (from > 0 && length > 0)
        {
            _buffer.AsSpan(from, length).CopyTo(_buffer);
        }

        _held = length;
        if (isNew)
        {
            _heldSince = limit.Now;
        }

        if (_held >= MaximumHeld)
        {
            WriteHeld();
        }
    }

    private void WriteHeld()
    {
        file.Append(_buffer.AsSpan(0, _held), lines: 0, stream);
        _held = 0;
    }

    private TimeSpan TimeToWait()
    {
        var until = limit.LastMoment;
        if (_held > 0)
        {
            until = TimeSpan.FromTicks(Math.Min(until.Ticks, (_heldSince + HoldTime).Ticks));
        }

        if (until == TimeSpan.MaxValue)
        {
            return Timeout.InfiniteTimeSpan;
        }

        var wait = until - limit.Now;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
