using System.Globalization;
using System.Text;
using Guild.Engine.Flags;
using Guild.Engine.SourceCode;
using Guild.Engine.Text;

namespace Guild.Engine.Resources;

/// <summary>Configuration files of sections with <c>name = value</c> lines, as Python's <c>configparser</c> has them.</summary>
internal sealed class IniFormat : ConfigFormat
{
    private const string DefaultSection = "DEFAULT";

    /// <inheritdoc/>
    public override Dictionary<string, object?>? Read(string text)
    {
        var root = new Dictionary<string, object?>(StringComparer.Ordinal);
        Dictionary<string, object?>? section = null;
        string? last = null;
        var number = 0;
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            var words = line.Trim();
            if (words.Length == 0 || words[0] is '#' or ';')
            {
                continue;
            }

            if (words[0] == '[' && words.IndexOf(']', StringComparison.Ordinal) is var end and > 0)
            {
                section = new Dictionary<string, object?>(StringComparer.Ordinal);
                root[words[1..end]] = section;
                last = null;
            }
            else if (section is null)
            {
                throw new FormatException($"line {number}: '{words}' stands before the first section.");
            }
            else if (char.IsWhiteSpace(line[0]) && last is not null)
            {
                // A line that is indented goes on with the value before it.
                section[last] = $"{section[last]}\n{words}";
            }
            else
            {
                var at = words.AsSpan().IndexOfAny('=', ':');
                last = at < 0 ? words.ToLowerInvariant() : words[..at].TrimEnd().ToLowerInvariant();
                section[last] = at < 0 ? "" : words[(at + 1)..].TrimStart();
            }
        }

        return root;
    }

    // All values are text: 007 and yes may be a name, and stay what they are where the run has no other value.
    /// <inheritdoc/>
    public override bool Means(object? written, object? value) =>
        written is string text && value is not string && FlagValues.AreEqual(FlagGrammar.Decode(text), value);

    /// <inheritdoc/>
    public override string Write(Dictionary<string, object?> root)
    {
        var text = new StringBuilder();
        Write(text, DefaultSection, root.Where(pair => pair.Value is not IReadOnlyDictionary<string, object?>));
        foreach (var (name, value) in root.OrderBy(pair => pair.Key, CodePointOrder.Instance))
        {
            if (value is IReadOnlyDictionary<string, object?> section)
            {
                Write(text, name, section);
            }
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, string section, IEnumerable<KeyValuePair<string, object?>> options)
    {
        var ordered = options.OrderBy(pair => pair.Key, CodePointOrder.Instance).ToArray();
        if (ordered.Length == 0 && section == DefaultSection)
        {
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"[{section}]\n");
        foreach (var (name, value) in ordered)
        {
            var line = (value as string ?? PythonText.Literal(value)).ReplaceLineEndings("\n\t");
            text.Append(CultureInfo.InvariantCulture, $"{name} = {line}\n");
        }

        text.Append('\n');
    }
}
