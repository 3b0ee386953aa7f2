using Guild.Engine.Yaml;

namespace Guild.Engine.GuildFiles;

/// <summary>Checks the names of what a Guild file defines.</summary>
internal static class Names
{
    /// <summary>The name that a key gives, or null if it cannot be one; that is then reported.</summary>
    public static string? OfKey(YamlScalar key, string what, Findings findings)
    {
        if (key.Value is not string name)
        {
            findings.Error(DiagnosticIds.InvalidName, key.Start, $"The name of {Article(what)} must be text, found {Findings.Describe(key)}. Quote it.");
            return null;
        }

        if (name.Length == 0)
        {
            findings.Error(DiagnosticIds.InvalidName, key.Start, $"The name of {Article(what)} is empty.");
            return null;
        }

        return Check(key.Start, name, what, findings) ? name : null;
    }

    /// <summary>Reports a name that nobody could type to mean it.</summary>
    public static bool Check(TextPosition position, string name, string what, Findings findings)
    {
        if (name.Trim().Length == name.Length && !HasControl(name))
        {
            return true;
        }

        findings.Error(DiagnosticIds.InvalidName, position, $"The name of {Article(what)} must not begin or end with a space, nor hold line ends or tabs.");
        return false;
    }

    private static bool HasControl(string name)
    {
        foreach (var character in name)
        {
            if (char.IsControl(character))
            {
                return true;
            }
        }

        return false;
    }

    private static string Article(string what) => "aeiou".Contains(what[0], StringComparison.Ordinal) ? $"an {what}" : $"a {what}";
}
