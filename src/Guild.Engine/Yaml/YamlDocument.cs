using Guild.Engine.GuildFiles;

namespace Guild.Engine.Yaml;

/// <summary>How large a document may be, so that hostile files are refused in little time and memory.</summary>
/// <param name="Depth">How deep collections may be nested.</param>
/// <param name="Nodes">How many nodes there may be when every alias is written out.</param>
internal sealed record YamlLimits(int Depth = 200, int Nodes = 1_000_000)
{
    /// <summary>The limits of Guild files and run attributes.</summary>
    public static YamlLimits Default { get; } = new();

    /// <summary>The most bytes that a file may have.</summary>
    public const int FileBytes = 16 * 1024 * 1024;
}

/// <summary>What is wrong with a document.</summary>
internal enum YamlProblemKind
{
    /// <summary>It is not YAML.</summary>
    Syntax,

    /// <summary>Its bytes are not text.</summary>
    Encoding,

    /// <summary>It is larger or deeper than the limits.</summary>
    TooLarge,

    /// <summary>A mapping has a key twice; the last value counts.</summary>
    DuplicateKey,

    /// <summary>A tag that is unknown or does not fit its value.</summary>
    Tag,
}

/// <summary>Something wrong with a document.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Position">Where.</param>
/// <param name="Message">What was found, and what to do about it.</param>
internal sealed record YamlProblem(YamlProblemKind Kind, TextPosition Position, string Message);

/// <summary>A document as it was read.</summary>
/// <param name="Root">The root node; null for an empty document, and for one that could not be read to its end.</param>
/// <param name="Problems">What is wrong with it, as found.</param>
internal sealed record YamlDocument(YamlNode? Root, IReadOnlyList<YamlProblem> Problems);
