using System.Text.RegularExpressions;
using Guild.Engine.Text;

namespace Guild.Engine.Flags;

/// <summary>Flag values as people see them, in previews, labels and messages.</summary>
internal static partial class FlagDisplay
{
    private const int FloatPlaces = 5;
    private const int PathLength = 20;
    private const string Ellipsis = "…";

    /// <summary>The value as it could be typed; text with spaces is in quotes.</summary>
    public static string Show(object? value) => QuoteSpaces(FlagGrammar.Encode(value), value);

    /// <summary>As <see cref="Show"/>, with floats cut (not rounded) to five places and paths that exist shortened.</summary>
    /// <param name="value">The value.</param>
    /// <param name="workingDirectory">What relative paths are relative to.</param>
    public static string ShowShort(object? value, string workingDirectory)
    {
        var text = value switch
        {
            double => Fraction().Replace(FlagGrammar.Encode(value), match => match.Value[..Math.Min(match.Length, FloatPlaces + 1)]),
            string path when IsExistingPath(path, workingDirectory) => Shorten(path, PathLength, Path.DirectorySeparatorChar),
            _ => FlagGrammar.Encode(value),
        };
        return QuoteSpaces(text, value);
    }

    /// <summary>A path with its middle left out, if it is longer than a length: the last part stays, and as many others as fit.</summary>
    internal static string Shorten(string path, int length, char separator)
    {
        if (path.Length <= length)
        {
            return path;
        }

        var parts = SplitPath(path, separator);
        if (parts.Count < 2)
        {
            return path;
        }

        var right = new List<string> { parts[^1] };
        var left = new List<string>();
        parts.RemoveAt(parts.Count - 1);
        var takesRight = parts[0][0] != separator;
        if (takesRight)
        {
            left.Add(parts[0]);
            parts.RemoveAt(0);
        }

        while (parts.Count > 0)
        {
            var at = takesRight ? parts.Count - 1 : 0;
            if (left.Sum(part => part.Length + 1) + right.Sum(part => part.Length + 1) + parts[at].Length + Ellipsis.Length >= length)
            {
                break;
            }

            (takesRight ? right : left).Add(parts[at]);
            parts.RemoveAt(at);
            takesRight = !takesRight;
        }

        right.Reverse();
        var shortened = string.Join(separator, string.Join(separator, left), Ellipsis, string.Join(separator, right));
        return shortened.Length < path.Length ? shortened : path;
    }

    // A part keeps the separators before it that a split would lose: /a//b has the parts /a and /b.
    private static List<string> SplitPath(string path, char separator)
    {
        var parts = new List<string>();
        var blanks = 0;
        foreach (var part in path.Split(separator))
        {
            if (part.Length == 0)
            {
                blanks++;
                continue;
            }

            parts.Add(new string(separator, blanks) + part);
            blanks = 0;
        }

        return parts;
    }

    private static bool IsExistingPath(string text, string workingDirectory) =>
        text.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) && Path.Exists(Path.Combine(workingDirectory, text));

    private static string QuoteSpaces(string encoded, object? value) =>
        value is string && encoded[0] is not ('\'' or '"') && encoded.Contains(' ', StringComparison.Ordinal) ? PythonText.Literal(encoded) : encoded;

    [GeneratedRegex(@"\.[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Fraction();
}
