using System.Buffers;

namespace Guild.Engine.Yaml;

/// <summary>A value that was read the short way. It is a record of its own because the value itself may be null.</summary>
internal sealed record SimpleValue(object? Value);

/// <summary>
/// Reads the YAML that most run attributes are: one plain scalar, or a block of <c>key: plain</c> and <c>- plain</c> lines. A list of
/// ten thousand runs reads several such texts for each, and this is many times quicker than a parser. Whatever is not plainly
/// simple is left to the parser, so this accepts less than YAML and never something else.
/// </summary>
internal static class SimpleYaml
{
    // A plain scalar of these characters ends where the line ends, unless ": " is in it.
    private static readonly SearchValues<char> PlainCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+./=()@%$;,:^~*!?&<>|[]{}'\"` ");

    private static readonly SearchValues<char> KeyCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");

    /// <summary>The value, or null if the text needs a parser.</summary>
    public static SimpleValue? TryRead(string text)
    {
        var body = text.AsSpan().TrimEnd('\n');
        if (body.IsEmpty)
        {
            return text.Length == 0 ? new(null) : null;
        }

        if (body.StartsWith("- "))
        {
            return TryReadList(body) ?? SimpleYamlBlock.TryRead(body);
        }

        return body.Contains('\n') || body.Contains(": ", StringComparison.Ordinal) ? TryReadMapping(body) ?? SimpleYamlBlock.TryRead(body) : TryReadScalar(body);
    }

    private static SimpleValue? TryReadList(ReadOnlySpan<char> body)
    {
        var items = new List<object?>();
        foreach (var range in body.Split('\n'))
        {
            var line = body[range];
            if (!line.StartsWith("- ") || TryReadScalar(line[2..]) is not { } item)
            {
                return null;
            }

            items.Add(item.Value);
        }

        return new(items);
    }

    private static SimpleValue? TryReadMapping(ReadOnlySpan<char> body)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var range in body.Split('\n'))
        {
            var line = body[range];
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            // Longer keys need a form of their own in YAML.
            if (colon is <= 0 or > 100 || !char.IsAsciiLetter(line[0]) || line[..colon].ContainsAnyExcept(KeyCharacters))
            {
                return null;
            }

            if (TryReadScalar(line[(colon + 2)..]) is not { } value)
            {
                return null;
            }

            values[line[..colon].ToString()] = value.Value;
        }

        return new(values);
    }

    /// <summary>What stands behind a key or a dash; null if it needs a parser.</summary>
    internal static SimpleValue? TryReadScalar(ReadOnlySpan<char> text)
    {
        if (text is "{}")
        {
            return new(new Dictionary<string, object?>());
        }

        if (text is "[]")
        {
            return new(Array.Empty<object?>());
        }

        if (text.Length > 1 && text[0] == '\'' && text[^1] == '\'')
        {
            var inner = text[1..^1];
            return inner.ContainsAnyExcept(PlainCharacters) || inner.Contains('\'') ? null : new(inner.ToString());
        }

        return IsPlain(text) ? new(PlainScalar.Resolve(text.ToString())) : null;
    }

    private static bool IsPlain(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text[^1] is ' ' or ':' || text.ContainsAnyExcept(PlainCharacters) || text.Contains(": ", StringComparison.Ordinal))
        {
            return false;
        }

        return char.IsAsciiLetterOrDigit(text[0]) || text[0] is '_' or '/' || text.StartsWith("../") || IsOption(text) || (text.Length > 1 && text[0] is '-' or '.' && char.IsAsciiDigit(text[^1]) && char.IsAsciiDigit(text[1]));
    }

    // Nearly every command has words such as -m and --lr. Three dashes could begin a document.
    private static bool IsOption(ReadOnlySpan<char> text) =>
        text[0] == '-' && text.TrimStart('-') is { IsEmpty: false } word && text.Length - word.Length <= 2 && char.IsAsciiLetter(word[0]);
}
