namespace Guild.Engine.Runs.Index;

/// <summary>One look at the runs of a folder.</summary>
internal sealed record IndexLook
{
    public required RunPlace Place { get; init; }

    /// <summary>The absolute path of the folder of the runs.</summary>
    public required string Root { get; init; }

    /// <summary>The names of its folders.</summary>
    public required IReadOnlyList<string> Ids { get; init; }

    /// <summary>
    /// True if only what changes the order of runs and their status is to be compared. The rest is then compared of those runs that are shown.
    /// </summary>
    public required bool ComparesGuildOnly { get; init; }

    /// <summary>True to believe nothing that is indexed, and to index everything anew.</summary>
    public bool IsRefresh { get; init; }

    /// <summary>Reads a run from its directory; null if the folder holds none.</summary>
    public required Func<string, Run?> Read { get; init; }

    public required TimeProvider Time { get; init; }

    public CancellationToken Cancellation { get; init; }
}
