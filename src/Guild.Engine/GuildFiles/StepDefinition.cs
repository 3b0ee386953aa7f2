using Guild.Engine.Flags;

namespace Guild.Engine.GuildFiles;

/// <summary>A step of a pipeline: an operation to run, and how.</summary>
public sealed record StepDefinition
{
    /// <summary>The command line as it is written, such as <c>train lr=0.1 --needed</c>.</summary>
    public required string Run { get; init; }

    /// <summary>The operation as it is written; without a model it is one of the pipeline's own model.</summary>
    public required string Operation { get; init; }

    /// <summary>The name of the step, under which its run is found in the pipeline's; the operation as it is written if the file gives none.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Flags of the operation, each once. Those of the command line are text, to be read by the flag's type; those of <c>flags</c> are values.
    /// Both may refer to flags of the pipeline as <c>${flag}</c>.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, FlagInput>> Flags { get; init; } = [];

    /// <summary>Files with flag values of trials (<c>@trials.csv</c>), without the <c>@</c>.</summary>
    public IReadOnlyList<string> TrialFiles { get; init; } = [];

    /// <summary>What must hold after the step.</summary>
    public IReadOnlyList<StepCheck> Checks { get; init; } = [];

    /// <summary>True if required runs of operations are taken from the same run of the pipeline only.</summary>
    public bool IsIsolated { get; init; } = true;

    /// <summary>True if a run with the same flags that is completed already is not made again.</summary>
    public bool IsNeededOnly { get; init; }

    /// <summary>The label of the run, or null for the pipeline's.</summary>
    public string? Label { get; init; }

    /// <summary>Tags of the run; none means the pipeline's.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>True if flags that the operation does not declare are passed on.</summary>
    public bool ForcesFlags { get; init; }

    /// <summary>True if the source code of the project is used where another is recorded.</summary>
    public bool ForcesSourceCode { get; init; }

    /// <summary>The GPUs that the run sees, <c>""</c> for none, or null to leave it.</summary>
    public string? Gpus { get; init; }

    /// <summary>After how many minutes the run is stopped, or null.</summary>
    public double? StopAfterMinutes { get; init; }

    /// <summary>Where the run is to run, or null for this machine.</summary>
    public string? Remote { get; init; }

    /// <summary>How the step is searched, if it is a batch of trials.</summary>
    public StepSearch Search { get; init; } = new();

    /// <summary>The step as the file has it, text or a mapping, with what its flags include in place: what the record of a run keeps.</summary>
    public object? Written { get; init; }

    /// <summary>Where the step begins.</summary>
    public TextPosition Position { get; init; }
}

/// <summary>How a step makes several trials.</summary>
public sealed record StepSearch
{
    /// <summary>The optimizer, or null.</summary>
    public string? Optimizer { get; init; }

    /// <summary>True if the operation's default optimizer is used.</summary>
    public bool UsesDefaultOptimizer { get; init; }

    /// <summary>Flags of the optimizer.</summary>
    public IReadOnlyList<KeyValuePair<string, FlagInput>> OptimizerFlags { get; init; } = [];

    /// <summary>What is minimized or maximized, or null for the operation's objective.</summary>
    public ObjectiveDefinition? Objective { get; init; }

    /// <summary>How many trials there are at most, or null.</summary>
    public long? MaxTrials { get; init; }

    /// <summary>What random choices begin with, or null.</summary>
    public long? RandomSeed { get; init; }

    /// <summary>The label of the batch, or null.</summary>
    public string? BatchLabel { get; init; }

    /// <summary>Tags of the batch.</summary>
    public IReadOnlyList<string> BatchTags { get; init; } = [];

    /// <summary>True if the batch ends with the first trial that fails.</summary>
    public bool FailsOnTrialError { get; init; }
}

/// <summary>Something that must hold after a step. It looks at files of the run, or at its output.</summary>
public sealed record StepCheck
{
    /// <summary>Files of the run, as a glob, of which there must be one; null for a check of the output.</summary>
    public string? File { get; init; }

    /// <summary>A file, relative to the run, that each of the files must equal; null for any content.</summary>
    public string? CompareTo { get; init; }

    /// <summary>A regular expression of Python that must be found in each of the files, or null.</summary>
    public string? Contains { get; init; }

    /// <summary>A regular expression of Python that must be found in the output; null for a check of files.</summary>
    public string? Output { get; init; }

    /// <summary>Where the check begins.</summary>
    public TextPosition Position { get; init; }
}
