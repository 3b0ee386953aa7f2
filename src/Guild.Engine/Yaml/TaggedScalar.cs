using Guild.Engine.GuildFiles;

namespace Guild.Engine.Yaml;

/// <summary>What a scalar means that has an explicit tag.</summary>
internal static class TaggedScalar
{
    private const string Prefix = "tag:yaml.org,2002:";

    /// <summary>The scalar with its value, or with its text and a problem if the tag is unknown or does not fit.</summary>
    public static (YamlScalar Scalar, YamlProblem? Problem) Resolve(TextPosition start, TextPosition end, string tag, string text, YamlScalarStyle style)
    {
        var name = tag.StartsWith(Prefix, StringComparison.Ordinal) ? tag[Prefix.Length..] : tag;
        return name switch
        {
            // Dates stay text here, so their tag changes nothing.
            "str" or "timestamp" or "!" => Value(text),
            "int" => text.Length > 0 && PlainScalar.Integer(text) is { } number ? Value(number) : Unfit("a whole number"),
            "float" => text.Length == 0 ? Unfit("a number")
                : PlainScalar.Float(text) is { } real ? Value(real)
                : PlainScalar.Integer(text) is { } whole ? Value((double)whole)
                : Unfit("a number"),
            "bool" => PlainScalar.Resolve(text) is bool truth ? Value(truth) : Unfit("yes or no"),
            "null" => Value(null),
            _ => Failed($"The tag '{(tag.StartsWith(Prefix, StringComparison.Ordinal) ? "!!" + name : tag)}' is not known. Expected !!str, !!int, !!float, !!bool or !!null."),
        };

        (YamlScalar, YamlProblem?) Value(object? value) => (new(start, end, tag, text, style, value), null);
        (YamlScalar, YamlProblem?) Unfit(string expected) => Failed($"The tag '!!{name}' does not fit '{text}': expected {expected}.");
        (YamlScalar, YamlProblem?) Failed(string message) =>
            (new(start, end, tag, text, style, text), new(YamlProblemKind.Tag, start, message));
    }
}
