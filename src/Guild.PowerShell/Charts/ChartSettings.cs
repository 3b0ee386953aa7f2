namespace Guild.PowerShell.Charts;

/// <summary>How a chart is drawn.</summary>
internal sealed record ChartSettings
{
    /// <summary>What it is drawn with.</summary>
    public required CellGlyphs Glyphs { get; init; }

    /// <summary>What tells series apart.</summary>
    public ChartPalette Palette { get; init; } = ChartPalette.Plain;

    /// <summary>The characters of a line at most.</summary>
    public required int Width { get; init; }

    /// <summary>The lines between title and axis.</summary>
    public required int Height { get; init; }

    /// <summary>True if the values are drawn by their logarithm.</summary>
    public bool IsLogScale { get; init; }

    /// <summary>How much values are smoothed: from 0, not at all, to below 1.</summary>
    public double Smoothing { get; init; }

    /// <summary>What is drawn to the right.</summary>
    public required LevelAxis Level { get; init; }
}
