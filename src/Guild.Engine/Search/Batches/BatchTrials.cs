using Guild.Engine.Runs;

namespace Guild.Engine.Search.Batches;

/// <summary>The trials of a batch, as its run directory has them: one link for each.</summary>
public static class BatchTrials
{
    /// <summary>The full ids of the trials, in no order. Reads folder names only.</summary>
    public static IEnumerable<string> Ids(RunDirectory batch) => throw new NotImplementedException();
}
