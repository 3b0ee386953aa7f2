using System.Collections;
using System.Globalization;
using System.Text;

namespace Guild.Engine.Yaml;

/// <summary>Writes values as PyYAML's <c>safe_dump</c> does with block style and Unicode, but without folding long lines.</summary>
internal sealed class YamlTextWriter
{
    // The reader, like PyYAML's, takes keys of up to 1024 characters in the short form "key: value".
    private const int LongestShortKey = 1000;

    private readonly StringBuilder _text = new();

    public string Write(object? value)
    {
        switch (value)
        {
            case string or null:
                WriteScalar(value);
                break;
            default:
                WriteRoot(value);
                break;
        }

        return _text.Append('\n').ToString();
    }

    private void WriteRoot(object value)
    {
        if (ItemsOf(value) is { Count: > 0 } items)
        {
            WriteSequence(items, indent: 0, depth: 1);
        }
        else if (EntriesOf(value) is { Count: > 0 } entries)
        {
            WriteMapping(entries, indent: 0, depth: 1);
        }
        else
        {
            WriteScalar(value);
        }
    }

    // Writes from where the first line already stands at the indentation; the last line is left open.
    private void WriteSequence(List<object?> items, int indent, int depth)
    {
        CheckDepth(depth);
        for (var i = 0; i < items.Count; i++)
        {
            StartLine(i, indent);
            _text.Append("- ");
            WriteInPlace(items[i], indent + 2, depth + 1);
        }
    }

    private void WriteMapping(IReadOnlyDictionary<string, object?> entries, int indent, int depth)
    {
        CheckDepth(depth);
        string[] names = [.. entries.Keys];
        Array.Sort(names, StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++)
        {
            StartLine(i, indent);
            var key = YamlScalarText.Of(names[i]);
            var value = entries[names[i]];
            if (key.Length > LongestShortKey)
            {
                _text.Append("? ").Append(key);
                StartLine(1, indent);
                _text.Append(": ");
                WriteInPlace(value, indent + 2, depth + 1);
                continue;
            }

            _text.Append(key).Append(':');
            WriteValue(value, indent, depth + 1);
        }
    }

    // A value after "- " or "? ": a collection begins on the same line.
    private void WriteInPlace(object? value, int indent, int depth)
    {
        if (ItemsOf(value) is { Count: > 0 } items)
        {
            WriteSequence(items, indent, depth);
        }
        else if (EntriesOf(value) is { Count: > 0 } entries)
        {
            WriteMapping(entries, indent, depth);
        }
        else
        {
            WriteScalar(value);
        }
    }

    // A value after "key:": a collection begins on the next line, a list at the key's own indentation.
    private void WriteValue(object? value, int indent, int depth)
    {
        if (ItemsOf(value) is { Count: > 0 } items)
        {
            StartLine(1, indent);
            WriteSequence(items, indent, depth);
        }
        else if (EntriesOf(value) is { Count: > 0 } entries)
        {
            StartLine(1, indent + 2);
            WriteMapping(entries, indent + 2, depth);
        }
        else
        {
            _text.Append(' ');
            WriteScalar(value);
        }
    }

    private void StartLine(int index, int indent)
    {
        if (index > 0)
        {
            _text.Append('\n').Append(' ', indent);
        }
    }

    private void WriteScalar(object? value) => _text.Append(value switch
    {
        null => "null",
        string text => YamlScalarText.Of(text),
        bool truth => truth ? "true" : "false",
        double number => YamlScalarText.Of(number),
        float number => YamlScalarText.Of(number),
        sbyte or byte or short or ushort or int or uint or long or ulong => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        _ when EntriesOf(value) is not null => "{}",
        _ when ItemsOf(value) is not null => "[]",
        _ => throw new ArgumentException($"A value of type {value.GetType().Name} cannot be written as YAML."),
    });

    private static void CheckDepth(int depth)
    {
        if (depth > YamlLimits.Default.Depth)
        {
            throw new ArgumentException($"Lists and dictionaries are nested more than {YamlLimits.Default.Depth} deep.");
        }
    }

    private static List<object?>? ItemsOf(object? value) => value switch
    {
        string or null => null,
        IReadOnlyDictionary<string, object?> or IReadOnlyDictionary<string, string> or IDictionary => null,
        IEnumerable items => [.. items.Cast<object?>()],
        _ => null,
    };

    private static IReadOnlyDictionary<string, object?>? EntriesOf(object? value) => value switch
    {
        IReadOnlyDictionary<string, object?> dictionary => dictionary,
        IReadOnlyDictionary<string, string> texts => texts.ToDictionary(text => text.Key, text => (object?)text.Value, StringComparer.Ordinal),
        IDictionary dictionary => dictionary.Keys.Cast<object>().ToDictionary(KeyOf, key => dictionary[key], StringComparer.Ordinal),
        _ => null,
    };

    private static string KeyOf(object key) =>
        key as string ?? throw new ArgumentException($"A key of type {key.GetType().Name} cannot be written as YAML: keys are strings.");
}
