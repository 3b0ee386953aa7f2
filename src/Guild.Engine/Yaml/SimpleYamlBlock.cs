using System.Buffers;

namespace Guild.Engine.Yaml;

/// <summary>
/// Reads mappings and lists within each other, in the block style in which attributes such as <c>deps</c> are written. As <see cref="SimpleYaml"/> it accepts less than
/// YAML: each line is a whole entry, and what is indented in any other way than by its place is left to the parser.
/// </summary>
internal ref struct SimpleYamlBlock
{
    // Deeper than any attribute that is written here, and shallow enough for any stack.
    private const int MostDepth = 12;

    // Longer keys need a form of their own in YAML.
    private const int LongestKey = 100;

    private static readonly SearchValues<char> KeyCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./:");

    private readonly ReadOnlySpan<char> _text;
    private int _next;
    private ReadOnlySpan<char> _line;
    private int _indent;
    private bool _isAtEnd;

    private SimpleYamlBlock(ReadOnlySpan<char> text)
    {
        _text = text;
        Advance();
    }

    /// <summary>The value, or null if the text needs a parser.</summary>
    /// <param name="text">The lines, without newlines at the end.</param>
    public static SimpleValue? TryRead(ReadOnlySpan<char> text)
    {
        var block = new SimpleYamlBlock(text);
        return block._indent == 0 && block.ReadBlock(0, depth: 0) is { } value && block._isAtEnd ? value : null;
    }

    private SimpleValue? ReadBlock(int indent, int depth) => depth > MostDepth ? null : _line.StartsWith("- ") ? ReadList(indent, depth) : ReadMapping(indent, depth);

    private SimpleValue? ReadMapping(int indent, int depth)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        while (!_isAtEnd && _indent == indent && !_line.StartsWith("- "))
        {
            if (ReadEntry(indent, depth, values) is null)
            {
                return null;
            }
        }

        return _isAtEnd || _indent <= indent ? new(values) : null;
    }

    // The entry on the line that is at hand, with the lines that belong to it.
    private SimpleValue? ReadEntry(int indent, int depth, Dictionary<string, object?> values)
    {
        var line = _line;
        var colon = line.IndexOf(": ", StringComparison.Ordinal);
        var hasValue = colon >= 0;
        if (!hasValue)
        {
            colon = line.Length - 1;
        }

        if (colon is <= 0 or > LongestKey || line[colon] != ':' || line[colon - 1] == ':' || !char.IsAsciiLetter(line[0]) || line[..colon].ContainsAnyExcept(KeyCharacters))
        {
            return null;
        }

        SimpleValue? value;
        Advance();
        if (hasValue)
        {
            value = SimpleYaml.TryReadScalar(line[(colon + 2)..]);
        }
        else
        {
            // A list may stand below its key without being indented. Nothing below a key is nothing, which is left to the parser.
            var isBlock = !_isAtEnd && (_indent > indent || (_indent == indent && _line.StartsWith("- ")));
            value = isBlock ? ReadBlock(_indent, depth + 1) : null;
        }

        return value is not null && values.TryAdd(line[..colon].ToString(), value.Value) ? value : null;
    }

    private SimpleValue? ReadList(int indent, int depth)
    {
        var items = new List<object?>();
        while (!_isAtEnd && _indent == indent && _line.StartsWith("- "))
        {
            if (ReadItem(indent, depth) is not { } item)
            {
                return null;
            }

            items.Add(item.Value);
        }

        return _isAtEnd || _indent <= indent ? new(items) : null;
    }

    private SimpleValue? ReadItem(int indent, int depth)
    {
        var rest = _line[2..];
        if (!rest.Contains(": ", StringComparison.Ordinal) && !rest.EndsWith(":"))
        {
            var scalar = SimpleYaml.TryReadScalar(rest);
            Advance();
            return scalar;
        }

        // The first entry of a mapping stands behind the dash, the others below it.
        if (depth >= MostDepth || rest.StartsWith("- "))
        {
            return null;
        }

        _line = rest;
        _indent = indent + 2;
        return ReadMapping(_indent, depth + 1);
    }

    private void Advance()
    {
        if (_next > _text.Length)
        {
            _isAtEnd = true;
            _line = default;
            _indent = 0;
            return;
        }

        var rest = _text[_next..];
        var end = rest.IndexOf('\n');
        var line = end < 0 ? rest : rest[..end];
        _next += line.Length + 1;
        _line = line.TrimStart(' ');
        _indent = line.Length - _line.Length;
    }
}
