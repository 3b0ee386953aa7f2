using System.Buffers;
using System.Globalization;
using System.Text;

namespace Guild.Engine.Runs;

/// <summary>Collects the bytes of one line, no more than <see cref="OutputReader.MaximumLineBytes"/> of them.</summary>
internal sealed class LineBuffer
{
    private const byte CarriageReturn = (byte)'\r';

    private readonly ArrayBufferWriter<byte> _bytes = new();

    private long _leftOut;

    private bool _endsWithReturn;

    public bool IsEmpty => _bytes.WrittenCount == 0 && _leftOut == 0;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        var taken = Math.Min(bytes.Length, OutputReader.MaximumLineBytes - _bytes.WrittenCount);
        _bytes.Write(bytes[..taken]);
        _leftOut += bytes.Length - taken;
        _endsWithReturn = bytes[^1] == CarriageReturn;
    }

    public void Clear()
    {
        _bytes.ResetWrittenCount();
        _leftOut = 0;
        _endsWithReturn = false;
    }

    /// <summary>The line; its carriage return, if it ends with one, belongs to the line break.</summary>
    public OutputLine ToLine(OutputIndexEntry? entry) => new(entry?.Time, entry?.Stream ?? OutputStreamKind.Output, ToText());

    private string ToText()
    {
        var bytes = _bytes.WrittenSpan;
        if (_leftOut == 0)
        {
            return Encoding.UTF8.GetString(_endsWithReturn ? bytes[..^1] : bytes);
        }

        return Encoding.UTF8.GetString(bytes) + string.Create(CultureInfo.InvariantCulture, $" … [{_leftOut} bytes more]");
    }
}
