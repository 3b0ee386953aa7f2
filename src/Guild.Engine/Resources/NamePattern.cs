using System.Text.RegularExpressions;
using Guild.Engine.Text;

namespace Guild.Engine.Resources;

/// <summary>What the name of a model or an operation must be: mostly the very name, else a regular expression of Python that matches all of it.</summary>
internal sealed partial class NamePattern
{
    private readonly string _text;
    private readonly Regex? _regex;

    /// <exception cref="ArgumentException">The pattern cannot be used.</exception>
    public NamePattern(string text)
    {
        _text = text;

        // A batch without an optimizer of its own is named "+", which is no pattern.
        _regex = text == "+" || PlainName().IsMatch(text) ? null : PythonRegex.Translate(text, RegexAnchor.Whole);
    }

    public bool IsMatch(string name) => _regex?.IsMatch(name) ?? _text == name;

    [GeneratedRegex(@"\A[A-Za-z0-9_-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlainName();
}
