using System.Text;
using Guild.Engine.Runs.Comparing;

namespace Guild.Engine.Text;

/// <summary>Writes in what two files or folders differ, as <c>diff -ru</c> does.</summary>
public static class TreeDifference
{
    private const int SampleSize = 8000;

    private const long LargestText = 64 * 1024 * 1024;

    /// <summary>The lines of the difference, each when it is asked for; none if there is no difference. A side that is not there counts as empty.</summary>
    /// <param name="before">The absolute path of a file or folder.</param>
    /// <param name="after">The absolute path of the other.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static IEnumerable<string> Lines(string before, string after)
    {
        ArgumentException.ThrowIfNullOrEmpty(before);
        ArgumentException.ThrowIfNullOrEmpty(after);
        return Directory.Exists(before) && Directory.Exists(after) ? OfFolders(before, after) : OfFiles(before, after);
    }

    private static IEnumerable<string> OfFolders(string before, string after)
    {
        var (names, others) = (FileContent.Names(before), FileContent.Names(after));
        foreach (var name in names.Union(others, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (path, other) = (Path.Join(before, name), Path.Join(after, name));
            var lines = !others.Contains(name, StringComparer.Ordinal) ? [$"Only in {before}: {name}"]
                : !names.Contains(name, StringComparer.Ordinal) ? [$"Only in {after}: {name}"]
                : IsLink(path) && IsLink(other) ? OfLinks(path, other)
                : Directory.Exists(path) != Directory.Exists(other) ? [$"File {path} is a {KindOf(path)} while file {other} is a {KindOf(other)}"]
                : Lines(path, other);
            foreach (var line in lines)
            {
                yield return line;
            }
        }
    }

    // A link to data can lead to gigabytes, and one to a run round in a circle.
    private static IEnumerable<string> OfLinks(string before, string after)
    {
        var (target, other) = (new FileInfo(before).LinkTarget, new FileInfo(after).LinkTarget);
        return target == other ? [] : [$"Link {before} leads to {target} while link {after} leads to {other}"];
    }

    private static IEnumerable<string> OfFiles(string before, string after)
    {
        if (FileContent.AreEqual(before, after))
        {
            return [];
        }

        return IsText(before) && IsText(after)
            ? LineDifference.Unified(Read(before), Read(after), before, after)
            : [$"Binary files {before} and {after} differ"];
    }

    private static string[] Read(string path) => File.Exists(path) ? File.ReadAllLines(path, Encoding.UTF8) : [];

    private static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;

    private static string KindOf(string path) => Directory.Exists(path) ? "directory" : "regular file";

    private static bool IsText(string path)
    {
        if (!File.Exists(path))
        {
            return true;
        }

        using var stream = File.OpenRead(path);
        var sample = new byte[SampleSize];
        var read = stream.ReadAtLeast(sample, SampleSize, throwOnEndOfStream: false);
        return stream.Length <= LargestText && !sample.AsSpan(0, read).Contains((byte)0);
    }
}
