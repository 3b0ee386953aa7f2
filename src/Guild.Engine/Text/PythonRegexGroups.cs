using System.Globalization;
using System.Text.RegularExpressions;

namespace Guild.Engine.Text;

/// <summary>
/// The groups of a pattern. Python numbers all groups from left to right; .NET numbers those with a name after the others. Where a
/// pattern has both kinds, each group gets its number as an explicit name, around the name that it may have.
/// </summary>
internal sealed class PythonRegexGroups
{
    private readonly string pattern;
    private readonly List<string?> names;
    private readonly bool isMixed;

    private PythonRegexGroups(string pattern, List<string?> names)
    {
        this.pattern = pattern;
        this.names = names;
        isMixed = names.Contains(null) && names.Exists(name => name is not null);
    }

    public int Count => names.Count;

    public string Closing => isMixed ? "))" : ")";

    public static PythonRegexGroups Find(string pattern)
    {
        var names = new List<string?>();
        var isInSet = false;
        for (var at = 0; at < pattern.Length; at++)
        {
            switch (pattern[at])
            {
                case '\\':
                    at++;
                    break;
                case '[' when !isInSet:
                    isInSet = true;
                    at += pattern.AsSpan(at + 1).StartsWith("^]") ? 2 : pattern.AsSpan(at + 1).StartsWith("]") ? 1 : 0;
                    break;
                case ']':
                    isInSet = false;
                    break;
                case '(' when !isInSet:
                    AddGroup(pattern, at, names);
                    break;
            }
        }

        return new PythonRegexGroups(pattern, names);
    }

    public string Opening(int number, string? name)
    {
        if (isMixed)
        {
            return string.Create(CultureInfo.InvariantCulture, $"(?<{number}>") + (name is null ? "" : $"(?<{name}>");
        }

        return name is null ? "(" : $"(?<{name}>";
    }

    /// <summary>The number of a group that must be, by number or name, among the first groups of the pattern.</summary>
    public int Require(string group, int among)
    {
        var number = int.TryParse(group, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : names.IndexOf(group) + 1;
        return number >= 1 && number <= among ? number : throw PythonRegexEscapes.Bad(pattern, $"there is no group '{group}'");
    }

    private static void AddGroup(string pattern, int at, List<string?> names)
    {
        if (at + 1 >= pattern.Length || pattern[at + 1] != '?')
        {
            names.Add(null);
            return;
        }

        if (Regex.Match(pattern[(at + 2)..], @"\AP<(\w+)>") is { Success: true } named)
        {
            var name = named.Groups[1].Value;
            if (names.Contains(name))
            {
                throw PythonRegexEscapes.Bad(pattern, $"it has two groups '{name}'");
            }

            names.Add(name);
        }
    }
}
