namespace Guild.Engine.Resources.Archives;

/// <summary>An archive cannot be unpacked. Whoever asked for it adds which archive that is, and for what.</summary>
/// <param name="message">What is wrong, as the end of a sentence that begins with the entry or the archive.</param>
/// <param name="entry">The name of the entry, or null for the archive as a whole.</param>
/// <param name="advice">What the user can do, or null.</param>
/// <param name="inner">The cause, or null.</param>
internal sealed class ArchiveException(string message, string? entry = null, string? advice = null, Exception? inner = null)
    : Exception(message, inner)
{
    public string? Entry { get; } = entry;

    public string? Advice { get; } = advice;

    /// <summary>The whole of it, to follow the archive's path and a colon.</summary>
    public string Detail => Entry is null ? Message : $"its entry '{Entry.ReplaceLineEndings("?").Replace('\0', '?')}' {Message}";
}
