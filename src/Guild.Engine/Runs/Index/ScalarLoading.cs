using System.Collections.Concurrent;
using Guild.Engine.Scalars;

namespace Guild.Engine.Runs.Index;

/// <summary>Gives many runs their scalars at once: out of the index, else out of their event files, several at a time.</summary>
internal sealed class ScalarLoading(RunIndex index, CancellationToken cancellation)
{
    private const int FewRuns = 300;

    /// <summary>Loads the last values.</summary>
    public void LoadLastValues(IEnumerable<Run> runs) => Read([.. runs.Where(run => run.Content is not IndexedRunContent { HasLastValues: true })]);

    /// <summary>Loads all that is summed up of each scalar.</summary>
    public void LoadScalars(IEnumerable<Run> runs)
    {
        var all = runs.ToList();
        var indexed = all.Select(run => run.Content).OfType<IndexedRunContent>().Where(content => content is { HasLastValues: true, HasScalars: false }).ToList();
        if (indexed.Count > FewRuns)
        {
            TakeFromIndex(indexed);
        }

        Read([.. all.Where(run => run.Content is not IndexedRunContent { HasScalars: true })]);
    }

    private void TakeFromIndex(List<IndexedRunContent> contents)
    {
        using var file = index.Open();
        if (file is null)
        {
            return;
        }

        try
        {
            var scalars = file.ReadScalars([.. contents.Select(content => content.Row)]);
            foreach (var content in contents)
            {
                if (scalars.TryGetValue(content.Row.Key, out var encoded))
                {
                    content.SetScalars(encoded);
                }
            }
        }
        catch (Exception error) when (IndexFile.IsTrouble(error))
        {
            // The event files are there still.
            file.Note(error);
        }
    }

    private void Read(List<Run> runs)
    {
        if (runs.Count == 0)
        {
            return;
        }

        var found = new ConcurrentBag<(IndexRow Row, byte[] Content, IReadOnlyDictionary<string, ScalarSummary> Scalars)>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = RunIndex.Workers, CancellationToken = cancellation };
        Parallel.ForEach(runs, options, run =>
        {
            if (run.Content is not IndexedRunContent content)
            {
                _ = run.LastValues;
                return;
            }

            var folders = EventFolders.Of(run.Directory.Path);
            var scalars = RunScalars.Summarize(run.Directory.Path, folders);
            content.SetScalars(scalars);
            if (!folders.LeadsToOtherRuns)
            {
                found.Add((content.Row, content.Bytes.Content, scalars));
            }
        });
        Write(found);
    }

    private void Write(ConcurrentBag<(IndexRow Row, byte[] Content, IReadOnlyDictionary<string, ScalarSummary> Scalars)> found)
    {
        if (found.IsEmpty)
        {
            return;
        }

        using var file = index.Open();
        try
        {
            file?.WriteScalars(found);
        }
        catch (Exception error) when (IndexFile.IsTrouble(error))
        {
            // Another process writes: the next one who asks reads the event files again.
            file?.Note(error);
        }
    }
}
