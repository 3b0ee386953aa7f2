using Guild.Engine.Runs;

namespace Guild.Engine.Execution;

/// <summary>Takes one line of a program's output, as it was written, without its end of line. Called from threads of the recorder, one call at a time.</summary>
/// <param name="line">The bytes, valid during the call only. Of a line beyond 64 KiB these are the first 64 KiB.</param>
/// <param name="stream">The stream that it was written to.</param>
public delegate void OutputLineSink(ReadOnlySpan<byte> line, OutputStreamKind stream);

/// <summary>Cuts the pieces of one stream into lines and hands them on.</summary>
internal sealed class OutputLines(OutputLineSink sink, Lock gate, OutputStreamKind stream)
{
    private const int MaximumLine = 64 * 1024;
    private byte[] _started = [];
    private int _startedLength;

    /// <summary>Why lines are no longer handed on; null while all is well.</summary>
    internal Exception? Fault { get; private set; }

    internal void Take(ReadOnlySpan<byte> bytes)
    {
        for (var end = bytes.IndexOf((byte)'\n'); end >= 0; end = bytes.IndexOf((byte)'\n'))
        {
            HandOn(bytes[..end]);
            bytes = bytes[(end + 1)..];
        }

        Keep(bytes);
    }

    internal void Complete()
    {
        if (_startedLength > 0)
        {
            HandOn([]);
        }
    }

    private void HandOn(ReadOnlySpan<byte> rest)
    {
        if (_startedLength > 0)
        {
            Keep(rest);
            Call(_started.AsSpan(0, _startedLength));
            _startedLength = 0;
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
            lock (gate)
            {
                sink(line, stream);
            }
        }
#pragma warning disable CA1031 // Whatever a reader of lines does wrong, the program must not be kept waiting nor its record be lost.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Fault = e;
        }
    }
}
