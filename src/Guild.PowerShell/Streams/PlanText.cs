using System.Globalization;
using System.Text;
using Guild.Engine.Flags;
using Guild.Engine.Operations;
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
            Append(text, batch, shown);
        }

        foreach (var resource in shown.Resources)
        {
            text.Append("  resource  ").Append(resource.Resource).Append(": ").Append(ViewText.PlannedResource(resource)).Append('\n');
        }

        text.Append("  sources   ").Append(shown.SourceFiles.Length).Append(" files, ").Append(shown.SourceBytes).Append(" bytes, from ").Append(shown.ProjectPath).Append('\n');
        foreach (var step in shown.Steps)
        {
            text.Append("  step      ").Append(step.Name).Append(": ").Append(step.Command).Append(" (").Append(step.Reason).Append(step.Detail is null ? "" : $": {step.Detail}").Append(")\n");
        }

        if (shown.Label is { Length: > 0 } && plan is RunPlan)
        {
            text.Append("  label     ").Append(shown.Label).Append('\n');
        }

        return text.Append("  command   ").Append(ShellWords.Join(shown.Command)).ToString();
    }

    private static void Append(StringBuilder text, BatchPlan plan, GuildPlan shown)
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
        foreach (var (trial, told) in trials.Take(MostTrials).Zip(shown.Trials))
        {
            text.Append(CultureInfo.InvariantCulture, $"  trial {trial.Number,-3} {BatchText.Flags(trial.Flags.Where(f => varied.Contains(f.Key)).ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal))}{(told.Reason is { } reason ? $" ({reason})" : "")}\n");
        }

        if (trials.Count > MostTrials)
        {
            text.Append(CultureInfo.InvariantCulture, $"  and {trials.Count - MostTrials} more\n");
        }
    }
}
