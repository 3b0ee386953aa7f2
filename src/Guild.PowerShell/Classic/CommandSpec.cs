namespace Guild.PowerShell.Classic;

/// <summary>
/// The declaration of a command: what it is called, what it takes and what it becomes. The parser and the help both read it.
/// </summary>
internal sealed record CommandSpec
{
    /// <summary>The name and its synonyms, the main one first.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>One sentence for the list of commands, and the first line of its own help.</summary>
    public required string Summary { get; init; }

    /// <summary>More paragraphs for its own help.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>Its options, in the order of help.</summary>
    public IReadOnlyList<OptionSpec> Options { get; init; } = [];

    /// <summary>Its arguments, in order; only the last may take many.</summary>
    public IReadOnlyList<ArgumentSpec> Arguments { get; init; } = [];

    /// <summary>What the last argument may name instead, where commands of early versions of Guild took it so; null where there is no such thing.</summary>
    public WordKind? LastWord { get; init; }

    /// <summary>The commands below this one.</summary>
    public IReadOnlyList<CommandSpec> Commands { get; init; } = [];

    /// <summary>The command below this one that runs when none is named; null where there is none.</summary>
    public CommandSpec? Default { get; init; }

    /// <summary>
    /// What to use instead, such as <c>use pip</c>, where Guild has the command and this version has not; empty if there is nothing to advise; null where the
    /// command is here.
    /// </summary>
    public string? Instead { get; init; }

    /// <summary>Makes the command that the caller carries out. Throws <see cref="ClassicUsageException"/> for words that do not go together.</summary>
    public Func<ParsedWords, ClassicCommand>? Read { get; init; }

    /// <summary>The main name.</summary>
    public string Name => Names[0];

    /// <summary>Finds a command below this one by any of its names; null if there is none.</summary>
    /// <param name="name">The word that was typed.</param>
    public CommandSpec? Find(string name) => Commands.FirstOrDefault(c => c.Names.Contains(name, StringComparer.Ordinal));
}
