using System.Buffers;

namespace Guild.PowerShell.Classic;

/// <summary>Writes a program's command line and environment so that a POSIX shell takes them as they are.</summary>
internal static class PrintedCommand
{
    private const string SafePunctuation = "@%_-+=:,./";

    // What a shell reads even between double quotes.
    private static readonly SearchValues<char> StillRead = SearchValues.Create("\"$`\\!\n");

    /// <summary>Gives the command line that <c>--print-cmd</c> shows.</summary>
    /// <param name="words">The program and its arguments.</param>
    public static string Line(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    /// <summary>Gives the lines that <c>--print-env</c> shows, by ordinal order of the names.</summary>
    /// <param name="environment">Names and values.</param>
    public static IReadOnlyList<string> EnvironmentLines(IEnumerable<KeyValuePair<string, string>> environment) =>
        [.. environment.OrderBy(static e => e.Key, StringComparer.Ordinal).Select(static e => $"export {e.Key}={Quote(e.Value)}")];

    /// <summary>
    /// Gives a word as a shell reads it: bare where that is safe, empty or with spaces in double quotes, and in single quotes where double ones would still be read.
    /// </summary>
    /// <param name="word">The word.</param>
    public static string Quote(string word)
    {
        if (word.Length > 0 && word.All(static c => IsSafe(c)))
        {
            return word;
        }

        return !word.AsSpan().ContainsAny(StillRead) ? $"\"{word}\"" : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }

    private static bool IsSafe(char c) => char.IsAsciiLetterOrDigit(c) || SafePunctuation.Contains(c, StringComparison.Ordinal);
}
