namespace Guild.Engine.Yaml;

/// <summary>
/// Values as YAML text, the form in which runs keep their attributes. Text is YAML 1.1 as PyYAML reads and writes it, with Guild's one
/// change: <c>1e2</c> is a float. Values are null, bool, long, double, string, lists of them and dictionaries from string to them.
/// </summary>
public static class YamlText
{
    /// <summary>Reads the one value of a text; an empty text is null. Of a key that is there twice the last value counts.</summary>
    /// <exception cref="YamlTextException">The text is not YAML, or is too large or too deep.</exception>
    public static object? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (SimpleYaml.TryRead(text) is { } simple)
        {
            return simple.Value;
        }

        var source = YamlEncoding.Check(text.StartsWith('\uFEFF') ? text[1..] : text);
        Throw(source.Problem);
        var document = YamlComposer.Compose(source.Text, YamlLimits.Default);
        Throw(document.Problems.FirstOrDefault(p => p.Kind != YamlProblemKind.DuplicateKey));
        return YamlValues.Of(document.Root);
    }

    /// <summary>
    /// Writes a value in block style, with keys in ordinal order and a newline at the end. Text that would read as another type is
    /// quoted; floats are written as PyYAML writes them (<c>1.0e-05</c>).
    /// </summary>
    /// <exception cref="ArgumentException">The value holds something that is no YAML value, or is nested more than 200 deep.</exception>
    public static string Write(object? value) => new YamlTextWriter().Write(value);

    private static void Throw(YamlProblem? problem)
    {
        if (problem is not null)
        {
            throw new YamlTextException(problem.Position, problem.Message);
        }
    }
}
