namespace Guild.PowerShell.Completion;

/// <summary>A word that can be typed.</summary>
/// <param name="Word">The word, without quotes.</param>
/// <param name="Tip">A line that explains it, or <c>""</c>.</param>
/// <param name="Shown">What a menu shows, or null for the word.</param>
internal sealed record Offer(string Word, string Tip, string? Shown = null);
