using Guild.Engine.GuildFiles;
using Guild.Engine.Text;

namespace Guild.Engine.Flags;

/// <summary>The parts of a value that is split into several arguments (<c>arg-split</c>).</summary>
internal static class FlagParts
{
    /// <summary>The parts, by the flag's separator or as the words of a shell.</summary>
    /// <exception cref="FormatException">A quotation is not closed.</exception>
    public static IReadOnlyList<string> Split(FlagDefinition flag, string text) => string.IsNullOrEmpty(flag.ArgSeparator)
        ? ShellWords.Split(text)
        : text.Split(flag.ArgSeparator, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The values as one text that <see cref="Split"/> takes apart again.</summary>
    public static string Join(FlagDefinition? flag, IEnumerable<object?> values)
    {
        var texts = values.Select(FlagGrammar.Encode);
        return string.IsNullOrEmpty(flag?.ArgSeparator) ? ShellWords.Join(texts) : string.Join(flag.ArgSeparator, texts);
    }
}
