using System.Globalization;

namespace Guild.Engine.Metrics;

/// <summary>Reads what Linux tells of itself in <c>/proc</c>. A file that is not there, or that may not be read, has nothing in it.</summary>
internal static class ProcFiles
{
    private static readonly char[] Separators = [' ', '\t'];

    /// <summary>The lines of a file.</summary>
    public static string[] Lines(string path) => Text(path)?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>The text of a file, or null.</summary>
    public static string? Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The words of a line.</summary>
    public static string[] Words(string line) => line.Split(Separators, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A whole number, or null.</summary>
    public static long? Number(string? text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The numbers of lines such as <c>NAME: NUMBER kB</c>.</summary>
    public static Dictionary<string, long> Named(IEnumerable<string> lines)
    {
        var result = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            var words = Words(line);
            if (words.Length > 1 && words[0].EndsWith(':') && Number(words[1]) is { } number)
            {
                result[words[0][..^1]] = number;
            }
        }

        return result;
    }
}
