namespace Guild.Engine.Runs.Index;

/// <summary>A run as one look found it: with its row of the index if that is still true, else as it was just read.</summary>
/// <param name="Id">The run's id.</param>
/// <param name="Time">What orders runs, in microseconds since 1970; the least number if the run has no time.</param>
/// <param name="Row">The row; null if the run was read.</param>
/// <param name="Run">The run that was read; null if there is a row.</param>
internal sealed record IndexEntry(string Id, long Time, IndexRow? Row, Run? Run)
{
    /// <summary>The order of lists: the newest first.</summary>
    public static int Compare(IndexEntry one, IndexEntry other)
    {
        var byTime = other.Time.CompareTo(one.Time);
        return byTime != 0 ? byTime : string.CompareOrdinal(one.Id, other.Id);
    }
}
