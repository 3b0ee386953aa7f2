using Guild.Engine.Flags;
using Guild.Engine.Imports;
using Guild.Engine.Pipelines;
using Guild.Engine.Search.Batches;

namespace Guild.Engine.Operations;

/// <summary>What a user asks for: an operation with flags and resources, and how its run is to be kept.</summary>
public sealed record RunRequest
{
    /// <summary>The project.</summary>
    public required Project Project { get; init; }

    /// <summary>The operation's name; empty for the default operation.</summary>
    public required string Operation { get; init; }

    /// <summary>The operation with its imported flags, if whoever asks has just imported them; null to import them.</summary>
    public ImportedOperation? Imported { get; init; }

    /// <summary>
    /// Flags by name, in the order they were given. A name that no flag has, but a required resource, names that resource's value.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, FlagInput>> Flags { get; init; } = [];

    /// <summary>
    /// Absolute paths of files with flag values of trials, as <see cref="TrialFile"/> reads them. The values of a single trial are taken where
    /// <see cref="Flags"/> has none.
    /// </summary>
    public IReadOnlyList<string> TrialFiles { get; init; } = [];

    /// <summary>Values of required resources by name: a path, a run, or another resource of the project.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Resources { get; init; } = [];

    /// <summary>The label, or null for the operation's template or the default label.</summary>
    public string? Label { get; init; }

    /// <summary>Tags beside those of the operation.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>A comment to record, or null.</summary>
    public string? Comment { get; init; }

    /// <summary>An absolute path that the run is made in instead of the home, or null.</summary>
    public string? RunDirectory { get; init; }

    /// <summary>True if flags that the operation does not declare, or values that it does not allow, are passed on.</summary>
    public bool ForcesFlags { get; init; }

    /// <summary>True if the run, or each trial of a batch, stays where it is when it ends well, though its operation has <c>delete-on-success</c>.</summary>
    public bool KeepsRun { get; init; }

    /// <summary>What <c>CUDA_VISIBLE_DEVICES</c> is set to, or null to leave it. The trials of a batch share these devices out among themselves.</summary>
    public string? Gpus { get; init; }

    /// <summary>How the steps are carried out, if the operation is a pipeline.</summary>
    public PipelineOptions Pipeline { get; init; } = PipelineOptions.Default;

    /// <summary>The full id of the pipeline's run of which this one is a step, as its program finds it in <c>GUILD_RUNS_PARENT</c>; null for none.</summary>
    public string? ParentRunId { get; init; }

    /// <summary>The only runs that files of other operations are taken from, such as those of one pipeline; null for all.</summary>
    public IReadOnlyCollection<string>? AmongRuns { get; init; }

    /// <summary>Runs that were read already, by their ids; null for none.</summary>
    internal IReadOnlyDictionary<string, Runs.Run>? KnownRuns { get; init; }

    /// <summary>The flags, if whoever asks has just given them their values; null to do so.</summary>
    internal BoundRequest? Bound { get; init; }

    /// <summary>The user's configuration, if it was read already; null to read it.</summary>
    internal UserConfiguration? Configuration { get; init; }

    /// <summary>The id that the run is to have, such as one that a link leads to already; null for a new one.</summary>
    internal string? RunId { get; init; }

    /// <summary>What is asked for beside flags if the operation is to be run as a batch; null if nothing is.</summary>
    public SearchRequest? Search { get; init; }
}
