using Guild.Engine.Flags;
using Guild.Engine.Runs;
using Guild.Engine.Search.Batches;

namespace Guild.Engine.Operations;

/// <summary>Makes the attribute <c>run_params</c>: what the user asked for, in the words of Guild AI's command line.</summary>
internal static class RequestRecord
{
    private const string KeepsRunKey = "keep_run";
    private const string KeepsBatchKey = "keep_batch";

    /// <summary>True if the user asked for the run to be kept, whatever its operation says.</summary>
    public static bool KeepsRun(RunDirectory directory) => (directory.ReadAttribute("run_params") as IReadOnlyDictionary<string, object?>)?.GetValueOrDefault(KeepsRunKey) is true;

    /// <summary>The request of a run, changed so that the run is kept.</summary>
    public static Dictionary<string, object?> Keeping(RunDirectory directory) => new(directory.ReadAttribute("run_params") as IReadOnlyDictionary<string, object?> ?? new Dictionary<string, object?>(), StringComparer.Ordinal)
    {
        [Directory.Exists(directory.PrototypePath) ? KeepsBatchKey : KeepsRunKey] = true,
    };

    public static Dictionary<string, object?> Of(RunPlan plan) => new(StringComparer.Ordinal)
    {
        ["comment"] = plan.Request.Comment,
        ["flags"] = plan.Flags.UserValues.Keys.Select(name => (object?)$"{name}={FlagGrammar.Encode(plan.Flags.UserValues[name])}").ToList(),
        ["force_flags"] = plan.Request.ForcesFlags,
        ["gpus"] = plan.Request.Gpus,
        [KeepsRunKey] = plan.Request.KeepsRun,
        ["label"] = plan.Request.Label,
        ["needed"] = plan.Request.Pipeline.IsNeededOnly,
        ["opspec"] = plan.Operation.FullName,
        ["run_dir"] = plan.Request.RunDirectory,
        ["tags"] = plan.Request.Tags.Cast<object?>().ToList(),
    };

    /// <summary>What the user asked for with a batch: all words that Guild AI looks at when it starts the batch again.</summary>
    public static Dictionary<string, object?> OfBatch(BatchPlan plan)
    {
        var search = plan.Search;
        var result = Of(plan.Prototype);
        result["batch_comment"] = search.BatchComment;
        result["batch_label"] = search.BatchLabel;
        result["batch_tags"] = search.BatchTags.Cast<object?>().ToList();
        result["fail_on_trial_error"] = search.StopsOnError;
        result[KeepsBatchKey] = search.KeepsBatch;
        result["max_trials"] = search.MaxTrials;
        result["maximize"] = search.Objective is { IsMaximized: true, Column: var maximized } ? maximized : null;
        result["minimize"] = search.Objective is { IsMaximized: false, Column: var minimized } ? minimized : null;
        result["opt_flags"] = plan.Optimizer.UserFlags.Select(flag => (object?)$"{flag.Key}={FlagGrammar.Encode(flag.Value)}").ToList();
        result["optimize"] = search.UsesDefaultOptimizer;
        result["optimizer"] = search.Optimizer;
        result["random_seed"] = search.RandomSeed;
        result["stage_trials"] = search.StagesTrials;
        return result;
    }
}
