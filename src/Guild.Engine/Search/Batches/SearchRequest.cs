using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;

namespace Guild.Engine.Search.Batches;

/// <summary>What a user asks for beside flags when an operation is to be run as a batch of trials. All of it can be left out.</summary>
public sealed record SearchRequest
{
    /// <summary>The optimizer: one of the operation's own, a built-in algorithm such as <c>random</c>, or an operation; null for what the flags imply.</summary>
    public string? Optimizer { get; init; }

    /// <summary>True to search with the operation's default optimizer, or the built-in one if it has none.</summary>
    public bool UsesDefaultOptimizer { get; init; }

    /// <summary>Flags of the optimizer, in the order they were given.</summary>
    public IReadOnlyList<KeyValuePair<string, FlagInput>> OptimizerFlags { get; init; } = [];

    /// <summary>What is made as small or as large as it can be; null for the operation's own objective.</summary>
    public ObjectiveDefinition? Objective { get; init; }

    /// <summary>How many trials there are at most; null for as many as the optimizer has by default.</summary>
    public long? MaxTrials { get; init; }

    /// <summary>How long the whole search may take. Then no trial is started any more, those that run are terminated, and the batch ends; null for no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How long a trial may take before it is terminated; it counts as done. Null for no limit.</summary>
    public TimeSpan? TrialTimeout { get; init; }

    /// <summary>The seed of all that is random in the search; null for a new one.</summary>
    public long? RandomSeed { get; init; }

    /// <summary>How many trials run at the same time; null for as many as the machine has processors, or devices were given.</summary>
    public int? ThrottleLimit { get; init; }

    /// <summary>How many of the devices of the request's <c>Gpus</c> each trial has for itself.</summary>
    public int GpusPerTrial { get; init; } = 1;

    /// <summary>True to leave the trials staged instead of running them.</summary>
    public bool StagesTrials { get; init; }

    /// <summary>True to end the batch when a trial fails, with that trial's exit code.</summary>
    public bool StopsOnError { get; init; }

    /// <summary>How many trials may fail before the batch ends; null for any number.</summary>
    public int? MaxFailures { get; init; }

    /// <summary>How trials that do badly are ended before their time.</summary>
    public EarlyStopRule EarlyStop { get; init; }

    /// <summary>The label of the batch itself, or null.</summary>
    public string? BatchLabel { get; init; }

    /// <summary>Tags of the batch itself.</summary>
    public IReadOnlyList<string> BatchTags { get; init; } = [];

    /// <summary>A comment on the batch itself, or null.</summary>
    public string? BatchComment { get; init; }

    /// <summary>True to keep the run of the batch when it ends well; else that of a plain or random batch goes to the trash, and its trials stay.</summary>
    public bool KeepsBatch { get; init; }

    /// <summary>True if trials are counted through in the order in which flags were given; else in the ordinal order of their names. The last one counts fastest.</summary>
    public bool KeepsFlagOrder { get; init; }

    /// <summary>Trials that are given as values rather than by a file; they come behind those of the files.</summary>
    public IReadOnlyList<Trial> Rows { get; init; } = [];
}

/// <summary>How trials that do badly are ended before their time, by the objective at the same step.</summary>
public enum EarlyStopRule
{
    /// <summary>They are not.</summary>
    None,

    /// <summary>A trial is ended whose best value is worse than the median of the other trials' running averages at that step.</summary>
    Median,

    /// <summary>Asynchronous successive halving: at steps 1, 3, 9, 27, … only the best third of the trials goes on.</summary>
    Asha,
}
