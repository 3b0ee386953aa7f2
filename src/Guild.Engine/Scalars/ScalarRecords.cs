using System.Buffers.Binary;
using System.Text;

namespace Guild.Engine.Scalars;

/// <summary>
/// Gathers records of one scalar each, the bytes that the generated classes would write: a program can print millions of scalars, and
/// this needs no objects for them. One thread at a time.
/// </summary>
internal sealed class ScalarRecords
{
    // Field numbers and wire types of the messages, as they stand in event.proto.
    private const byte WallTimeField = (1 << 3) | Fixed64;
    private const byte StepField = (2 << 3) | VarInt;
    private const byte SummaryField = (5 << 3) | Bytes;
    private const byte ValueField = (1 << 3) | Bytes;
    private const byte TagField = (1 << 3) | Bytes;
    private const byte SimpleValueField = (2 << 3) | Fixed32;

    private const int VarInt = 0;
    private const int Fixed64 = 1;
    private const int Bytes = 2;
    private const int Fixed32 = 5;

    private const int LongestVarInt = 10;

    // All fields beside the text of the tag, none of them longer than it can be.
    private const int MostBeside = EventRecord.HeaderSize + EventRecord.FooterSize + 9 + (4 * (1 + LongestVarInt)) + 5;

    private const int LeastSize = 256;

    private byte[] _bytes = [];
    private int _end;

    /// <summary>The records that were added since the last <see cref="Clear"/>; valid until the next call.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _end);

    /// <summary>Forgets all records.</summary>
    public void Clear() => _end = 0;

    /// <summary>Adds the framed record of a scalar.</summary>
    public void Add(string tag, float value, long step, double wallTime)
    {
        var tagLength = Encoding.UTF8.GetByteCount(tag);
        if (_bytes.Length - _end < tagLength + MostBeside)
        {
            Array.Resize(ref _bytes, Math.Max(LeastSize, (_end + tagLength + MostBeside) * 2));
        }

        var start = _end;
        _end += EventRecord.HeaderSize;

        // A field that has its default value is left out, unless it is one of several of which only one can be there.
        if (wallTime != 0)
        {
            Add(WallTimeField);
            BinaryPrimitives.WriteDoubleLittleEndian(Next(sizeof(double)), wallTime);
        }

        if (step != 0)
        {
            Add(StepField);
            AddNumber((ulong)step);
        }

        var valueLength = (tagLength > 0 ? 1 + NumberLength(tagLength) + tagLength : 0) + 1 + sizeof(float);
        Add(SummaryField);
        AddNumber((ulong)(1 + NumberLength(valueLength) + valueLength));
        Add(ValueField);
        AddNumber((ulong)valueLength);
        if (tagLength > 0)
        {
            Add(TagField);
            AddNumber((ulong)tagLength);
            Encoding.UTF8.GetBytes(tag, Next(tagLength));
        }

        Add(SimpleValueField);
        BinaryPrimitives.WriteSingleLittleEndian(Next(sizeof(float)), value);
        EventRecord.Frame(_bytes.AsSpan(start), _end - start - EventRecord.HeaderSize);
        _end += EventRecord.FooterSize;
    }

    private void Add(byte single) => _bytes[_end++] = single;

    private Span<byte> Next(int length)
    {
        var place = _bytes.AsSpan(_end, length);
        _end += length;
        return place;
    }

    private void AddNumber(ulong number)
    {
        for (; number > 0x7f; number >>= 7)
        {
            Add((byte)(number | 0x80));
        }

        Add((byte)number);
    }

    private static int NumberLength(int number)
    {
        var length = 1;
        for (; number > 0x7f; number >>= 7)
        {
            length++;
        }

        return length;
    }
}
