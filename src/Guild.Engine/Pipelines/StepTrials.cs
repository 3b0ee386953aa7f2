using Guild.Engine.Runs;
using Guild.Engine.Search.Batches;

namespace Guild.Engine.Pipelines;

/// <summary>Chooses the trial of a batch whose files the steps behind it take.</summary>
internal static class StepTrials
{
    /// <summary>A search is after its best trial; of a plain list of trials the latest is meant, as of any other runs. Null if there is none.</summary>
    /// <param name="step">The step.</param>
    /// <param name="batch">What it runs.</param>
    /// <param name="trials">Its trials that completed.</param>
    public static Run? Chosen(PipelineStep step, BatchPlan batch, IReadOnlyList<Run> trials)
    {
        var hasObjective = step.Definition.Search.Objective is not null || batch.Optimizer.Kind != OptimizerKind.Grid;
        return (hasObjective ? Best(trials, batch) : null) ?? trials.MaxBy(trial => trial.Started ?? DateTimeOffset.MinValue);
    }

    private static Run? Best(IReadOnlyList<Run> trials, BatchPlan batch)
    {
        var column = ObjectiveColumn.Parse(batch.Objective);
        var valued = trials.Select(trial => (Trial: trial, Value: ObjectiveColumn.Read(trial.Directory.Path, column))).Where(trial => trial.Value is not null).ToList();
        return valued.Count == 0 ? null : (batch.Objective.IsMaximized ? valued.MaxBy(trial => trial.Value) : valued.MinBy(trial => trial.Value)).Trial;
    }
}
