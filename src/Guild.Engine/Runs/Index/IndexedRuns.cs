
namespace Guild.Engine.Runs.Index;

/// <summary>Lists the runs of a folder with the help of the index.</summary>
internal sealed class IndexedRuns(RunIndex index, RunReader reader, TimeProvider time, bool isRefresh)
{
    // Up to here, the content of each run is looked for alone; reading all of it costs as much as this.
    private const int FewRuns = 300;

    /// <summary>What is asked for.</summary>
    /// <param name="Place">Which runs.</param>
    /// <param name="Root">The absolute path of their folder.</param>
    /// <param name="Ids">The names of the folders in there.</param>
    /// <param name="Limit">How many runs will be asked for at the most.</param>
    /// <param name="Cancellation">Ends the reading.</param>
    internal sealed record Request(RunPlace Place, string Root, IReadOnlyList<string> Ids, int Limit, CancellationToken Cancellation);

    /// <summary>The runs, newest first.</summary>
    public IEnumerable<Run> List(Request request)
    {
        using var file = index.Open();
        var isShort = request.Limit <= FewRuns;
        var entries = Look(file, request, comparesGuildOnly: isShort);
        var contents = isShort || file is null ? null : Contents(file, entries);
        var stamps = new RunStampReader(request.Root);
        var given = 0;
        foreach (var entry in isShort ? IndexEntry.Newest(entries) : IndexEntry.Sorted(entries))
        {
            if (given == request.Limit)
            {
                yield break;
            }

            var content = entry.Row is not { } row ? null
                : contents is not null ? contents.GetValueOrDefault(row.Key)
                : stamps.ReadRest(row.Id, row.Stamp.Rewritten) == row.Stamp.Rest ? Content(file!, row) : null;
            var directory = DirectoryOf(request, entry.Id);
            if ((entry.Run ?? (content is null ? reader.Read(directory) : new Run(directory, new IndexedRunContent(directory, entry.Row!, content)))) is { } run)
            {
                given++;
                yield return run;
            }
        }
    }

    /// <summary>The ids, newest first.</summary>
    public IReadOnlyList<string> OrderedIds(Request request)
    {
        using var file = index.Open();
        return [.. IndexEntry.Sorted(Look(file, request, comparesGuildOnly: true)).Select(entry => entry.Id)];
    }

    private List<IndexEntry> Look(IndexFile? file, Request request, bool comparesGuildOnly) => RunIndex.Look(file, new IndexLook
    {
        Place = request.Place,
        Root = request.Root,
        Ids = request.Ids,
        ComparesGuildOnly = comparesGuildOnly,
        IsRefresh = isRefresh,
        Read = id => reader.Read(DirectoryOf(request, id)),
        Time = time,
        Cancellation = request.Cancellation,
    });

    private RunDirectory DirectoryOf(Request request, string id) => new(request.Root, id, time);

    private static Dictionary<long, IndexContent> Contents(IndexFile file, List<IndexEntry> entries)
    {
        try
        {
            return file.ReadContents([.. entries.Select(entry => entry.Row).OfType<IndexRow>()]);
        }
        catch (Exception error) when (IndexFile.IsTrouble(error))
        {
            file.Note(error);
            return [];
        }
    }

    private static IndexContent? Content(IndexFile file, IndexRow row)
    {
        try
        {
            return file.ReadContent(row);
        }
        catch (Exception error) when (IndexFile.IsTrouble(error))
        {
            file.Note(error);
            return null;
        }
    }
}
