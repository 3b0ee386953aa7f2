namespace Guild.PowerShell;

/// <summary>What charts have to the right.</summary>
public enum GuildChartAxis
{
    /// <summary>The steps that values were logged with.</summary>
    Step,

    /// <summary>When values were logged, in local time.</summary>
    Time,

    /// <summary>How long after the first value of the same run a value was logged.</summary>
    RelativeTime,
}
