namespace Guild.PowerShell.Charts;

/// <summary>What tells series apart: escape sequences for their colours where there are colours, and marks.</summary>
/// <param name="Colours">What starts each colour, in the order in which series take them; none where nothing is coloured.</param>
/// <param name="Reset">What ends a colour.</param>
internal sealed record ChartPalette(IReadOnlyList<string> Colours, string Reset)
{
    private const string Marks = "*+ox#@%&";

    /// <summary>No colours.</summary>
    public static ChartPalette Plain { get; } = new([], "");

    /// <summary>True if there are colours.</summary>
    public bool HasColours => Colours.Count > 0;

    /// <summary>What starts the colour of a series; "" for none, and where <paramref name="series"/> is below 0.</summary>
    public string Start(int series) => series < 0 || !HasColours ? "" : Colours[series % Colours.Count];

    /// <summary>What ends the colour of a series.</summary>
    public string End(int series) => series < 0 || !HasColours ? "" : Reset;

    /// <summary>A text in the colour of a series.</summary>
    public string Coloured(string text, int series) => Start(series) + text + End(series);

    /// <summary>The mark of a series.</summary>
    public static char Mark(int series) => Marks[series % Marks.Length];

    /// <summary>The letter of a series: a, b, c.</summary>
    public static char Letter(int series) => (char)('a' + series % 26);
}
