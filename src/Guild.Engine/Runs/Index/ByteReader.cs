using System.Buffers.Binary;
using System.Text;

namespace Guild.Engine.Runs.Index;

/// <summary>Reads what <see cref="ByteWriter"/> wrote. The bytes have a check sum, so that nothing here has to expect others.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public void Skip(int count) => _rest = _rest[count..];

    public int ReadInteger() => (int)ReadLong();

    public long ReadLong()
    {
        var result = 0UL;
        var shift = 0;
        for (var i = 0; ; i++, shift += 7)
        {
            var next = _rest[i];
            result |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return (long)(result >> 1) ^ -(long)(result & 1);
            }
        }
    }

    public int? ReadNullableInteger() => ReadLong() == 0 ? null : ReadInteger();

    public double ReadDouble()
    {
        var value = BitConverter.Int64BitsToDouble(BinaryPrimitives.ReadInt64LittleEndian(_rest));
        _rest = _rest[sizeof(long)..];
        return value;
    }

    public DateTimeOffset? ReadTime() => ReadLong() == 0 ? null : RunClock.TryToTime(ReadLong());

    public string ReadText() => Encoding.UTF8.GetString(Take(ReadInteger()));

    /// <summary>Reads a text that many runs have in common, so that one string stands for all of them.</summary>
    public string ReadShared() => SharedTexts.Of(Take(ReadInteger()));

    public string? ReadSharedOrNull()
    {
        var length = ReadInteger();
        return length < 0 ? null : SharedTexts.Of(Take(length));
    }

    public IReadOnlyList<string> ReadTexts()
    {
        var count = ReadInteger();
        if (count == 0)
        {
            return [];
        }

        var texts = new string[count];
        for (var i = 0; i < count; i++)
        {
            texts[i] = ReadShared();
        }

        return texts;
    }

    public IReadOnlyDictionary<string, object?> ReadMap()
    {
        var count = ReadInteger();
        if (count == 0)
        {
            return RunDetails.NoValues;
        }

        var map = new Dictionary<string, object?>(count, StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            var name = ReadShared();
            map[name] = ReadValue();
        }

        return map;
    }

    private object? ReadValue()
    {
        var kind = (ValueKind)_rest[0];
        Skip(1);
        return kind switch
        {
            ValueKind.Null => null,
            ValueKind.False => false,
            ValueKind.True => true,
            ValueKind.Integer => ReadLong(),
            ValueKind.Double => ReadDouble(),
            ValueKind.Text => ReadShared(),
            ValueKind.List => ReadList(),
            ValueKind.Map => ReadMap(),
            _ => throw new InvalidDataException($"{kind} is no kind of value."),
        };
    }

    private object?[] ReadList()
    {
        var items = new object?[ReadInteger()];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = ReadValue();
        }

        return items;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
