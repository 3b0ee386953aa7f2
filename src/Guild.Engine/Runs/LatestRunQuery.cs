namespace Guild.Engine.Runs;

/// <summary>What a run must be to be taken for a dependency on an operation.</summary>
public sealed record LatestRunQuery
{
    /// <summary>Says whether a run of this reference will do.</summary>
    public required Func<OpRef, bool> Matches { get; init; }

    /// <summary>The statuses that will do.</summary>
    public IReadOnlyCollection<RunStatus> Statuses { get; init; } = [RunStatus.Completed, RunStatus.Running, RunStatus.Terminated];

    /// <summary>The only runs to look at, such as those of one pipeline; null for all.</summary>
    public IReadOnlyCollection<string>? Among { get; init; }

    /// <summary>The beginning of the id, or <c>""</c> for any.</summary>
    public string IdPrefix { get; init; } = "";

    /// <summary>Takes of runs that are ordered, the newest first, the first one that is marked, else the first.</summary>
    internal Run? ChooseFrom(IEnumerable<Run> newestFirst)
    {
        Run? newest = null;
        foreach (var run in newestFirst)
        {
            if (Matches(run.OpRef) && Statuses.Contains(run.Status))
            {
                if (run.IsMarked)
                {
                    return run;
                }

                newest ??= run;
            }
        }

        return newest;
    }
}
