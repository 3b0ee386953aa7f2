using Guild.Engine.GuildFiles;
using Guild.Engine.Runs;

namespace Guild.Engine.Resources;

/// <summary>What resources are resolved with: the project, the home, the flags, and who is told.</summary>
public sealed record ResourceContext
{
    /// <summary>The home, whose runs are the inputs of other runs.</summary>
    public required RunStore Runs { get; init; }

    /// <summary>The absolute path of the project's folder.</summary>
    public required string ProjectDirectory { get; init; }

    /// <summary>The installed package whose operation is run, or null: then runs of the package are its own, and not those of a folder.</summary>
    public string? PackageName { get; init; }

    /// <summary>The absolute path of the user's current folder, from which paths that the user gave start.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The name of the operation's model; <c>""</c> for the anonymous one.</summary>
    public string ModelName { get; init; } = "";

    /// <summary>The values of the flags, which definitions refer to as <c>${flag}</c> and configuration files are rewritten with.</summary>
    public IReadOnlyDictionary<string, object?> Flags { get; init; } = new Dictionary<string, object?>();

    /// <summary>The secret flags, which definitions cannot refer to: name to environment variable.</summary>
    public IReadOnlyDictionary<string, string> SecretVariables { get; init; } = new Dictionary<string, string>();

    /// <summary>The operation's flags, which say under which names values go into configuration files.</summary>
    public IReadOnlyList<FlagDefinition> FlagDefinitions { get; init; } = [];

    /// <summary>The resources of the project that can be put in place of a required one, by the names <c>RES</c> and <c>MODEL:RES</c>.</summary>
    public IReadOnlyDictionary<string, ResourceDefinition> ProjectResources { get; init; } = new Dictionary<string, ResourceDefinition>();

    /// <summary>
    /// Looks for a Python module: null if it is there, else what is wrong, as the end of a sentence. Null itself if there is no
    /// Python to ask.
    /// </summary>
    public Func<string, CancellationToken, string?>? FindModule { get; init; }

    /// <summary>The only runs whose files are taken, such as those of one pipeline; null for all.</summary>
    public IReadOnlyCollection<string>? AmongRuns { get; init; }

    /// <summary>Those of <see cref="AmongRuns"/> that were read already, by their ids, so that they are not read for each resource again; null for none.</summary>
    internal IReadOnlyDictionary<string, Run>? KnownRuns { get; init; }

    /// <summary>How much may come out of an archive.</summary>
    public UnpackLimits UnpackLimits { get; init; } = new();

    /// <summary>The hashes of files that were read before; shared by the trials of a batch.</summary>
    public FingerprintCache Fingerprints { get; init; } = new();

    /// <summary>The environment, whose variables say which proxy leads to the web.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>How patient downloads are.</summary>
    public DownloadSettings Downloads { get; init; } = DownloadSettings.Default;

    /// <summary>Where progress, details and warnings are reported.</summary>
    public IEventSink Events { get; init; } = NullEventSink.Instance;
}
