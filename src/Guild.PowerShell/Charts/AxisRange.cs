namespace Guild.PowerShell.Charts;

/// <summary>What an axis reaches over. A single place gets some room on both sides.</summary>
/// <param name="Minimum">The lower end.</param>
/// <param name="Maximum">The upper end.</param>
/// <param name="IsLogScale">True if places are spread by their logarithm.</param>
internal sealed record AxisRange(double Minimum, double Maximum, bool IsLogScale)
{
    // Smaller numbers have fewer digits than others, so no round numbers lie between them.
    private const double Least = 1e-290;

    /// <summary>A range over whole numbers or times.</summary>
    public static AxisRange Level(double minimum, double maximum) => minimum < maximum ? new(minimum, maximum, IsLogScale: false) : new(minimum - 0.5, maximum + 0.5, IsLogScale: false);

    /// <summary>A range over values.</summary>
    public static AxisRange Upright(double minimum, double maximum, bool isLogScale)
    {
        if (isLogScale)
        {
            return maximum / minimum > 1 + 1e-9 ? new(minimum, maximum, IsLogScale: true) : new(minimum / 2, Math.Min(maximum, double.MaxValue / 2) * 2, IsLogScale: true);
        }

        // Where values differ by less than what a double can tell of such numbers, ticks between them would all read the same.
        var most = Math.Max(Math.Abs(minimum), Math.Abs(maximum));
        var room = most < Least ? 1 : most / 10;
        return maximum / 2 - minimum / 2 > Math.Max(most * 1e-12, Least)
            ? new(minimum, maximum, IsLogScale: false)
            : new(Math.Max(minimum - room, double.MinValue), Math.Min(maximum + room, double.MaxValue), IsLogScale: false);
    }

    /// <summary>The dot of a place, from 0 for the lower end.</summary>
    /// <param name="value">The place.</param>
    /// <param name="dots">How many dots there are.</param>
    public int DotOf(double value, int dots)
    {
        // Halves, because the range of two doubles need not fit into one.
        var share = IsLogScale
            ? (Math.Log10(value) - Math.Log10(Minimum)) / (Math.Log10(Maximum) - Math.Log10(Minimum))
            : (value / 2 - Minimum / 2) / (Maximum / 2 - Minimum / 2);
        return Math.Clamp((int)Math.Round(share * (dots - 1)), 0, dots - 1);
    }
}
