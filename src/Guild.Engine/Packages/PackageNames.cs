using System.Text.RegularExpressions;

namespace Guild.Engine.Packages;

/// <summary>How names of packages are compared.</summary>
internal static partial class PackageNames
{
    /// <summary>True if two names mean the same package of a kind.</summary>
    public static bool AreSame(PackageKind kind, string first, string second) => kind == PackageKind.Python
        ? Normal(first) == Normal(second)
        : string.Equals(first, second, StringComparison.OrdinalIgnoreCase);

    /// <summary>The name in the form that Python's package index compares.</summary>
    public static string Normal(string name) => Separators().Replace(name, "-").ToLowerInvariant();

    [GeneratedRegex("[-_.]+", RegexOptions.CultureInvariant)]
    private static partial Regex Separators();
}
