using System.Buffers.Binary;
using Google.Protobuf;
using Guild.Engine.Scalars.Protocol;

namespace Guild.Engine.Scalars;

/// <summary>Reads scalars from TensorBoard's event files.</summary>
public static class EventFiles
{
    private const string NamePart = ".tfevents.";

    // Guild AI writes text attributes into event files of this ending. They hold no scalars.
    internal const string AttributeEnding = ".attrs";

    private const int FloatType = 1;

    private const int DoubleType = 2;

    private const int TextType = 7;

    private static readonly MessageParser<Event> Parser = Event.Parser.WithDiscardUnknownFields(true);

    /// <summary>True if a file of this name is an event file that can hold scalars.</summary>
    public static bool IsEventFile(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return IsEventFile(name.AsSpan());
    }

    internal static bool IsEventFile(ReadOnlySpan<char> name) => name.Contains(NamePart, StringComparison.Ordinal) && !name.EndsWith(AttributeEnding, StringComparison.Ordinal);

    /// <summary>
    /// Reads the scalars of a file in the order in which they were written. Reading ends at a record that is not whole, as the
    /// last one of a file that is still written, or damaged.
    /// </summary>
    /// <param name="path">The file; one that is missing holds nothing.</param>
    /// <exception cref="IOException">The file is there and cannot be read.</exception>
    public static IEnumerable<ScalarPoint> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return ReadPoints(path);
    }

    /// <summary>Reads the scalars of all event files of one folder, in the order of the files' names, which begin with their times.</summary>
    /// <exception cref="IOException">A file is there and cannot be read.</exception>
    public static IEnumerable<ScalarPoint> ReadFolder(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        return Directory.EnumerateFiles(directory)
            .Where(path => IsEventFile(Path.GetFileName(path)))
            .Order(StringComparer.Ordinal)
            .SelectMany(Read);
    }

    private static IEnumerable<ScalarPoint> ReadPoints(string path)
    {
        using var reader = EventFileReader.Open(path);
        if (reader is null)
        {
            yield break;
        }

        var parser = new ScalarEventParser();
        var points = new List<ScalarPoint>();
        while (reader.Read())
        {
            if (!parser.TryParse(reader.Data, points))
            {
                if (TryParse(reader.Data) is not { } found)
                {
                    yield break;
                }

                points.AddRange(Points(found));
            }

            foreach (var point in points)
            {
                yield return point;
            }

            points.Clear();
        }
    }

    /// <summary>Reads the texts of a file, each with its name, in the order in which they were written.</summary>
    /// <exception cref="IOException">The file is there and cannot be read.</exception>
    internal static IEnumerable<KeyValuePair<string, string>> ReadTexts(string path)
    {
        using var reader = EventFileReader.Open(path);
        while (reader is not null && reader.Read() && TryParse(reader.Data) is { } found)
        {
            foreach (var value in found.Summary?.Value ?? [])
            {
                if (value is { ValueCase: Summary.Types.Value.ValueOneofCase.Tensor, Tensor: { Type: TextType, TextValue: [var text] } })
                {
                    yield return KeyValuePair.Create(value.Tag, text.ToStringUtf8());
                }
            }
        }
    }

    private static Event? TryParse(ReadOnlySpan<byte> data)
    {
        try
        {
            return Parser.ParseFrom(data);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static IEnumerable<ScalarPoint> Points(Event written)
    {
        foreach (var value in written.Summary?.Value ?? [])
        {
            if (ValueOf(value) is { } number)
            {
                yield return new ScalarPoint(value.Tag, number, written.Step, written.WallTime);
            }
        }
    }

    private static double? ValueOf(Summary.Types.Value value) => value.ValueCase switch
    {
        Summary.Types.Value.ValueOneofCase.SimpleValue => value.SimpleValue,
        Summary.Types.Value.ValueOneofCase.Tensor => ValueOf(value.Tensor),
        _ => null,
    };

    private static double? ValueOf(Tensor tensor)
    {
        if (tensor.Shape?.Dimension.Any(dimension => dimension.Size != 1) ?? false)
        {
            return null;
        }

        var content = tensor.Content.Span;
        return tensor.Type switch
        {
            FloatType when content.Length == sizeof(float) => BinaryPrimitives.ReadSingleLittleEndian(content),
            FloatType when content.IsEmpty && tensor.FloatValue is [var single] => single,
            DoubleType when content.Length == sizeof(double) => BinaryPrimitives.ReadDoubleLittleEndian(content),
            DoubleType when content.IsEmpty && tensor.DoubleValue is [var number] => number,
            _ => null,
        };
    }
}
