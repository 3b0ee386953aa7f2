namespace Guild.Engine.Runs.Index;

/// <summary>A run as one look found it: with its row of the index if that is still true, else as it was just read.</summary>
/// <param name="Id">The run's id.</param>
/// <param name="Time">What orders runs, in microseconds since 1970; the least number if the run has no time.</param>
/// <param name="Row">The row; null if the run was read.</param>
/// <param name="Run">The run that was read; null if there is a row.</param>
internal sealed record IndexEntry(string Id, long Time, IndexRow? Row, Run? Run)
{
    /// <summary>All of them in the order of lists, which is done in place.</summary>
    public static List<IndexEntry> Sorted(List<IndexEntry> entries)
    {
        entries.Sort(Compare);
        return entries;
    }

    /// <summary>In the same order, each when it is asked for: the first of very many come sooner than all of them are sorted.</summary>
    public static IEnumerable<IndexEntry> Newest(List<IndexEntry> entries)
    {
        var heap = new PriorityQueue<IndexEntry, IndexEntry>(entries.Select(entry => (entry, entry)), Comparer<IndexEntry>.Create(Compare));
        while (heap.TryDequeue(out var entry, out _))
        {
            yield return entry;
        }
    }

    /// <summary>The order of lists: the newest first.</summary>
    private static int Compare(IndexEntry one, IndexEntry other)
    {
        var byTime = other.Time.CompareTo(one.Time);
        return byTime != 0 ? byTime : string.CompareOrdinal(one.Id, other.Id);
    }
}
