namespace Guild.Engine.Search;

/// <summary>An algorithm that chooses the flags of trials.</summary>
public sealed record OptimizerAlgorithm
{
    /// <summary>The name by which it is asked for, such as <c>gp</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it does, in one sentence.</summary>
    public required string Description { get; init; }

    /// <summary>Other names that mean the same.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>How many trials there are if nobody says it; null for as many as there are combinations.</summary>
    public int? DefaultMaxTrials { get; init; }

    /// <summary>True if it learns from how trials ended, so that a trial is only known when earlier ones have ended.</summary>
    public bool IsSequential { get; init; }

    /// <summary>What can be set.</summary>
    public IReadOnlyList<OptimizerOption> Options { get; init; } = [];

    internal Func<SearchSpace, OptimizerSettings, IOptimizer> Create { get; init; } = (_, _) => throw new NotSupportedException();
}

/// <summary>Something that can be set of an optimizer.</summary>
public sealed record OptimizerOption
{
    /// <summary>The name, such as <c>random-starts</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it means, in one sentence.</summary>
    public required string Description { get; init; }

    /// <summary>The value if none is given.</summary>
    public object? Default { get; init; }

    /// <summary>The values to choose from; empty if any value of the kind goes.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The least number that it can be; null if it is not a number.</summary>
    public double? Minimum { get; init; }
}
