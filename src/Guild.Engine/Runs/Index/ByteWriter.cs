using System.Buffers.Binary;
using System.Text;

namespace Guild.Engine.Runs.Index;

/// <summary>The kinds of values that a record can hold, as they are numbered in the index.</summary>
internal enum ValueKind : byte
{
    Null,
    False,
    True,
    Integer,
    Double,
    Text,
    List,
    Map,
}

/// <summary>Writes values one after the other: whole numbers in as few bytes as they need (LEB128, zigzag), texts as UTF-8 with their length.</summary>
internal sealed class ByteWriter
{
    private byte[] _bytes = new byte[512];
    private int _length;

    public byte[] ToArray() => _bytes.AsSpan(0, _length).ToArray();

    public void Write(long value)
    {
        var rest = (ulong)((value << 1) ^ (value >> 63));
        var room = Room(10);
        var count = 0;
        for (; rest >= 0x80; rest >>= 7)
        {
            room[count++] = (byte)(rest | 0x80);
        }

        room[count++] = (byte)rest;
        _length += count;
    }

    public void WriteNullable(int? value)
    {
        Write(value is null ? 0 : 1);
        if (value is { } number)
        {
            Write(number);
        }
    }

    public void Write(double value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(Room(sizeof(long)), BitConverter.DoubleToInt64Bits(value));
        _length += sizeof(long);
    }

    public void Write(DateTimeOffset? time)
    {
        Write(time is null ? 0 : 1);
        if (time is { } moment)
        {
            Write(RunClock.FromTime(moment));
        }
    }

    /// <summary>Writes a text; null has a length of -1.</summary>
    public void Write(string? text)
    {
        if (text is null)
        {
            Write(-1);
            return;
        }

        Write(Encoding.UTF8.GetByteCount(text));
        _length += Encoding.UTF8.GetBytes(text, Room(Encoding.UTF8.GetMaxByteCount(text.Length)));
    }

    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        _length += bytes.Length;
    }

    public void WriteTexts(IReadOnlyList<string> texts)
    {
        Write(texts.Count);
        foreach (var text in texts)
        {
            Write(text);
        }
    }

    public void WriteMap(IReadOnlyDictionary<string, object?> map)
    {
        Write(map.Count);
        foreach (var (name, value) in map)
        {
            Write(name);
            WriteValue(value);
        }
    }

    private void WriteValue(object? value)
    {
        switch (value)
        {
            case null:
                WriteKind(ValueKind.Null);
                break;
            case bool truth:
                WriteKind(truth ? ValueKind.True : ValueKind.False);
                break;
            case long number:
                WriteKind(ValueKind.Integer);
                Write(number);
                break;
            case double number:
                WriteKind(ValueKind.Double);
                Write(number);
                break;
            case string text:
                WriteKind(ValueKind.Text);
                Write(text);
                break;
            case IReadOnlyList<object?> list:
                WriteKind(ValueKind.List);
                Write(list.Count);
                foreach (var item in list)
                {
                    WriteValue(item);
                }

                break;
            case IReadOnlyDictionary<string, object?> map:
                WriteKind(ValueKind.Map);
                WriteMap(map);
                break;
            default:
                throw new NotSupportedException($"A record cannot hold a {value.GetType()}.");
        }
    }

    private void WriteKind(ValueKind kind)
    {
        Room(1)[0] = (byte)kind;
        _length++;
    }

    private Span<byte> Room(int count)
    {
        if (_bytes.Length - _length < count)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));
        }

        return _bytes.AsSpan(_length);
    }
}
