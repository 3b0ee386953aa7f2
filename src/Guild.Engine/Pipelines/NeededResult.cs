using Guild.Engine.Runs;

namespace Guild.Engine.Pipelines;

/// <summary>Why a run is needed, or not.</summary>
public enum NeededReason
{
    /// <summary>There is no completed run of the operation.</summary>
    New,

    /// <summary>The runs that there are have other flags.</summary>
    FlagChanged,

    /// <summary>The source code, or the command, is not what it was.</summary>
    SourceChanged,

    /// <summary>A required resource is not what it was.</summary>
    ResourceChanged,

    /// <summary>It takes files of another run, or of one that runs again.</summary>
    UpstreamChanged,

    /// <summary>What the run would check did not hold of the one that is there.</summary>
    CheckFailed,

    /// <summary>Nobody can tell before it runs, as of the trials of a search.</summary>
    Unknown,

    /// <summary>A completed run is as this one would be: it is not needed.</summary>
    UpToDate,
}

/// <summary>Whether a planned run is needed.</summary>
/// <param name="Reason">Why, or why not.</param>
/// <param name="Detail">What it is that differs, such as <c>lr: 0.1 → 0.2</c>; null if the reason says all.</param>
/// <param name="Run">The run that makes it unnecessary, or else the one that it was compared with; null if there is none.</param>
public sealed record NeededResult(NeededReason Reason, string? Detail, Run? Run)
{
    /// <summary>True if there is no run that could take its place.</summary>
    public bool IsNeeded => Reason != NeededReason.UpToDate;
}
