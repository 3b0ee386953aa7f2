using System.Buffers;
using Guild.Engine.Runs;

namespace Guild.Engine.Execution;

/// <summary>
/// What is recorded of one stream of a program. Whole lines are written at once; a line that is not yet ended is held back for a moment, so that lines of the other
/// stream do not fall into it, and then written as far as it is, so that a progress bar can be seen.
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

    /// <summary>True if nothing more is read of it.</summary>
    internal bool IsOver => IsCutShort || source.IsAtEnd;

    /// <summary>Why lines were no longer handed on; null if all went well.</summary>
    internal Exception? LineFault => lines?.Fault;

    /// <summary>How long to wait at most for more; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</summary>
    internal TimeSpan TimeToWait
    {
        get
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

    internal void Begin() => _buffer = Buffers.Rent(BufferSize);

    /// <summary>Takes what there is, without waiting for more.</summary>
    internal void Read()
    {
        var attempt = source.Read(_buffer.AsMemory(_held), TimeSpan.Zero);
        if (!attempt.IsAtEnd)
        {
            Take(attempt.Count);
            IsCutShort = limit.IsReached;
        }
    }

    /// <summary>Ends the reading. What was read of a last line without an end is kept for <see cref="WriteRest"/>.</summary>
    internal void End()
    {
        _rest = _buffer.AsSpan(0, _held).ToArray();
        Buffers.Return(_buffer);
        _buffer = [];
        _held = 0;
        lines?.Complete();
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
}
