using Guild.Engine.Imports;

namespace Guild.Engine.Drafts;

/// <summary>A Guild file for a folder that has none: one model with an operation for each script that is made to be run.</summary>
public sealed record GuildFileDraft
{
    /// <summary>The absolute path that the file is meant for.</summary>
    public required string Path { get; init; }

    /// <summary>The name of the model.</summary>
    public required string ModelName { get; init; }

    /// <summary>The operations, in the order of the file.</summary>
    public required IReadOnlyList<DraftOperation> Operations { get; init; }

    /// <summary>The file's text.</summary>
    public string Text => new DraftText(this).Write();

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <param name="existing">What becomes of a file that is there already.</param>
    /// <exception cref="GuildFileExistsException">There is one, and it is to be kept.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be written.</exception>
    public void Write(ExistingGuildFile existing) => DraftFile.Write(Path, Text, existing);
}

/// <summary>What becomes of a Guild file that is there already when another is written.</summary>
public enum ExistingGuildFile
{
    /// <summary>It stays, and nothing is written.</summary>
    Kept,

    /// <summary>It is replaced.</summary>
    Replaced,
}

/// <summary>An operation that runs a script.</summary>
/// <param name="Name">The operation's name.</param>
/// <param name="FileName">The name of the script.</param>
/// <param name="Main">What the operation runs, as <c>main</c> has it.</param>
/// <param name="Reading">What the script says of itself and of its flags.</param>
public sealed record DraftOperation(string Name, string FileName, string Main, ScriptReading Reading);
