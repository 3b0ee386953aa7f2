using System.Globalization;

namespace Guild.PowerShell.Classic;

/// <summary>The options of <c>run</c> and <c>train</c> that are about trials.</summary>
internal static class SearchWords
{
    // Timers count milliseconds in 32 bits: 49 days.
    private const double MostMinutes = 60 * 24 * 49;

    private static readonly OptionSpec Optimizer = OptionSpec.Value("ALGORITHM", "Search with this optimizer: one of the operation, a built-in one such as random, gp or tpe, or an operation.", "-o", "--optimizer") with { Word = WordKind.Optimizer };
    private static readonly OptionSpec Optimize = OptionSpec.Switch("Search with the default optimizer of the operation.", "-O", "--optimize");
    private static readonly OptionSpec Minimize = OptionSpec.Value("COLUMN", "Make this scalar as small as it can be.", "-N", "--minimize") with { Word = WordKind.Scalar };
    private static readonly OptionSpec Maximize = OptionSpec.Value("COLUMN", "Make this scalar as large as it can be.", "-X", "--maximize") with { Word = WordKind.Scalar };
    private static readonly OptionSpec OptimizerFlag = OptionSpec.Values("FLAG=VAL", "Set a flag of the optimizer. May be used several times.", "-Fo", "--opt-flag") with { Word = WordKind.OptimizerFlag };
    private static readonly OptionSpec MaxTrials = OptionSpec.Value("N", "Run N trials at most.", "-m", "--max-trials", "--trials");
    private static readonly OptionSpec RandomSeed = OptionSpec.Value("N", "Seed of all that is random in the search.", "--random-seed");
    private static readonly OptionSpec StageTrials = OptionSpec.Switch("Prepare the trials and do not start them.", "--stage-trials");
    private static readonly OptionSpec StopAfter = OptionSpec.Value("N", "Stop the operation, or each trial, after N minutes.", "--stop-after");
    private static readonly OptionSpec StopBatchAfter = OptionSpec.Value("N", "Stop the whole search after N minutes.", "--stop-batch-after");
    private static readonly OptionSpec FailOnTrialError = OptionSpec.Switch("Stop when a trial fails.", "--fail-on-trial-error");
    private static readonly OptionSpec KeepBatch = OptionSpec.Switch("Keep the run of the batch when it ends well.", "--keep-batch");
    private static readonly OptionSpec BatchLabel = OptionSpec.Value("LABEL", "Label the batch.", "-bl", "--batch-label") with { Word = WordKind.Label };
    private static readonly OptionSpec BatchTag = OptionSpec.Values("TAG", "Tag the batch. May be used several times.", "-bt", "--batch-tag") with { Word = WordKind.Tag };
    private static readonly OptionSpec BatchComment = OptionSpec.Value("COMMENT", "Comment the batch.", "-bc", "--batch-comment");
    private static readonly OptionSpec EditBatchComment = OptionSpec.Switch("Write the comment on the batch in an editor.", "-ebc", "--edit-batch-comment");
    private static readonly OptionSpec PrintTrials = OptionSpec.Switch("Show the trials, and run nothing.", "--print-trials");
    private static readonly OptionSpec SaveTrials = OptionSpec.Value("FILE", "Write the trials to a .csv or .json file, and run nothing.", "--save-trials") with { Word = WordKind.Path };
    private static readonly OptionSpec ThrottleLimit = OptionSpec.Value("N", "Run N trials at the same time; one a processor by default, or one a GPU of --gpus.", "--throttle-limit");
    private static readonly OptionSpec EarlyStop = OptionSpec.Value("RULE", "End trials that do badly before their time: median or asha.", "--early-stop") with { Word = WordKind.EarlyStop };
    private static readonly OptionSpec MaxFailures = OptionSpec.Value("N", "Stop when more than N trials have failed.", "--max-failures");

    /// <summary>All of them, in the order of help.</summary>
    public static IReadOnlyList<OptionSpec> Options { get; } =
    [
        Optimizer, Optimize, Minimize, Maximize, OptimizerFlag, MaxTrials, RandomSeed, StageTrials, StopAfter, StopBatchAfter, FailOnTrialError, MaxFailures, EarlyStop, ThrottleLimit, KeepBatch,
        BatchLabel, BatchTag, BatchComment, EditBatchComment, PrintTrials, SaveTrials,
    ];

    /// <summary>The optimizer that was named; null if none was.</summary>
    public static string? OptimizerOf(ParsedWords parsed) => parsed.Last(Optimizer);

    /// <summary>What is shown of trials instead of running them.</summary>
    public static RunQuestion? QuestionOf(ParsedWords parsed) => parsed.Has(PrintTrials) ? RunQuestion.Trials : parsed.Has(SaveTrials) ? RunQuestion.SavedTrials : null;

    /// <summary>Raises a usage error for options that contradict each other.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="isRestart">True if a run is started that is there already.</param>
    public static void RequireCompatible(ParsedWords parsed, bool isRestart)
    {
        parsed.Exclude(Minimize, Maximize);
        parsed.Exclude(Optimize, Optimizer);
        parsed.Exclude(PrintTrials, StageTrials);
        if (isRestart && Array.Find([Optimize, Optimizer, PrintTrials, SaveTrials], parsed.Has) is { } option)
        {
            throw parsed.Error($"{option.DisplayName} cannot be used with --restart");
        }
    }

