using Guild.Engine.Operations;
using Guild.Engine.Runs;

namespace Guild.Engine.Execution;

/// <summary>What seeing a program through needs of a plan, or of the record of a staged run.</summary>
internal sealed record SupervisedPlan(
    IReadOnlyList<string> Command,
    bool IsStoppable,
    bool DeletesOnSuccess,
    string? PreProcess,
    object? OutputScalars,
    IReadOnlyDictionary<string, object?> Flags,
    IReadOnlyCollection<string> EnvironmentSecrets)
{
    public static SupervisedPlan Of(RunPlan plan) => new(
        plan.Command.Arguments,
        plan.Operation.IsStoppable,
        plan.Operation.DeletesOnSuccess,
        plan.Operation.PreProcess,
        plan.Operation.OutputScalars,
        plan.RecordedFlags,
        plan.Operation.EnvironmentSecrets);

    public static SupervisedPlan Of(Run run)
    {
        var operation = run.Directory.ReadAttribute("op") as IReadOnlyDictionary<string, object?>;
        return new SupervisedPlan(
            run.Command.Count > 0 ? run.Command : throw new RunStateException(run.Id, $"The record of run {run.ShortId} has no command.", "Run the operation again."),
            operation?.GetValueOrDefault("stoppable") is true,
            operation?.GetValueOrDefault("delete-on-success") is true,
            operation?.GetValueOrDefault("pre-process") as string,
            operation?.GetValueOrDefault("output-scalars"),
            run.Flags,
            [.. (operation?.GetValueOrDefault("env-secrets") as IReadOnlyList<object?> ?? []).OfType<string>()]);
    }
}
