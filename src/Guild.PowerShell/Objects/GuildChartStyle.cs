namespace Guild.PowerShell;

/// <summary>What charts are drawn with.</summary>
public enum GuildChartStyle
{
    /// <summary>Fine lines of Braille dots, two by four a character.</summary>
    Braille,

    /// <summary>Lines of squares, two by two a character, for fonts that show Braille badly.</summary>
    Block,

    /// <summary>A mark a character, for terminals and files that have no Unicode.</summary>
    Ascii,
}
