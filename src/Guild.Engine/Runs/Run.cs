using Guild.Engine.Scalars;

namespace Guild.Engine.Runs;

/// <summary>A comment on a run.</summary>
/// <param name="Body">What was said.</param>
/// <param name="User">Who said it; <c>""</c> if unknown.</param>
/// <param name="Host">On which host; <c>""</c> if unknown.</param>
/// <param name="Time">When, in UTC, or null if unknown.</param>
public sealed record RunComment(string Body, string User, string Host, DateTimeOffset? Time);

/// <summary>
/// A run as its record said when it was read. It does not change. What is seldom asked for is decoded when it is asked for, and
/// <see cref="Scalars"/> are read from the disk then. What could not be read is left out and named in <see cref="Problems"/>.
/// </summary>
public sealed class Run
{
    private readonly RunContent _content;

    internal Run(RunDirectory directory, RunContent content)
    {
        Directory = directory;
        _content = content;
    }

    internal RunContent Content => _content;

    /// <summary>Where the run's record and files are.</summary>
    public RunDirectory Directory { get; }

    /// <summary>The id: 32 hexadecimal characters, unless someone renamed the folder.</summary>
    public string Id => Directory.Id;

    /// <summary>The first eight characters of the id.</summary>
    public string ShortId => RunId.Short(Id);

    /// <summary>What the run is a run of, as its record keeps it.</summary>
    public OpRef OpRef => _content.Head.OpRef;

    /// <summary>The model's name; <c>""</c> for the anonymous model.</summary>
    public string ModelName => OpRef.ModelName;

    /// <summary>The operation's own name.</summary>
    public string OperationName => OpRef.OperationName;

    /// <summary>
    /// The operation as people know it: <c>mlp:train</c>, <c>PACKAGE/mlp:train</c>, and for a batch the operation of its trials
    /// first: <c>mlp:train+</c>, <c>mlp:train+skopt:random</c>.
    /// </summary>
    public string FullName => _content.Head.FullName;

    /// <summary>The name of the package that the operation comes from, or null if it comes from no package.</summary>
    public string? PackageName => OpRef.PackageType == OpRef.InstalledType ? OpRef.PackageName : null;

    /// <summary>The folder of the project, as an absolute path, or null if the operation comes from no folder.</summary>
    public string? ProjectPath => _content.Head.ProjectPath;

    /// <summary>Where the run was in its life when it was read.</summary>
    public RunStatus Status => _content.Head.Status;

    /// <summary>Why the status is what it is, as a sentence, where the exit code does not say it; else null.</summary>
    public string? StatusReason => _content.Head.StatusReason;

    /// <summary>When the record was begun, in UTC; null if unknown.</summary>
    public DateTimeOffset? Initialized => _content.Head.Initialized;

    /// <summary>When the run was started or staged, in UTC; null if it was not, or unknown.</summary>
    public DateTimeOffset? Started => _content.Head.Started;

    /// <summary>When the run ended, in UTC; null if it did not, or unknown.</summary>
    public DateTimeOffset? Stopped => _content.Head.Stopped;

    /// <summary>How long the run took; null if it has not ended. Where a clock was set back meanwhile, it took no time rather than less than none.</summary>
    public TimeSpan? Duration => Between(Started, Stopped);

    internal static TimeSpan? Between(DateTimeOffset? start, DateTimeOffset? end) => end - start is { } time ? (time < TimeSpan.Zero ? TimeSpan.Zero : time) : null;

    /// <summary>The exit code of the program, or a signal as a negative number; null if it has not ended.</summary>
    public int? ExitCode => _content.Head.ExitCode;

    /// <summary>The flags with their values.</summary>
    public IReadOnlyDictionary<string, object?> Flags => _content.Details.Flags;

    /// <summary>The names of the secret flags that the run was given. Their values are null among the flags, and nowhere in the record.</summary>
    public IReadOnlyList<string> SecretFlags => _content.Details.SecretFlags;

    /// <summary>The label, or null if there is none.</summary>
    public string? Label => _content.Head.Label;

    /// <summary>The tags, in the order in which they were given.</summary>
    public IReadOnlyList<string> Tags => _content.Details.Tags;

    /// <summary>True if the run is marked: operations that need a run of its operation then take this one.</summary>
    public bool IsMarked => _content.Head.IsMarked;

    /// <summary>The comments, oldest first.</summary>
    public IReadOnlyList<RunComment> Comments => _content.Details.Comments;

    /// <summary>The command line of the program, one word an item.</summary>
    public IReadOnlyList<string> Command => _content.Details.Command;

    /// <summary>The digest of the run's source snapshot, or null if there is none.</summary>
    public string? SourceCodeDigest => _content.Details.SourceCodeDigest;

    /// <summary>True if the run starts other runs as its trials.</summary>
    public bool IsBatch => _content.Head.IsBatch;

    /// <summary>For a batch, the flags that its trials are made from, with lists and search spaces; else empty.</summary>
    public IReadOnlyDictionary<string, object?> ProtoFlags => _content.Details.ProtoFlags;

    /// <summary>
    /// The scalars by name, in the order of their folders and tags. Read from the run's event files when first asked for; never raises.
    /// </summary>
    public IReadOnlyDictionary<string, ScalarSummary> Scalars => _content.Scalars;

    /// <summary>The last value of each scalar by name, in the same order as <see cref="Scalars"/>.</summary>
    public IReadOnlyDictionary<string, double> LastValues => _content.LastValues;

    /// <summary>What was noted while the run was recorded, such as output that came too late; one sentence each.</summary>
    public IReadOnlyList<string> Notes => _content.Details.Notes;

    /// <summary>What of the record could not be read, one sentence each.</summary>
    public IReadOnlyList<string> Problems => _content.Details.Problems;
}
