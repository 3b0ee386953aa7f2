using System.Globalization;
using System.Text;

namespace Guild.Engine.Drafts;

/// <summary>Makes names of operations and models that can be typed, from names of files and folders that can be anything.</summary>
internal static class DraftNames
{
    // What takes names apart, in operations' names and in references.
    private const string Separators = ":/#";

    /// <summary>The name of an operation for a script that no other operation has.</summary>
    public static string OfOperation(string fileName, ISet<string> taken)
    {
        var stem = Cleaned(Path.GetFileNameWithoutExtension(fileName), "script");
        var candidate = stem;
        if (taken.Contains(candidate))
        {
            candidate = $"{stem}-{Path.GetExtension(fileName).TrimStart('.').ToLowerInvariant()}";
        }

        for (var number = 2; !taken.Add(candidate); number++)
        {
            candidate = string.Create(CultureInfo.InvariantCulture, $"{stem}-{number}");
        }

        return candidate;
    }

    /// <summary>The name of a model for what is in a folder.</summary>
    public static string OfFolder(string directory) => Cleaned(Path.GetFileName(Path.TrimEndingDirectorySeparator(directory)), "project");

    /// <summary>The name of a model that a user gives.</summary>
    /// <exception cref="RequestException">It could not be typed where a model is named.</exception>
    public static string Checked(string name)
    {
        var isGood = name.Trim().Length == name.Length && name.Length > 0 && !name.Any(c => char.IsControl(c) || Separators.Contains(c, StringComparison.Ordinal));
        return isGood ? name : throw new RequestException(
            $"'{name}' cannot be the name of a model.",
            name,
            "Give a name without spaces at its ends, line ends, ':', '/' and '#'.");
    }

    // Runs of characters that are neither letters nor digits become one hyphen.
    private static string Cleaned(string text, string fallback)
    {
        var name = new StringBuilder(text.Length);
        foreach (var rune in text.Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || rune.Value == '_' || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
            {
                name.Append(rune);
            }
            else if (name.Length > 0 && name[^1] != '-')
            {
                name.Append('-');
            }
        }

        // A name with an underscore in front is one that is not listed.
        var cleaned = name.ToString().Trim('-').TrimStart('_');
        return cleaned.Length == 0 ? fallback : cleaned;
    }
}
