using System.Buffers.Binary;
using System.Text;

namespace Guild.Engine.Scalars;

/// <summary>
/// Reads events that hold nothing but scalars, by hand: these are nearly all, and objects for each of their messages take most of the time. What has anything
/// else is left to the generated classes. Field numbers are those of event.proto.
/// </summary>
internal sealed class ScalarEventParser
{
    private const int MostTags = 64;

    private const byte WallTimeField = (1 << 3) | 1;
    private const byte StepField = 2 << 3;
    private const byte VersionField = (3 << 3) | 2;
    private const byte SummaryField = (5 << 3) | 2;
    private const byte ValueField = (1 << 3) | 2;
    private const byte TagField = (1 << 3) | 2;
    private const byte SimpleValueField = (2 << 3) | 5;
    private const byte NodeNameField = (7 << 3) | 2;
    private const byte MetadataField = (9 << 3) | 2;

    private readonly byte[][] _tagBytes = new byte[MostTags][];

    private readonly string[] _tags = new string[MostTags];

    private int _tagCount;

    private int _nextTag;

    /// <summary>Adds the scalars of an event to a list; false, and nothing added, if it has to be read by the generated classes.</summary>
    public bool TryParse(ReadOnlySpan<byte> data, List<ScalarPoint> points)
    {
        var before = points.Count;
        double wallTime = 0;
        long step = 0;
        var summary = ReadOnlySpan<byte>.Empty;
        while (!data.IsEmpty)
        {
            var field = data[0];
            data = data[1..];
            switch (field)
            {
                case WallTimeField when data.Length >= sizeof(double):
                    wallTime = BinaryPrimitives.ReadDoubleLittleEndian(data);
                    data = data[sizeof(double)..];
                    break;
                case StepField when TakeNumber(ref data, out var number):
                    step = (long)number;
                    break;
                case VersionField when TakeBytes(ref data, out _):
                    break;
                case SummaryField when summary.IsEmpty && TakeBytes(ref data, out summary):
                    break;
                default:
                    return false;
            }
        }

        while (!summary.IsEmpty)
        {
            var field = summary[0];
            summary = summary[1..];
            if (field != ValueField || !TakeBytes(ref summary, out var value) || Point(value, step, wallTime) is not { } point)
            {
                points.RemoveRange(before, points.Count - before);
                return false;
            }

            points.Add(point);
        }

        return true;
    }

    private ScalarPoint? Point(ReadOnlySpan<byte> value, long step, double wallTime)
    {
        var tag = "";
        float? number = null;
        while (!value.IsEmpty)
        {
            var field = value[0];
            value = value[1..];
            switch (field)
            {
                case TagField when TakeBytes(ref value, out var name):
                    tag = TagOf(name);
                    break;
                case SimpleValueField when value.Length >= sizeof(float):
                    number = BinaryPrimitives.ReadSingleLittleEndian(value);
                    value = value[sizeof(float)..];
                    break;
                case NodeNameField or MetadataField when TakeBytes(ref value, out _):
                    break;
                default:
                    return null;
            }
        }

        return number is { } found ? new ScalarPoint(tag, found, step, wallTime) : null;
    }

    // Programs log the same few scalars again and again, in the same order.
    private string TagOf(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < _tagCount; i++)
        {
            var at = _nextTag + i < _tagCount ? _nextTag + i : _nextTag + i - _tagCount;
            if (name.SequenceEqual(_tagBytes[at]))
            {
                _nextTag = at + 1 < _tagCount ? at + 1 : 0;
                return _tags[at];
            }
        }

        var tag = Encoding.UTF8.GetString(name);
        if (_tagCount < MostTags)
        {
            _tagBytes[_tagCount] = name.ToArray();
            _tags[_tagCount++] = tag;
        }

        return tag;
    }

    private static bool TakeNumber(scoped ref ReadOnlySpan<byte> data, out ulong number)
    {
        number = 0;
        for (var i = 0; i < data.Length && i < 10; i++)
        {
            number |= (ulong)(data[i] & 0x7f) << (7 * i);
            if (data[i] < 0x80)
            {
                data = data[(i + 1)..];
                return true;
            }
        }

        return false;
    }

    private static bool TakeBytes(scoped ref ReadOnlySpan<byte> data, out ReadOnlySpan<byte> bytes)
    {
        if (TakeNumber(ref data, out var length) && length <= (ulong)data.Length)
        {
            bytes = data[..(int)length];
            data = data[(int)length..];
            return true;
        }

        bytes = default;
        return false;
    }
}
