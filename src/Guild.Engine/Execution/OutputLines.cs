using Guild.Engine.Runs;

namespace Guild.Engine.Execution;

/// <summary>Takes one line of a program's output, as it was written, without its end of line. Called from threads of the recorder, one call at a time.</summary>
/// <param name="line">The bytes, valid during the call only. Of a line beyond 64 KiB these are the first 64 KiB.</param>
/// <param name="stream">The stream that it was written to.</param>
public delegate void OutputLineSink(ReadOnlySpan<byte> line, OutputStreamKind stream);

/// <summary>Who is handed lines of a program's output, and which.</summary>
/// <param name="Sink">Takes each line.</param>
/// <param name="Mark">A byte that each line has which the sink wants; the others are passed over, which takes next to no time. Null for all lines.</param>
internal sealed record OutputLineReader(OutputLineSink Sink, byte? Mark = null);

/// <summary>Cuts the pieces of one stream into lines and hands them on.</summary>
internal sealed class OutputLines(OutputLineReader reader, Lock gate, OutputStreamKind stream)
{
    private const int MaximumLine = 64 * 1024;
    private const byte NewLine = (byte)'\n';
    private byte[] _started = [];
    private int _startedLength;

    /// <summary>Why lines are no longer handed on; null while all is well.</summary>
    internal Exception? Fault { get; private set; }

    internal void Take(ReadOnlySpan<byte> bytes)
    {
        // Once for all lines of a piece: taken for each, it would cost more than most sinks do.
        lock (gate)
        {
            TakeAlone(bytes);
        }
    }

    internal void Complete()
    {
        lock (gate)
        {
            if (_startedLength > 0)
            {
                HandOn([]);
            }
        }
    }

    private void TakeAlone(ReadOnlySpan<byte> bytes)
    {
        if (_startedLength > 0 && bytes.IndexOf(NewLine) is >= 0 and var endOfStarted)
        {
            HandOn(bytes[..endOfStarted]);
            bytes = bytes[(endOfStarted + 1)..];
        }

        bytes = bytes[UnwantedLength(bytes)..];
        while (bytes.IndexOf(NewLine) is >= 0 and var end)
        {
            HandOn(bytes[..end]);
            bytes = bytes[(end + 1)..];
            bytes = bytes[UnwantedLength(bytes)..];
        }

        Keep(bytes);
    }

    // How many bytes belong to whole lines before the first line that has the mark.
    private int UnwantedLength(ReadOnlySpan<byte> bytes)
    {
        if (reader.Mark is not { } mark || _startedLength > 0)
        {
            return 0;
        }

        var at = bytes.IndexOf(mark);
        return bytes[..(at < 0 ? bytes.Length : at)].LastIndexOf(NewLine) + 1;
    }

    private void HandOn(ReadOnlySpan<byte> rest)
    {
        if (_startedLength > 0)
        {
            Keep(rest);
            var line = _started.AsSpan(0, _startedLength);
            _startedLength = 0;
            if (reader.Mark is not { } mark || line.Contains(mark))
            {
                Call(line);
            }

            return;
        }

        Call(rest.Length > MaximumLine ? rest[..MaximumLine] : rest);
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        var length = Math.Min(bytes.Length, MaximumLine - _startedLength);
        if (_started.Length < _startedLength + length)
        {
            Array.Resize(ref _started, Math.Min(MaximumLine, Math.Max(1024, (_startedLength + length) * 2)));
        }

        bytes[..length].CopyTo(_started.AsSpan(_startedLength));
        _startedLength += length;
    }

    private void Call(ReadOnlySpan<byte> line)
    {
        if (Fault is not null)
        {
            return;
        }

        try
        {
            reader.Sink(line, stream);
        }
#pragma warning disable CA1031 // Whatever a reader of lines does wrong, the program must not be kept waiting nor its record be lost.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Fault = e;
        }
    }
}
