using System.Text.RegularExpressions;
using Guild.Engine.Text;

namespace Guild.Engine.Scalars;

/// <summary>A pattern of scalars in output: a regular expression of Python, and the scalar that its one group gives.</summary>
internal sealed class OutputPattern
{
    // Compiling takes longer than many programs write; it pays only for those that write much.
    private const int LinesBeforeCompiling = 5_000;

    // Of a program's many lines none may hold up the record.
    private static readonly TimeSpan LineTimeout = TimeSpan.FromMilliseconds(100);

    private const string KeyName = "_key";

    private const string ValueName = "_val";

    private static readonly (string Alias, string Meaning)[] Aliases =
    [
        (@"\key", @"[_a-zA-Z]\S*"),
        (@"\value", @"(?:[-+]?[0-9]*\.?(?:[0-9]+)?(?:[eE][-+]?[0-9]+)?|[nN][aA][nN]|[-+]?[iI][nN][fF])"),
        (@"\step", "[0-9]+"),
    ];

    private readonly string _pattern;

    private readonly string? _key;

    private readonly string[] _groupNames;

    private readonly int _groupCount;

    private Regex _regex;

    private int _lines;

    /// <summary>Reads a pattern.</summary>
    /// <param name="text">The pattern as the Guild file has it, with <c>\key</c>, <c>\value</c> and <c>\step</c>.</param>
    /// <param name="key">The scalar's name for a pattern with one group, or null.</param>
    /// <exception cref="ArgumentException">The pattern is not a regular expression, or its groups do not say what is key and what is value.</exception>
    public OutputPattern(string text, string? key)
    {
        Text = text;
        _key = key;
        _pattern = Aliases.Aggregate(text, (pattern, alias) => pattern.Replace(alias.Alias, alias.Meaning, StringComparison.Ordinal));
        _regex = PythonRegex.Translate(_pattern, timeout: LineTimeout);
        _groupNames = [.. _regex.GetGroupNames().Where(name => !char.IsAsciiDigit(name[0]))];
        _groupCount = _regex.GetGroupNumbers().Length - 1;
        if (_groupNames.Length == 0 && !(_groupCount == 2 || (_groupCount == 1 && key is not null)))
        {
            throw new ArgumentException(
                key is null
                    ? $"The pattern '{text}' needs two groups, for the name and the value, or named groups."
                    : $"The pattern '{text}' needs one group for the value of '{key}', or two for the name and the value.");
        }
    }

    /// <summary>The pattern as it was given.</summary>
    public string Text { get; }

    /// <summary>Puts what the pattern finds in a line into the values; a later find of a name replaces an earlier one.</summary>
    /// <exception cref="RegexMatchTimeoutException">Matching took too long.</exception>
    public void Apply(string line, SortedDictionary<string, double> values)
    {
        if (++_lines == LinesBeforeCompiling)
        {
            _regex = PythonRegex.Translate(_pattern, RegexOptions.Compiled, LineTimeout);
        }

        for (var match = _regex.Match(line); match.Success; match = match.NextMatch())
        {
            Take(match, values);
        }
    }

    /// <summary>What the pattern finds in a line.</summary>
    /// <exception cref="RegexMatchTimeoutException">Matching took too long.</exception>
    public OutputPatternLook Look(string line)
    {
        var values = new SortedDictionary<string, double>(StringComparer.Ordinal);
        var found = new List<IReadOnlyList<string?>>();
        for (var match = _regex.Match(line); match.Success; match = match.NextMatch())
        {
            found.Add([.. _regex.GetGroupNumbers().Where(number => number > 0).Select(number => match.Groups[number]).Select(group => group.Success ? group.Value : null)]);
            Take(match, values);
        }

        return new OutputPatternLook(_pattern, found, values);
    }

    private void Take(Match match, SortedDictionary<string, double> values)
    {
        if (_groupNames.Length == 0)
        {
            var name = _groupCount == 2 ? match.Groups[1].Value : _key!;
            Put(name, match.Groups[_groupCount], values);
            return;
        }

        if (_groupNames.Contains(KeyName) && _groupNames.Contains(ValueName))
        {
            Put(match.Groups[KeyName].Value, match.Groups[ValueName], values);
            return;
        }

        foreach (var name in _groupNames)
        {
            Put(name, match.Groups[name], values);
        }
    }

    private static void Put(string name, Group found, SortedDictionary<string, double> values)
    {
        if (found.Success && PythonNumber.TryRead(found.ValueSpan) is { } number)
        {
            values[name] = number;
        }
    }
}
