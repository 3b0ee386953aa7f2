using Guild.Engine.Flags;
using Guild.Engine.Imports;
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

    /// <summary>What <c>CUDA_VISIBLE_DEVICES</c> is set to, or null to leave it. The trials of a batch share these devices out among themselves.</summary>
    public string? Gpus { get; init; }

    /// <summary>What is asked for beside flags if the operation is to be run as a batch; null if nothing is.</summary>
    public SearchRequest? Search { get; init; }
}
