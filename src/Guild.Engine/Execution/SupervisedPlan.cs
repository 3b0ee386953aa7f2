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
    EnvironmentRecord Environment)
{
    /// <summary>True if how it ends must outlive a loss of power at once. A trial that is forgotten is run again by its batch, and a thousand of them would wait for the disk each time.</summary>
    public bool IsDurable { get; init; } = true;

    /// <summary>True if this process has just made the run, and nothing of it was ever started.</summary>
    public bool IsNew { get; init; }

    /// <summary>True if the run may have inputs, which are looked at again when it has ended.</summary>
    public bool HasInputs { get; init; } = true;

    /// <summary>What of the program's environment is recorded, as the text of the attribute, if that is known already; null to decide.</summary>
    public string? RecordedEnvironment { get; init; }

    public static SupervisedPlan Of(RunPlan plan) => new(
        plan.Command.Arguments,
        plan.Operation.IsStoppable,
        plan.DeletesOnSuccess,
        plan.Operation.PreProcess,
        plan.Operation.OutputScalars,
        plan.RecordedFlags,
        EnvironmentRecord.Of(plan));

    /// <param name="run">A staged run.</param>
    /// <param name="secrets">The environment variables that hold its secrets.</param>
    public static SupervisedPlan Of(Run run, IReadOnlyDictionary<string, string> secrets)
    {
        var operation = RecordedOperation.Of(run.Directory);
        return new SupervisedPlan(
            run.Command.Count > 0 ? run.Command : throw new RunStateException(run.Id, $"The record of run {run.ShortId} has no command.", "Run the operation again."),
            operation?.GetValueOrDefault("stoppable") is true,
            RecordedDeletion.IsOrdered(run.Directory),
            operation?.GetValueOrDefault("pre-process") as string,
            operation?.GetValueOrDefault("output-scalars"),
            run.Flags,
            new EnvironmentRecord
            {
                Declared = [.. (operation?.GetValueOrDefault("env-secrets") as IReadOnlyList<object?> ?? []).OfType<string>()],
                FlagVariables = RecordedSecrets.FlagVariables(run),
                Secrets = secrets,
            });
    }
}
