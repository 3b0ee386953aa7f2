using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;
using Guild.Engine.Runs;

namespace Guild.Engine.Search.Batches;

/// <summary>All that a batch will be, before anything of it is done. Nothing is written and nothing is started to make a plan.</summary>
public sealed record BatchPlan : OperationPlan
{
    /// <summary>The run that trials are made from: its flags have the lists and search spaces.</summary>
    public required RunPlan Prototype { get; init; }

    /// <summary>What was asked for.</summary>
    public required SearchRequest Search { get; init; }

    /// <summary>What chooses the trials.</summary>
    public required BatchOptimizer Optimizer { get; init; }

    /// <summary>
    /// The trials in their order, if they are known before any has run; null for a search that draws or chooses them. Each is made when it is asked for.
    /// </summary>
    public IReadOnlyList<PlannedTrial>? Trials { get; init; }

    /// <summary>How many trials there will be at most.</summary>
    public required long TrialCount { get; init; }

    /// <summary>What is made as small or as large as it can be.</summary>
    public required ObjectiveDefinition Objective { get; init; }

    /// <summary>The limit of trials that is recorded; null if there is none.</summary>
    public long? MaxTrials { get; init; }

    /// <summary>The seed of all that is random.</summary>
    public required long RandomSeed { get; init; }

    /// <summary>How many trials run at the same time.</summary>
    public required int ThrottleLimit { get; init; }

    /// <summary>True if the trials are left staged.</summary>
    public bool StagesTrials => Search.StagesTrials;

    /// <summary>True if the trials were given row by row, each with its own flags.</summary>
    public bool HasRows => Rows.Count > 0;

    /// <summary>The name as runs have it: <c>mlp:train+</c>, <c>mlp:train+skopt:random</c>.</summary>
    public string FullName => Optimizer.OpRef.OperationName.StartsWith('+') ? Prototype.FullName + Optimizer.OpRef.OperationName : $"{Prototype.FullName}+{Optimizer.OpRef.FullName}";

    /// <summary>What the user should know before it starts.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Trials that were given row by row, as they are recorded; empty if there are none.</summary>
    internal IReadOnlyList<IReadOnlyDictionary<string, object?>> Rows { get; init; } = [];

    /// <summary>The order of flags in which trials are counted; the last one counts fastest.</summary>
    internal IReadOnlyList<string> Order { get; init; } = [];
}

/// <summary>One trial of a batch that is to be.</summary>
/// <param name="Number">Its place in the batch, from 1.</param>
/// <param name="Flags">The flags with their values, in ordinal order.</param>
/// <param name="Label">Its label, or null for none.</param>
public sealed record PlannedTrial(long Number, IReadOnlyDictionary<string, object?> Flags, string? Label);

/// <summary>How an optimizer chooses trials.</summary>
public enum OptimizerKind
{
    /// <summary>Every combination of the values that were listed.</summary>
    Grid,

    /// <summary>Values drawn by chance.</summary>
    Random,

    /// <summary>Values chosen by what earlier trials came to.</summary>
    Sequential,

    /// <summary>An operation that makes the trials itself.</summary>
    Operation,
}

/// <summary>What chooses the trials of a batch.</summary>
public sealed record BatchOptimizer
{
    /// <summary>Its name: <c>+</c>, <c>random</c>, <c>gp</c>, <c>tpe</c>, or an operation's.</summary>
    public required string Name { get; init; }

    /// <summary>How it chooses.</summary>
    public required OptimizerKind Kind { get; init; }

    /// <summary>The reference that is written to the run of the batch.</summary>
    public required OpRef OpRef { get; init; }

    /// <summary>Its flags with their values.</summary>
    public IReadOnlyDictionary<string, object?> Flags { get; init; } = new Dictionary<string, object?>();

    /// <summary>Those of the flags that the user gave.</summary>
    public IReadOnlyDictionary<string, object?> UserFlags { get; init; } = new Dictionary<string, object?>();

    /// <summary>The plan of the operation that is the optimizer; null for what is built in.</summary>
    public RunPlan? Operation { get; init; }
}
