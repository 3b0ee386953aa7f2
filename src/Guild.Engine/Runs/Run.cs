using Guild.Engine.Scalars;

namespace Guild.Engine.Runs;

/// <summary>A comment on a run.</summary>
/// <param name="Body">What was said.</param>
/// <param name="User">Who said it; <c>""</c> if unknown.</param>
/// <param name="Host">On which host; <c>""</c> if unknown.</param>
/// <param name="Time">When, in UTC, or null if unknown.</param>
public sealed record RunComment(string Body, string User, string Host, DateTimeOffset? Time);

/// <summary>
/// A run as its record said when it was read. It does not change; only <see cref="Scalars"/> are read when first asked for.
/// What could not be read is left out and named in <see cref="Problems"/>.
/// </summary>
public sealed record Run
{
    private static readonly IReadOnlyDictionary<string, object?> NoValues = new Dictionary<string, object?>();

    private readonly Lazy<IReadOnlyDictionary<string, ScalarSummary>> _scalars;

    /// <summary>Names a run; its scalars are read from the directory.</summary>
    public Run(RunDirectory directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        Directory = directory;
        _scalars = new(() => RunScalars.Summarize(directory.Path));
    }

    /// <summary>Where the run's record and files are.</summary>
    public RunDirectory Directory { get; }

    /// <summary>The id: 32 hexadecimal characters, unless someone renamed the folder.</summary>
    public string Id => Directory.Id;

    /// <summary>The first eight characters of the id.</summary>
    public string ShortId => RunId.Short(Id);

    /// <summary>What the run is a run of, as its record keeps it.</summary>
    public required OpRef OpRef { get; init; }

    /// <summary>The model's name; <c>""</c> for the anonymous model.</summary>
    public string ModelName => OpRef.ModelName;

    /// <summary>The operation's own name.</summary>
    public string OperationName => OpRef.OperationName;

    /// <summary>
    /// The operation as people know it: <c>mlp:train</c>, <c>PACKAGE/mlp:train</c>, and for a batch the operation of its trials
    /// first: <c>mlp:train+</c>, <c>mlp:train+skopt:random</c>.
    /// </summary>
    public required string FullName { get; init; }

    /// <summary>The name of the package that the operation comes from, or null if it comes from no package.</summary>
    public string? PackageName => OpRef.PackageType == OpRef.InstalledType ? OpRef.PackageName : null;

    /// <summary>The folder of the project, as an absolute path, or null if the operation comes from no folder.</summary>
    public string? ProjectPath { get; init; }

    /// <summary>Where the run was in its life when it was read.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Why the status is what it is, as a sentence, where the exit code does not say it; else null.</summary>
    public string? StatusReason { get; init; }

    /// <summary>When the record was begun, in UTC; null if unknown.</summary>
    public DateTimeOffset? Initialized { get; init; }

    /// <summary>When the run was started or staged, in UTC; null if it was not, or unknown.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When the run ended, in UTC; null if it did not, or unknown.</summary>
    public DateTimeOffset? Stopped { get; init; }

    /// <summary>The exit code of the program, or a signal as a negative number; null if it has not ended.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The flags with their values.</summary>
    public IReadOnlyDictionary<string, object?> Flags { get; init; } = NoValues;

    /// <summary>The names of the secret flags that the run was given. Their values are null among the flags, and nowhere in the record.</summary>
    public IReadOnlyList<string> SecretFlags { get; init; } = [];

    /// <summary>The label, or null if there is none.</summary>
    public string? Label { get; init; }

    /// <summary>The tags, in the order in which they were given.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>True if the run is marked: operations that need a run of its operation then take this one.</summary>
    public bool IsMarked { get; init; }

    /// <summary>The comments, oldest first.</summary>
    public IReadOnlyList<RunComment> Comments { get; init; } = [];

    /// <summary>The command line of the program, one word an item.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>The digest of the run's source snapshot, or null if there is none.</summary>
    public string? SourceCodeDigest { get; init; }

    /// <summary>True if the run starts other runs as its trials.</summary>
    public bool IsBatch { get; init; }

    /// <summary>For a batch, the flags that its trials are made from, with lists and search spaces; else empty.</summary>
    public IReadOnlyDictionary<string, object?> ProtoFlags { get; init; } = NoValues;

    /// <summary>
    /// The scalars by name, in the order of their folders and tags. Read from the run's event files when first asked for; never raises.
    /// </summary>
    public IReadOnlyDictionary<string, ScalarSummary> Scalars => _scalars.Value;

    /// <summary>What was noted while the run was recorded, such as output that came too late; one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What of the record could not be read, one sentence each.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}
