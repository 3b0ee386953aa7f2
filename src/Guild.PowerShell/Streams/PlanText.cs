using System.Globalization;
using System.Text;
using Guild.Engine.Flags;
using Guild.Engine.Operations;
using Guild.Engine.Pipelines;
using Guild.Engine.Search.Batches;
using Guild.Engine.Text;
using Guild.PowerShell.Views;

namespace Guild.PowerShell.Streams;

/// <summary>A plan in words: what <c>-WhatIf</c> shows.</summary>
internal static class PlanText
{
    // Enough to see whether the right values are tried.
    private const int MostTrials = 20;

    /// <summary>What is run, in a few words: an operation, and how it is searched.</summary>
    public static string SubjectOf(OperationPlan plan) => plan is BatchPlan batch ? $"{batch.Prototype.FullName} {BatchText.Kind(batch)}" : ((RunPlan)plan).FullName;

    public static string Of(OperationPlan plan, string action, EngineContext context, CancellationToken cancellation)
    {
        var run = (plan as BatchPlan)?.Prototype ?? (RunPlan)plan;
        var shown = plan is BatchPlan known ? new GuildPlan(known, context, cancellation) : new GuildPlan(run, context, cancellation);
        var text = new StringBuilder();
        text.Append(action).Append(' ').Append(SubjectOf(plan)).Append(" in ").Append(shown.RunsPath).Append('\n');
        var secrets = run.Flags.GivenSecrets;
        foreach (var (name, value) in run.RecordedFlags)
        {
            text.Append("  flag      ").Append(name).Append(" = ").Append(secrets.Contains(name) ? GuildPlan.SecretMask : value is null ? "(none)" : FlagGrammar.Encode(value)).Append('\n');
        }

        if (plan is BatchPlan batch)
        {
            var isNeededOnly = run.Request.Pipeline.IsNeededOnly;
            Append(text, batch, isNeededOnly ? UpToDateFate.Skipped : UpToDateFate.Run, isNeededOnly ? shown.TrialNeeds : FirstTrials(batch, context, cancellation));
        }

        foreach (var resource in shown.Resources)
        {
            text.Append("  resource  ").Append(resource.Resource).Append(": ").Append(ViewText.PlannedResource(resource)).Append('\n');
        }

        text.Append("  sources   ").Append(Count(shown.SourceFiles.Length, "file")).Append(", ").Append(Count(shown.SourceBytes, "byte")).Append(", from ").Append(shown.ProjectPath).Append('\n');
        foreach (var step in shown.Steps)
        {
            text.Append("  step      ").Append(step.Name).Append(": ").Append(step.Command).Append(" (").Append(NeededText.Told(step.Reason, step.Detail, step.WillRun ? UpToDateFate.Run : UpToDateFate.Skipped)).Append(")\n");
        }

        if (plan is RunPlan && shown is { Steps: [], Reason: { } why })
        {
            text.Append("  reason    ").Append(NeededText.Told(why, shown.Detail, UpToDateFate.Skipped)).Append('\n');
        }

        if (shown.Label is { Length: > 0 } && plan is RunPlan)
        {
            text.Append("  label     ").Append(shown.Label).Append('\n');
        }

        return text.Append("  command   ").Append(ShellWords.Join(shown.Command)).ToString();
    }

    private static string Count(long count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    // Of those that are shown only: to compare ten thousand takes a while.
    private static IReadOnlyList<NeededResult> FirstTrials(BatchPlan plan, EngineContext context, CancellationToken cancellation) => plan.Trials is null
        ? []
        : NeededTrials.Of(plan with { Trials = [.. plan.Trials.Take(MostTrials)] }, new NeededRuns(context, cancellation), context, cancellation);

    private static void Append(StringBuilder text, BatchPlan plan, UpToDateFate fate, IReadOnlyList<NeededResult> needed)
    {
        foreach (var (name, value) in plan.Optimizer.Flags.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            text.Append("  optimizer ").Append(name).Append(" = ").Append(value is null ? "(none)" : FlagGrammar.Encode(value)).Append('\n');
        }

        text.Append(CultureInfo.InvariantCulture, $"  at once   {plan.ThrottleLimit}\n");
        if (plan.Trials is not { } trials)
        {
            text.Append("  trials    chosen while it runs\n");
            return;
        }

        // Flags that are the same in all trials stand above.
        var varied = BatchColumns.Of(plan);
        foreach (var (trial, at) in trials.Take(MostTrials).Select((trial, at) => (trial, at)))
        {
            var why = at < needed.Count ? $" ({NeededText.Told(NeededText.Of(needed[at].Reason), needed[at].Detail, fate)})" : "";
            text.Append(CultureInfo.InvariantCulture, $"  trial {trial.Number,-3} {BatchText.Flags(trial.Flags.Where(f => varied.Contains(f.Key)).ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal))}{why}\n");
        }

        if (trials.Count > MostTrials)
        {
            text.Append(CultureInfo.InvariantCulture, $"  and {trials.Count - MostTrials} more\n");
        }
    }
}
