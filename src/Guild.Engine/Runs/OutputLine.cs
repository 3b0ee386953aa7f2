using System.Buffers.Binary;

namespace Guild.Engine.Runs;

/// <summary>Which stream of the program something was written to.</summary>
public enum OutputStreamKind
{
    /// <summary>The standard output.</summary>
    Output = 0,

    /// <summary>The standard error.</summary>
    Error = 1,
}

/// <summary>A line that a program wrote.</summary>
/// <param name="Time">When its end was written, in UTC; null if that was not recorded.</param>
/// <param name="Stream">The stream; the standard output if that was not recorded.</param>
/// <param name="Text">
/// The line without its line break. Bytes that are not UTF-8 are replacement characters. Of a line above
/// <see cref="OutputReader.MaximumLineBytes"/> only the beginning, with a note of how much is left out.
/// </param>
public sealed record OutputLine(DateTimeOffset? Time, OutputStreamKind Stream, string Text)
{
    /// <summary>The text of the line.</summary>
    public override string ToString() => Text;
}

/// <summary>An entry of <c>output.index</c>, one a line: nine bytes, the time as big endian and the stream.</summary>
/// <param name="Milliseconds">When the line's end was written, in milliseconds since 1970.</param>
/// <param name="Stream">The stream it was written to.</param>
public readonly record struct OutputIndexEntry(long Milliseconds, OutputStreamKind Stream)
{
    /// <summary>The size of an entry in bytes.</summary>
    public const int Size = 9;

    /// <summary>The time of the entry; null if no calendar holds it.</summary>
    public DateTimeOffset? Time =>
        Milliseconds < DateTimeOffset.MinValue.ToUnixTimeMilliseconds() || Milliseconds > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? null
            : DateTimeOffset.FromUnixTimeMilliseconds(Milliseconds);

    /// <summary>Writes the entry into the first nine bytes.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteInt64BigEndian(destination, Milliseconds);
        destination[Size - 1] = (byte)Stream;
    }

    /// <summary>Reads an entry from nine bytes.</summary>
    public static OutputIndexEntry Read(ReadOnlySpan<byte> source) => new(
        BinaryPrimitives.ReadInt64BigEndian(source),
        source[Size - 1] == (byte)OutputStreamKind.Error ? OutputStreamKind.Error : OutputStreamKind.Output);
}
