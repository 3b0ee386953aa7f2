using System.Text;
using System.Text.RegularExpressions;
using Guild.Engine.Text;
using Guild.Engine.Yaml;

namespace Guild.Engine.GuildFiles;

/// <summary>Replaces <c>{{name}}</c> in the values of a model by its <c>params</c>. A name that is no parameter stays as it is written.</summary>
internal sealed partial class Parameters
{
    private const int Rounds = 100;

    // Parameters that double each other would otherwise fill the memory.
    private const int LongestText = 1024 * 1024;

    private readonly Dictionary<string, YamlNode> _values = new(StringComparer.Ordinal);
    private readonly Findings _findings;

    private Parameters(YamlMapping parameters, Findings findings)
    {
        _findings = findings;
        foreach (var (key, value) in parameters.Entries)
        {
            _values[key.Text] = value;
        }

        foreach (var (key, value) in parameters.Entries)
        {
            _values[key.Text] = ResolveFully(value);
        }
    }

    /// <summary>The model with its parameters replaced.</summary>
    public static YamlMapping Apply(YamlMapping model, Findings findings) => model.Find("params")?.Value is YamlMapping parameters
        ? (YamlMapping)new Parameters(parameters, findings).Resolve(model)
        : model;

    private YamlNode Resolve(YamlNode node) => node switch
    {
        YamlScalar { Value: string } scalar => ResolveText(scalar),
        YamlSequence sequence => new YamlSequence(sequence.Start, sequence.End, sequence.Tag, [.. sequence.Items.Select(Resolve)]),
        YamlMapping mapping => new YamlMapping(
            mapping.Start,
            mapping.End,
            mapping.Tag,
            [.. mapping.Entries.Select(e => new YamlEntry(e.Key, Resolve(e.Value)))]),
        _ => node,
    };

    // A parameter may refer to others. One that refers to itself never comes to an end, and stays as it then is.
    private YamlNode ResolveFully(YamlNode node)
    {
        for (var round = 0; round < Rounds && node is YamlScalar { Value: string } scalar; round++)
        {
            var resolved = ResolveText(scalar);
            if (resolved is YamlScalar { Value: string } text && text.Text == scalar.Text)
            {
                return resolved;
            }

            node = resolved;
        }

        return node;
    }

    private YamlNode ResolveText(YamlScalar scalar)
    {
        var text = scalar.Text;
        if (!text.Contains("{{", StringComparison.Ordinal))
        {
            return scalar;
        }

        var references = Reference().Matches(text);
        if (references is [{ } only] && only.Length == text.Length)
        {
            return ValueOf(only) ?? scalar;
        }

        var resolved = new StringBuilder();
        var end = 0;
        foreach (Match reference in references)
        {
            resolved.Append(text, end, reference.Index - end);
            resolved.Append(ValueOf(reference) is { } value ? TextOf(value) : reference.Value);
            end = reference.Index + reference.Length;
            if (resolved.Length > LongestText)
            {
                _findings.Error(DiagnosticIds.TooLarge, scalar.Start, $"With its parameters replaced, this text has more than {LongestText} characters.");
                return scalar;
            }
        }

        resolved.Append(text, end, text.Length - end);
        var whole = resolved.ToString();
        return new YamlScalar(scalar.Start, scalar.End, scalar.Tag, whole, scalar.Style, whole);
    }

    private YamlNode? ValueOf(Match reference) => _values.GetValueOrDefault(reference.Groups[1].Value.Trim());

    // Guild AI is a Python program: a number or boolean within a text reads as Python prints it.
    private static string TextOf(YamlNode node) => YamlValues.Of(node) is var value && value is string text ? text : PythonText.Literal(value);

    [GeneratedRegex(@"\{\{(.*?)\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
