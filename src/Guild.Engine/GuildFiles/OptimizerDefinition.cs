namespace Guild.Engine.GuildFiles;

/// <summary>An optimizer of an operation: what chooses the flag values of its trials.</summary>
public sealed record OptimizerDefinition
{
    /// <summary>The name by which it is asked for.</summary>
    public required string Name { get; init; }

    /// <summary>The algorithm, such as <c>gp</c>, or an operation that does the search.</summary>
    public required string Algorithm { get; init; }

    /// <summary>True for the optimizer that is meant when none is named. The only optimizer of an operation is its default.</summary>
    public bool IsDefault { get; init; }

    /// <summary>Flags of the algorithm: name to value.</summary>
    public IReadOnlyDictionary<string, object?> Flags { get; init; } = new Dictionary<string, object?>();

    /// <summary>Where the definition begins.</summary>
    public TextPosition Position { get; init; }
}

/// <summary>What a search makes as small or as large as it can.</summary>
/// <param name="Column">The scalar, or another column of a comparison, such as <c>loss</c>.</param>
/// <param name="IsMaximized">True if large values are better.</param>
public sealed record ObjectiveDefinition(string Column, bool IsMaximized)
{
    /// <summary>The objective as the Guild file has it in its short form: the column, with <c>-</c> before it if it is maximized.</summary>
    public override string ToString() => IsMaximized ? "-" + Column : Column;
}
