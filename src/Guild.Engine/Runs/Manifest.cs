using System.Text;
using Guild.Engine.Text;

namespace Guild.Engine.Runs;

/// <summary>Where a file of a run came from.</summary>
public enum ManifestKind
{
    /// <summary>The snapshot of the project's source code.</summary>
    SourceCode,

    /// <summary>A resolved resource.</summary>
    Dependency,

    /// <summary>A file that the tool itself made.</summary>
    Internal,
}

/// <summary>One file or folder of a run that the operation did not generate itself.</summary>
/// <param name="Kind">Where it came from.</param>
/// <param name="Destination">The path in the run directory, with <c>/</c>.</param>
/// <param name="Sha1">The SHA-1 of the file in lowercase hexadecimal, or null for a folder.</param>
/// <param name="Uri">For source code the path in the project; else the source's URI, such as <c>file:data.csv</c>.</param>
/// <param name="SubPath">The path inside the source's archive, or null.</param>
public sealed record ManifestEntry(ManifestKind Kind, string Destination, string? Sha1, string Uri, string? SubPath = null);

/// <summary>The list of a run's files that were put there: one line of shell words a file.</summary>
public static class Manifest
{
    private const string NoHash = "-";

    /// <summary>Reads a manifest. Lines that are not understood are left out; a missing file is an empty manifest.</summary>
    /// <exception cref="IOException">The file is there and cannot be read.</exception>
    public static IReadOnlyList<ManifestEntry> Read(string path)
    {
        try
        {
            return [.. File.ReadLines(path, Encoding.UTF8).Select(Parse).OfType<ManifestEntry>()];
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
    }

    /// <summary>Reads one line; null if it is not an entry.</summary>
    public static ManifestEntry? Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        IReadOnlyList<string> words;
        try
        {
            words = ShellWords.Split(line);
        }
        catch (FormatException)
        {
            return null;
        }

        if (words.Count is < 4 or > 5 || KindOf(words[0]) is not { } kind)
        {
            return null;
        }

        return new ManifestEntry(kind, words[1], words[2] == NoHash ? null : words[2], words[3], words.Count == 5 ? words[4] : null);
    }

    /// <summary>The line of an entry, without its line break.</summary>
    /// <exception cref="ArgumentException">A path holds a line break, which a manifest cannot hold.</exception>
    public static string Format(ManifestEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        string?[] words = [LetterOf(entry.Kind), entry.Destination, entry.Sha1 ?? NoHash, entry.Uri, entry.SubPath];
        var line = ShellWords.Join(words.OfType<string>());
        if (line.AsSpan().ContainsAny('\n', '\r'))
        {
            throw new ArgumentException($"The path '{entry.Destination}' holds a line break, which a manifest cannot hold.", nameof(entry));
        }

        return line;
    }

    /// <summary>The text of several entries, each with its line break.</summary>
    /// <exception cref="ArgumentException">A path holds a line break, which a manifest cannot hold.</exception>
    public static string FormatLines(IEnumerable<ManifestEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        return string.Concat(entries.Select(entry => Format(entry) + '\n'));
    }

    private static ManifestKind? KindOf(string letter) => letter switch
    {
        "s" => ManifestKind.SourceCode,
        "d" => ManifestKind.Dependency,
        "i" => ManifestKind.Internal,
        _ => null,
    };

    private static string LetterOf(ManifestKind kind) => kind switch
    {
        ManifestKind.SourceCode => "s",
        ManifestKind.Dependency => "d",
        _ => "i",
    };
}
