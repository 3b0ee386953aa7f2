using Guild.Engine.Yaml;

namespace Guild.Engine.GuildFiles;

/// <summary>Gathers what is found in a Guild file and in the files that it includes or inherits from.</summary>
internal sealed class Findings(string file)
{
    private readonly List<Diagnostic> _all = [];

    public bool HasErrors { get; private set; }

    public void Error(string id, TextPosition position, string message)
    {
        HasErrors = true;
        _all.Add(new(DiagnosticSeverity.Error, id, position.File ?? file, position, message));
    }

    public void Warning(string id, TextPosition position, string message) =>
        _all.Add(new(DiagnosticSeverity.Warning, id, position.File ?? file, position, message));

    /// <summary>An error about a value that is of another type than was expected.</summary>
    public void WrongType(YamlNode node, string subject, string expected) =>
        Error(DiagnosticIds.WrongType, node.Start, $"{subject}: expected {expected}, found {Describe(node)}.");

    public void Add(YamlProblem problem)
    {
        // Python's YAML takes the last value without a word, so such a file works with Guild AI.
        if (problem.Kind == YamlProblemKind.DuplicateKey)
        {
            Warning(DiagnosticIds.DuplicateKey, problem.Position, $"{problem.Message} This one counts.");
            return;
        }

        Error(
            problem.Kind switch
            {
                YamlProblemKind.Encoding => DiagnosticIds.InvalidEncoding,
                YamlProblemKind.TooLarge => DiagnosticIds.TooLarge,
                YamlProblemKind.Tag => DiagnosticIds.UnknownTag,
                _ => DiagnosticIds.InvalidYaml,
            },
            problem.Position,
            problem.Message);
    }

    /// <summary>
    /// All findings in file order, those of the Guild file itself before those of others. A finding in a part that aliases share is there once.
    /// </summary>
    public IReadOnlyList<Diagnostic> InFileOrder() => _all.Count == 0
        ? []
        :
        [
            .. _all
                .DistinctBy(d => (d.Severity, d.Id, d.Position))
                .OrderBy(d => d.Position.File, StringComparer.Ordinal)
                .ThenBy(d => d.Position.Line)
                .ThenBy(d => d.Position.Column),
        ];

    /// <summary>What a node is, for a message.</summary>
    public static string Describe(YamlNode node) => node switch
    {
        YamlSequence => "a list",
        YamlMapping => "a mapping",
        YamlScalar { Value: null } => "nothing",
        YamlScalar { Value: bool truth } => truth ? "the boolean yes" : "the boolean no",
        YamlScalar { Value: long or double } number => $"the number {number.Text}",
        YamlScalar scalar => $"the text '{Shorten(scalar.Text)}'",
        _ => "something else",
    };

    private static string Shorten(string text)
    {
        var line = text.AsSpan().IndexOf('\n') is var end and >= 0 ? text[..end] : text;
        return line.Length > 60 ? line[..60] + "…" : line;
    }
}
