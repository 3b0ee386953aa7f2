using System.Management.Automation;
using Guild.Engine.Scalars;

namespace Guild.PowerShell.Commands;

/// <summary>Chooses scalars by name, as all cmdlets that take names of scalars do.</summary>
internal sealed class ScalarNames
{
    private readonly WildcardPattern[] _patterns;

    /// <param name="names">Names and wildcards; null or none for all.</param>
    public ScalarNames(string[]? names)
    {
        _patterns = names is null ? [] : Array.ConvertAll(names, name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase));
    }

    /// <summary>True if a scalar is meant. A name without <c>#</c> also means scalars of that name in folders.</summary>
    /// <param name="name">The name with its folder.</param>
    public bool Mean(string name) => _patterns.Length == 0 || Array.Exists(_patterns, pattern => IsMatch(pattern, name));

    /// <summary>True if a scalar says something of the machine and not of the program.</summary>
    /// <param name="name">The name with its folder.</param>
    public static bool IsSystem(string name) => ScalarSummary.IsOfSystem(TagOf(name));

    private static bool IsMatch(WildcardPattern pattern, string name) => pattern.IsMatch(name) || pattern.IsMatch(TagOf(name));

    private static string TagOf(string name) => name[(name.IndexOf('#', StringComparison.Ordinal) + 1)..];
}
