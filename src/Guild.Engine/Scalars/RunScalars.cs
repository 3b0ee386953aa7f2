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

    internal static IReadOnlyDictionary<string, ScalarSummary> Summarize(string runPath, EventFolders folders)
    {
        var summaries = new List<ScalarSummary>();
        foreach (var path in folders.Paths)
        {
            var folder = path == RecordFolder ? "" : path;
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
        try
        {
            foreach (var point in EventFiles.ReadFolder(directory))
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
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What was read up to here is what there is to show.
        }

        return scalars;
    }
}
