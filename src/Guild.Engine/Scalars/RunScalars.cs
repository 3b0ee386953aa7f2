namespace Guild.Engine.Scalars;

/// <summary>Finds and sums up the scalars of a run: those of its own event files, of folders in it, and of runs that it links to.</summary>
public static class RunScalars
{
    // The record's own folder. Scalars from output are written there, and have no folder in their names.
    private const string RecordFolder = ".guild";

    /// <summary>The folders of a run that hold event files, in the order of their names; each by its path in the run, with <c>/</c>.</summary>
    /// <remarks>A link to a folder is followed only if it leads to a run, as those of batches and pipelines do.</remarks>
    /// <param name="runPath">The absolute path of the run directory.</param>
    public static IReadOnlyList<string> Folders(string runPath) => EventFolders.Of(runPath).Paths;

    /// <summary>
    /// Sums up all scalars of a run by name. The run's own have plain names; those of folders have names like <c>logs/train#loss</c>.
    /// A file that cannot be read is passed over.
    /// </summary>
    /// <param name="runPath">The absolute path of the run directory.</param>
    public static IReadOnlyDictionary<string, ScalarSummary> Summarize(string runPath) => Summarize(runPath, EventFolders.Of(runPath));

    /// <summary>
    /// Reads all values of all scalars of a run, each under its name with its folder, as <see cref="Summarize(string)"/> names them: folder by folder, and in each in
    /// the order in which they were written. Each is read when it is asked for. A file that cannot be read is passed over.
    /// </summary>
    /// <param name="runPath">The absolute path of the run directory.</param>
    public static IEnumerable<ScalarPoint> Read(string runPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(runPath);
        var own = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in EventFolders.Of(runPath).Paths.OrderBy(FolderOf, StringComparer.Ordinal))
        {
            var folder = FolderOf(path);
            var names = new Dictionary<string, string?>(StringComparer.Ordinal);
            foreach (var point in ReadFolder(System.IO.Path.Join(runPath, path)))
            {
                if (!names.TryGetValue(point.Tag, out var name))
                {
                    // Files beside the record's folder have plain names too; the first in order is the run's root, as in sums.
                    name = ScalarSummary.NameOf(folder, point.Tag);
                    name = folder.Length > 0 || own.Add(name) ? name : null;
                    names.Add(point.Tag, name);
                }

                if (name is not null)
                {
                    yield return folder.Length == 0 ? point : point with { Tag = name };
                }
            }
        }
    }

    internal static IReadOnlyDictionary<string, ScalarSummary> Summarize(string runPath, EventFolders folders)
    {
        var summaries = new List<ScalarSummary>();
        foreach (var path in folders.Paths)
        {
            var folder = FolderOf(path);
            summaries.AddRange(SummarizeFolder(System.IO.Path.Join(runPath, path)).Select(pair => pair.Value.ToSummary(folder, pair.Key)));
        }

        var ordered = new OrderedDictionary<string, ScalarSummary>(StringComparer.Ordinal);
        foreach (var summary in summaries.OrderBy(s => s.Folder, StringComparer.Ordinal).ThenBy(s => s.Tag, StringComparer.Ordinal))
        {
            // Files beside the record's folder have plain names too; the first in order is the run's root.
            ordered.TryAdd(summary.Name, summary);
        }

        return ordered;
    }

    private static Dictionary<string, ScalarAccumulator> SummarizeFolder(string directory)
    {
        var scalars = new Dictionary<string, ScalarAccumulator>(StringComparer.Ordinal);
        foreach (var point in ReadFolder(directory))
        {
            if (scalars.TryGetValue(point.Tag, out var scalar))
            {
                scalar.Add(point);
            }
            else
            {
                scalars.Add(point.Tag, new ScalarAccumulator(point));
            }
        }

        return scalars;
    }

    private static string FolderOf(string path) => path == RecordFolder ? "" : path;

    // What was read before something could not be read is what there is to show.
    private static IEnumerable<ScalarPoint> ReadFolder(string directory)
    {
        using var points = EventFiles.ReadFolder(directory).GetEnumerator();
        while (TryMoveNext(points))
        {
            yield return points.Current;
        }
    }

    private static bool TryMoveNext(IEnumerator<ScalarPoint> points)
    {
        try
        {
            return points.MoveNext();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
