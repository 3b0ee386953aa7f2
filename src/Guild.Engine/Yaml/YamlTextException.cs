using Guild.Engine.GuildFiles;

namespace Guild.Engine.Yaml;

/// <summary>A text that is not the YAML of one value. The message says where and why.</summary>
public sealed class YamlTextException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="position">Where in the text.</param>
    /// <param name="message">What was found there.</param>
    public YamlTextException(TextPosition position, string message)
        : base($"Line {position.Line}, column {position.Column}: {message}")
    {
        Position = position;
    }

    /// <summary>Where in the text.</summary>
    public TextPosition Position { get; }
}
