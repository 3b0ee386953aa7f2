using Guild.Engine.Flags;
using Guild.Engine.Runs;

namespace Guild.Engine.Operations;

/// <summary>The label of a run that is started again with other flags.</summary>
internal static class RestartLabel
{
    /// <summary>What the label of a run was made from; null for the default label.</summary>
    public static string? TemplateOf(Run run) => Mapping(run, "op")?.GetValueOrDefault("label-template") as string;

    /// <summary>The tags that the run was given when it was made: a label without a template begins with them.</summary>
    public static IReadOnlyList<string> TagsOf(Run run) => [.. (Mapping(run, "run_params")?.GetValueOrDefault("tags") as IReadOnlyList<object?> ?? []).OfType<string>()];

    /// <summary>The label that says the new flags, if the one that is there was made from the old ones. One that somebody wrote since stays.</summary>
    public static string? After(Run run, RunPlan plan, EngineContext context)
    {
        var made = LabelOf(plan, run.Flags, context);
        return string.Equals(made, run.Label, StringComparison.Ordinal) ? LabelOf(plan, plan.RecordedFlags, context) : run.Label;
    }

    private static string? LabelOf(RunPlan plan, IReadOnlyDictionary<string, object?> flags, EngineContext context) =>
        LabelTemplate.Render(Planner.LabelTemplateOf(plan.Request, plan.Operation), new LabelContext(flags, context.WorkingDirectory));

    private static IReadOnlyDictionary<string, object?>? Mapping(Run run, string attribute) => run.Directory.ReadAttribute(attribute) as IReadOnlyDictionary<string, object?>;
}
