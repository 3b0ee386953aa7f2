using Guild.Engine.Operations;
using Guild.Engine.Search.Batches;

namespace Guild.Engine.Pipelines;

/// <summary>What a step asks for, as any other run is asked for.</summary>
internal static class StepRequests
{
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="step">The step.</param>
    /// <param name="among">The only runs that files are taken of; null for all.</param>
    public static RunRequest Of(PipelineSource pipeline, PipelineStep step, IReadOnlyCollection<string>? among) => new()
    {
        Project = step.Project,
        Operation = step.Spec,
        Imported = step.Imported,
        Flags = step.Flags,
        TrialFiles = [.. step.Definition.TrialFiles.Select(file => Path.GetFullPath(file, pipeline.Project.Directory))],
        Label = step.Label,
        Tags = step.Tags,
        ForcesFlags = step.Definition.ForcesFlags,
        Gpus = step.Gpus,
        Search = StepSearches.Of(pipeline, step),
        Pipeline = pipeline.Options with { IsNeededOnly = pipeline.Options.IsNeededOnly || step.Definition.IsNeededOnly, ForcesSourceCode = pipeline.Options.ForcesSourceCode || step.Definition.ForcesSourceCode },
        AmongRuns = among,
    };
}

/// <summary>Steps that make several trials.</summary>
internal static class StepSearches
{
    /// <summary>The batch, to be kept when it ends well: the link of the step leads to it.</summary>
    public static BatchPlan Kept(BatchPlan batch) => batch with { Search = batch.Search with { KeepsBatch = true } };

    private static bool IsBatch(PipelineStep step) => HasOptions(step) || step.Definition.TrialFiles.Count > 0 || step.Flags.Any(flag => IsSpace(step, flag.Key, flag.Value));

    /// <summary>What the step asks of a search; null for a plain run.</summary>
    public static SearchRequest? Of(PipelineSource pipeline, PipelineStep step)
    {
        if (!IsBatch(step))
        {
            return null;
        }

        var search = step.Definition.Search;
        return new SearchRequest
        {
            Optimizer = search.Optimizer,
            UsesDefaultOptimizer = search.UsesDefaultOptimizer,
            OptimizerFlags = search.OptimizerFlags,
            Objective = search.Objective,
            MaxTrials = search.MaxTrials,
            RandomSeed = search.RandomSeed,
            BatchLabel = StepFlags.Text(search.BatchLabel, pipeline),
            BatchTags = [.. search.BatchTags.Select(tag => StepFlags.Text(tag, pipeline)).OfType<string>()],
            StopsOnError = search.FailsOnTrialError,
            ThrottleLimit = pipeline.Options.ThrottleLimit > 1 ? pipeline.Options.ThrottleLimit : null,
            KeepsBatch = true,
        };
    }

    private static bool HasOptions(PipelineStep step) =>
        step.Definition.Search is { Optimizer: not null } or { UsesDefaultOptimizer: true } or { MaxTrials: not null };

    private static bool IsSpace(PipelineStep step, string name, Flags.FlagInput input)
    {
        var flag = step.Imported.Operation.Flags.FirstOrDefault(f => f.Name == name || f.Alias == name);
        if (flag is { SplitsArg: true })
        {
            return false;
        }

        var value = input switch
        {
            Flags.FlagText text => Flags.FlagGrammar.Decode(text.Text, flag?.Type ?? GuildFiles.FlagType.Auto),
            Flags.FlagValue given => given.Value,
            _ => null,
        };
        return value is IReadOnlyList<object?>
            || (value is string space and [.., ']']
                && flag?.Type is not (GuildFiles.FlagType.String or GuildFiles.FlagType.Path or GuildFiles.FlagType.ExistingPath)
                && Flags.FlagFunctions.IsSearchSpace(space));
    }
}
