using System.Text;
using System.Text.RegularExpressions;

namespace Guild.Engine.Flags;

/// <summary>References to flags in texts of a Guild file: <c>${name}</c>, and <c>\${name}</c> for the text <c>${name}</c> itself.</summary>
public static partial class FlagReferences
{
    /// <summary>True if the value is text with a reference or an escaped one, so that resolving it changes it.</summary>
    public static bool HasReference(object? template) => template is string text && Reference().IsMatch(text);

    /// <summary>
    /// Replaces the references in a value, and those in what they refer to. A text that is one reference and nothing else becomes the
    /// value that it refers to, with its type; elsewhere values become text: <c>true</c>, <c>null</c>, <c>0.1</c>, <c>[1, 2]</c>.
    /// </summary>
    /// <param name="template">A text; any other value is returned as it is.</param>
    /// <param name="values">What can be referred to.</param>
    /// <exception cref="FlagReferenceException">A reference is to nothing, or leads back to itself.</exception>
    public static object? Resolve(object? template, IReadOnlyDictionary<string, object?> values) => Resolve(template, values, []);

    /// <summary>As <see cref="Resolve(object?, IReadOnlyDictionary{string, object?})"/>, with text as the result even for a lone reference.</summary>
    /// <param name="template">The text.</param>
    /// <param name="values">What can be referred to.</param>
    /// <exception cref="FlagReferenceException">A reference is to nothing, or leads back to itself.</exception>
    public static string ResolveText(string template, IReadOnlyDictionary<string, object?> values) => Text(Resolve(template, values));

    /// <summary>The names that a text refers to, in the order in which they stand there, each once.</summary>
    public static IReadOnlyList<string> Names(string template) =>
        [.. Reference().Matches(template).Where(match => match.Value[0] == '$').Select(Name).Distinct(StringComparer.Ordinal)];

    /// <summary>Refuses a text that refers to a secret flag, where the value would be seen.</summary>
    /// <param name="template">The text; any other value refers to nothing.</param>
    /// <param name="secrets">The secret flags: name to environment variable.</param>
    /// <exception cref="FlagReferenceException">It refers to one of them.</exception>
    internal static void RefuseSecrets(object? template, IReadOnlyDictionary<string, string> secrets)
    {
        if (secrets.Count == 0 || template is not string text || Names(text).FirstOrDefault(secrets.ContainsKey) is not { } name)
        {
            return;
        }

        throw new FlagReferenceException(
            name,
            [name],
            $"The reference ${{{name}}} is to a secret flag, whose value would be seen there.",
            $"Let the program read the environment variable {secrets[name]} instead.");
    }

    private static object? Resolve(object? template, IReadOnlyDictionary<string, object?> values, List<string> path)
    {
        if (template is not string text)
        {
            return template;
        }

        var result = new StringBuilder();
        var at = 0;
        foreach (Match match in Reference().Matches(text))
        {
            var resolved = match.Value[0] == '\\' ? match.Value[1..] : ResolveName(Name(match), values, path);
            if (match.Length == text.Length)
            {
                return resolved;
            }

            result.Append(text, at, match.Index - at).Append(Text(resolved));
            at = match.Index + match.Length;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }

    private static object? ResolveName(string name, IReadOnlyDictionary<string, object?> values, List<string> path)
    {
        List<string> trail = [.. path, name];
        if (path.Contains(name))
        {
            throw new FlagReferenceException(name, trail, $"The references {string.Join(" -> ", trail)} lead back to themselves.");
        }

        if (!values.TryGetValue(name, out var value))
        {
            var from = path.Count == 0 ? "" : $" (by way of {string.Join(" -> ", path)})";
            throw new FlagReferenceException(name, trail, $"The reference ${{{name}}} is to a flag that is not defined{from}.");
        }

        return Resolve(value, values, trail);
    }

    private static string Name(Match match) => match.Value[(match.Value.IndexOf('{', StringComparison.Ordinal) + 1)..^1];

    private static string Text(object? value) => value as string ?? FlowText.Yaml.Write(value);

    [GeneratedRegex(@"\\?\$\{.+?\}", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