    /// <summary>What was asked for; null if nothing was.</summary>
    public static SearchOptions? Read(ParsedWords parsed) => Options.Any(o => parsed.Count(o) > 0)
        ? new SearchOptions
        {
            Optimizer = parsed.Last(Optimizer),
            IsOptimized = parsed.Has(Optimize),
            Minimized = parsed.Last(Minimize),
            Maximized = parsed.Last(Maximize),
            OptimizerFlags = [.. parsed.All(OptimizerFlag).Select(word => ReadFlag(parsed, word))],
            MaxTrials = parsed.Number(MaxTrials, least: 1),
            RandomSeed = parsed.Number(RandomSeed, least: int.MinValue),
            StagesTrials = parsed.Has(StageTrials),
            StopAfter = Minutes(parsed, StopAfter),
            StopBatchAfter = Minutes(parsed, StopBatchAfter),
            StopsOnError = parsed.Has(FailOnTrialError),
            MaxFailures = parsed.Number(MaxFailures, least: 0),
            EarlyStop = ReadRule(parsed),
            ThrottleLimit = parsed.Number(ThrottleLimit, least: 1),
            KeepsBatch = parsed.Has(KeepBatch),
            BatchLabel = parsed.Last(BatchLabel),
            BatchTags = parsed.All(BatchTag),
            BatchComment = parsed.Last(BatchComment),
            EditsBatchComment = parsed.Has(EditBatchComment),
            SavePath = parsed.Last(SaveTrials),
        }
        : null;

    private static KeyValuePair<string, string> ReadFlag(ParsedWords parsed, string word)
    {
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 ? new(word[..equals], word[(equals + 1)..]) : throw parsed.Error($"invalid optimizer flag '{word}' - expected FLAG=VAL");
    }

    private static TimeSpan? Minutes(ParsedWords parsed, OptionSpec option)
    {
        if (parsed.Last(option) is not { } text)
        {
            return null;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double minutes) && minutes is > 0 and < MostMinutes
            ? TimeSpan.FromMinutes(minutes)
            : throw parsed.Error($"invalid value '{text}' for {option.DisplayName}: expected a number of minutes above 0 and below {MostMinutes}");
    }

    private static string? ReadRule(ParsedWords parsed) => parsed.Last(EarlyStop) switch
    {
        null or "median" or "asha" => parsed.Last(EarlyStop),
        var other => throw parsed.Error($"invalid value '{other}' for --early-stop: expected median or asha"),
    };
}

/// <summary>What is asked for of trials.</summary>
internal sealed record SearchOptions
{
    /// <summary>The optimizer, as typed.</summary>
    public string? Optimizer { get; init; }

    /// <summary>Whether the default optimizer searches.</summary>
    public bool IsOptimized { get; init; }

    /// <summary>The scalar to make small, as typed.</summary>
    public string? Minimized { get; init; }

    /// <summary>The scalar to make large, as typed.</summary>
    public string? Maximized { get; init; }

    /// <summary>Flags of the optimizer, in order, with their text.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> OptimizerFlags { get; init; } = [];

    /// <summary>How many trials at most.</summary>
    public int? MaxTrials { get; init; }

    /// <summary>The seed.</summary>
    public int? RandomSeed { get; init; }

    /// <summary>Whether trials are prepared and not started.</summary>
    public bool StagesTrials { get; init; }

    /// <summary>How long the operation, or each trial, may take.</summary>
    public TimeSpan? StopAfter { get; init; }

    /// <summary>How long the whole search may take.</summary>
    public TimeSpan? StopBatchAfter { get; init; }

    /// <summary>Whether a failed trial ends the batch.</summary>
    public bool StopsOnError { get; init; }

    /// <summary>How many trials may fail.</summary>
    public int? MaxFailures { get; init; }

    /// <summary>How bad trials are ended: <c>median</c>, <c>asha</c>, or null.</summary>
    public string? EarlyStop { get; init; }

    /// <summary>How many trials run at the same time.</summary>
    public int? ThrottleLimit { get; init; }

    /// <summary>Whether the batch is kept when it ends well.</summary>
    public bool KeepsBatch { get; init; }

    /// <summary>The label of the batch.</summary>
    public string? BatchLabel { get; init; }

    /// <summary>The tags of the batch.</summary>
    public IReadOnlyList<string> BatchTags { get; init; } = [];

    /// <summary>The comment on the batch.</summary>
    public string? BatchComment { get; init; }

    /// <summary>Whether the user writes the comment on the batch in an editor.</summary>
    public bool EditsBatchComment { get; init; }

    /// <summary>The file that trials are written to, as typed.</summary>
    public string? SavePath { get; init; }

    /// <summary>The options that mean nothing for a single run and were given, by their names.</summary>
    public IEnumerable<string> UnusedInRun()
    {
        if (MaxTrials is not null)
        {
            yield return "--max-trials";
        }

        if (StopBatchAfter is not null)
        {
            yield return "--stop-batch-after";
        }

        if (StagesTrials)
        {
            yield return "--stage-trials";
        }

        if (BatchLabel is not null)
        {
            yield return "--batch-label";
        }

        if (BatchTags.Count > 0)
        {
            yield return "--batch-tag";
        }

        if (BatchComment is not null)
        {
            yield return "--batch-comment";
        }

        if (EarlyStop is not null)
        {
            yield return "--early-stop";
        }
    }
}
