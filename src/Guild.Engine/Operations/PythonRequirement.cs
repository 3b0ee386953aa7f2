using System.Globalization;
using System.Text.RegularExpressions;

namespace Guild.Engine.Operations;

/// <summary>
/// The version of Python that an operation asks for, in the form of Python's packages: <c>&gt;=3.8</c>, <c>&gt;=3.8,&lt;3.12</c>, <c>==3.10.*</c>,
/// <c>~=3.9</c>. A version alone means it and all below it: <c>3.10</c> is <c>==3.10.*</c>.
/// </summary>
internal sealed partial class PythonRequirement
{
    private readonly IReadOnlyList<(string Operator, int[] Version, bool IsPrefix)> _clauses;

    private PythonRequirement(IReadOnlyList<(string Operator, int[] Version, bool IsPrefix)> clauses) => _clauses = clauses;

    /// <summary>Reads a requirement; null if it is none.</summary>
    public static PythonRequirement? TryRead(string text)
    {
        var clauses = new List<(string, int[], bool)>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var match = Clause().Match(part);
            if (!match.Success || Numbers(match.Groups["version"].Value) is not { } version)
            {
                return null;
            }

            var isBare = match.Groups["operator"].Length == 0;
            clauses.Add((isBare ? "==" : match.Groups["operator"].Value, version, isBare || match.Groups["all"].Success));
        }

        return clauses.Count > 0 ? new(clauses) : null;
    }

    /// <summary>The numbers of a version such as <c>3.10.2</c>, or null.</summary>
    public static int[]? Numbers(string version)
    {
        var parts = version.Split('.');
        var numbers = new int[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
            {
                return null;
            }
        }

        return numbers;
    }

    /// <summary>True if a Python of the version will do. What the version does not tell, such as its third part, is no reason to refuse it.</summary>
    public bool IsMetBy(IReadOnlyList<int> version)
    {
        foreach (var (comparison, wanted, isPrefix) in _clauses)
        {
            var order = Compare(version, wanted, isPrefix);
            var isMet = comparison switch
            {
                "==" or "===" => order == 0,
                "!=" => order != 0,
                ">=" => order >= 0,
                "<=" => order <= 0,
                ">" => order > 0 || (order == 0 && version.Count < wanted.Length),
                "<" => order < 0 || (order == 0 && version.Count < wanted.Length),
                // ~=3.8.1 is 3.8.1 or later, and still 3.8.
                _ => order >= 0 && Compare(version, wanted[..^1], isPrefix: true) == 0,
            };
            if (!isMet)
            {
                return false;
            }
        }

        return true;
    }

    private static int Compare(IReadOnlyList<int> version, int[] wanted, bool isPrefix)
    {
        for (var i = 0; i < Math.Max(version.Count, wanted.Length); i++)
        {
            if (i >= version.Count || (i >= wanted.Length && isPrefix))
            {
                return 0;
            }

            if (version[i].CompareTo(i < wanted.Length ? wanted[i] : 0) is var order and not 0)
            {
                return order;
            }
        }

        return 0;
    }

    [GeneratedRegex(@"^(?<operator>===|==|!=|>=|<=|~=|>|<|)\s*(?<version>[0-9]+(?:\.[0-9]+)*)(?<all>\.\*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Clause();
}
