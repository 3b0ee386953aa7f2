namespace Guild.PowerShell;

/// <summary>How trials that do badly are ended before their time, by what they came to at the same step.</summary>
public enum GuildEarlyStop
{
    /// <summary>They are not ended before their time.</summary>
    None,

    /// <summary>A trial is ended whose best value is worse than the median of the other trials' running averages at that step.</summary>
    Median,

    /// <summary>Asynchronous successive halving: at steps 1, 3, 9, 27 and so on only the best third of the trials goes on.</summary>
    Asha,
}

/// <summary>How the values of a range are spread.</summary>
public enum GuildDistribution
{
    /// <summary>Evenly.</summary>
    Uniform,

    /// <summary>Evenly on a logarithmic scale: as many between 0.001 and 0.01 as between 0.01 and 0.1.</summary>
    LogUniform,
}
