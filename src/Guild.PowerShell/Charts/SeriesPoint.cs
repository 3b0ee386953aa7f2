namespace Guild.PowerShell.Charts;

/// <summary>A value that is drawn.</summary>
/// <param name="X">Where it is.</param>
/// <param name="Y">The value.</param>
/// <param name="IsAfterGap">True if no line leads to it from the one before.</param>
internal sealed record SeriesPoint(double X, double Y, bool IsAfterGap);
