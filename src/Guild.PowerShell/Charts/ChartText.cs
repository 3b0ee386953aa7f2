namespace Guild.PowerShell.Charts;

/// <summary>Texts of others in a chart.</summary>
internal static class ChartText
{
    /// <summary>A text without what would move the cursor or change colours: labels and names come from wherever a run came from.</summary>
    public static string Printable(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = char.IsControl(source[i]) ? ' ' : source[i];
        }
    });

    /// <summary>A text that is cut where it is longer than there is room.</summary>
    public static string Fitted(string text, int width, string ellipsis)
    {
        if (text.Length <= width)
        {
            return text;
        }

        var kept = Math.Max(width - ellipsis.Length, 0);
        kept = kept > 0 && char.IsHighSurrogate(text[kept - 1]) ? kept - 1 : kept;
        return text[..kept] + ellipsis;
    }
}
