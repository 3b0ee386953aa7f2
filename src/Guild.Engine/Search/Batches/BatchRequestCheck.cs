namespace Guild.Engine.Search.Batches;

/// <summary>Checks what was asked for beside flags.</summary>
internal static class BatchRequestCheck
{
    /// <exception cref="RequestException">Something contradicts itself, or is no number that it can be.</exception>
    public static void Require(SearchRequest search)
    {
        if (search is { Optimizer: not null, UsesDefaultOptimizer: true })
        {
            throw new RequestException("An optimizer is named, and the default one is asked for.", search.Optimizer, "Give one of -Optimizer and -Optimize (--optimizer, --optimize).");
        }

        AtLeast(1, search.MaxTrials, "trials of a batch", "-MaxTrials (--max-trials)");
        AtLeast(1, search.ThrottleLimit, "trials at the same time", "-ThrottleLimit");
        AtLeast(1, search.GpusPerTrial, "devices of a trial", "the number of devices");
        AtLeast(0, search.MaxFailures, "trials that may fail", "-MaxFailures");
        AboveZero(search.Timeout, "a search", "-Timeout");
        AboveZero(search.TrialTimeout, "a trial", "-TrialTimeout (--stop-after)");
    }

    /// <summary>What is said of options that mean nothing for a single run.</summary>
    public static IEnumerable<string> Unused(SearchRequest search)
    {
        var names = new List<string>();
        AddIf(search.MaxTrials is not null, "MaxTrials");
        AddIf(search.StagesTrials, "StageTrials");
        AddIf(search.EarlyStop != EarlyStopRule.None, "EarlyStop");
        AddIf(search.BatchLabel is not null, "BatchLabel");
        AddIf(search.BatchTags.Count > 0, "BatchTags");
        AddIf(search.BatchComment is not null, "BatchComment");
        AddIf(search.OptimizerFlags.Count > 0, "OptimizerFlag");
        return names.Count == 0 ? [] : [$"This is not a batch, so what was given for it is ignored: {string.Join(", ", names)}."];

        void AddIf(bool condition, string name)
        {
            if (condition)
            {
                names.Add(name);
            }
        }
    }

    private static void AtLeast(long least, long? value, string what, string option)
    {
        if (value < least)
        {
            throw new RequestException($"The number of {what} cannot be {value}.", value, $"Give a number of at least {least} for {option}.");
        }
    }

    private static void AboveZero(TimeSpan? time, string what, string option)
    {
        if (time <= TimeSpan.Zero)
        {
            throw new RequestException($"The time limit of {what} cannot be {time}.", time, $"Give a time above zero for {option}.");
        }
    }
}
