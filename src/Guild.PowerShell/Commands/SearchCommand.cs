using System.Collections;
using System.Management.Automation;
using Guild.Engine;
using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Search.Batches;
using Guild.PowerShell.Completion;

namespace Guild.PowerShell.Commands;

/// <summary>The base of cmdlets that can try an operation with many values of its flags: what chooses the trials, and how they are run.</summary>
public abstract class SearchCommand : GuildCommand
{
    /// <summary>What chooses the trials: one of the operation's optimizers, a built-in one such as random or tpe, or an operation that does it.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(OptimizerCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Optimizer { get; set; }

    /// <summary>Searches with the operation's default optimizer, or with gp if it has none.</summary>
    [Parameter]
    public SwitchParameter Optimize { get; set; }

    /// <summary>The scalar that is made as small as it can be.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ScalarCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Minimize { get; set; }

    /// <summary>The scalar that is made as large as it can be.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ScalarCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Maximize { get; set; }

    /// <summary>How many trials there are at most.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? MaxTrials { get; set; }

    /// <summary>How long all of it may take: seconds, or a time span. What runs then is terminated.</summary>
    [Parameter]
    [NumbersAreSeconds]
    [TimeLimit]
    public TimeSpan Timeout { get; set; } = TimeSpan.MaxValue;

    /// <summary>How long each trial may take: seconds, or a time span. Then it is terminated, and counts with what it came to.</summary>
    [Parameter]
    [NumbersAreSeconds]
    [TimeLimit]
    public TimeSpan TrialTimeout { get; set; } = TimeSpan.MaxValue;

    /// <summary>The seed of all that is random in the search: with the same one, random searches and samples of a grid are the same.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? RandomSeed { get; set; }

    /// <summary>How many trials run at the same time; one a processor, or one a GPU of -Gpu, if left out.</summary>
    [Parameter]
    [ValidateRange(1, 1024)]
    public int? ThrottleLimit { get; set; }

    /// <summary>The GPUs that the program sees, as in 0,1; trials share them out, one each. An empty list shows none.</summary>
    [Parameter]
    [ValidateNotNull]
    [AllowEmptyCollection]
    public string[]? Gpu { get; set; }

    /// <summary>How many of the GPUs each trial has for itself.</summary>
    [Parameter]
    [ValidateRange(1, 1024)]
    public int GpuPerTrial { get; set; } = 1;

    /// <summary>Makes the trials and leaves them staged; Start-GuildRun starts them.</summary>
    [Parameter]
    public SwitchParameter StageTrial { get; set; }

    /// <summary>Ends the batch when a trial fails.</summary>
    [Parameter]
    public SwitchParameter StopOnError { get; set; }

    /// <summary>Ends the batch when more trials than this have failed.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? MaxFailure { get; set; }

    /// <summary>How trials that do badly are ended before their time.</summary>
    [Parameter]
    public GuildEarlyStop EarlyStop { get; set; }

    /// <summary>The label of the batch itself.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LabelCompleter))]
    [ValidateNotNull]
    public string? BatchLabel { get; set; }

    /// <summary>Tags of the batch itself.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TagCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? BatchTag { get; set; }

    /// <summary>A comment on the batch itself.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? BatchComment { get; set; }

    /// <summary>The devices that are asked for; null to leave them alone.</summary>
    private protected string? Devices => Gpu is null ? null : string.Join(',', Gpu.Select(g => g.Trim()));

    /// <summary>How long a run that is no batch may take; null for no limit.</summary>
    private protected TimeSpan? RunTimeout => Least(Limit(Timeout), Limit(TrialTimeout));

    /// <summary>What is asked for beside flags.</summary>
    /// <param name="optimizerFlags">Flags of the optimizer.</param>
    /// <param name="rows">Trials that were given one by one.</param>
    private protected SearchRequest Search(IDictionary? optimizerFlags, IReadOnlyList<Trial> rows) => new()
    {
        Optimizer = Optimizer,
        UsesDefaultOptimizer = Optimize,
        OptimizerFlags = [.. FlagInputs.OfTable(optimizerFlags)],
        Objective = Objective(),
        MaxTrials = MaxTrials,
        Timeout = Limit(Timeout),
        TrialTimeout = Limit(TrialTimeout),
        RandomSeed = RandomSeed,
        ThrottleLimit = ThrottleLimit,
        GpusPerTrial = GpuPerTrial,
        StagesTrials = StageTrial,
        StopsOnError = StopOnError,
        MaxFailures = MaxFailure,
        EarlyStop = Enum.Parse<EarlyStopRule>(EarlyStop.ToString()),
        BatchLabel = BatchLabel,
        BatchTags = BatchTag ?? [],
        BatchComment = BatchComment,
        KeepsBatch = true,
        Rows = rows,
    };

    private ObjectiveDefinition? Objective() => (Minimize, Maximize) switch
    {
        (null, null) => null,
        ({ } least, null) => new ObjectiveDefinition(least, IsMaximized: false),
        (null, { } most) => new ObjectiveDefinition(most, IsMaximized: true),
        _ => throw new RequestException("-Minimize and -Maximize cannot both be given: a search has one objective.", Maximize, "Leave one of them out."),
    };

    private static TimeSpan? Limit(TimeSpan given) => given == TimeSpan.MaxValue ? null : given;

    private static TimeSpan? Least(TimeSpan? one, TimeSpan? other) => one is null || other < one ? other ?? one : one;
}
