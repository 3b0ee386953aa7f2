namespace Guild.PowerShell.Charts;

/// <summary>The characters of axes.</summary>
/// <param name="Upright">The left axis.</param>
/// <param name="UprightTick">The left axis at a tick.</param>
/// <param name="Corner">Where the axes meet.</param>
/// <param name="Level">The axis below.</param>
/// <param name="LevelTick">The axis below at a tick.</param>
/// <param name="Ellipsis">What stands for text that is left out.</param>
internal sealed record AxisGlyphs(char Upright, char UprightTick, char Corner, char Level, char LevelTick, string Ellipsis)
{
    /// <summary>Lines.</summary>
    public static AxisGlyphs Lines { get; } = new('│', '┤', '└', '─', '┬', "…");

    /// <summary>Characters that every terminal has.</summary>
    public static AxisGlyphs Ascii { get; } = new('|', '+', '+', '-', '+', "...");
}
