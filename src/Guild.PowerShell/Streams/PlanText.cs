using System.Text;
using Guild.Engine.Flags;
using Guild.Engine.Operations;
using Guild.Engine.Text;
using Guild.PowerShell.Views;

namespace Guild.PowerShell.Streams;

/// <summary>A plan in words: what <c>-WhatIf</c> shows.</summary>
internal static class PlanText
{
    public static string Of(RunPlan plan, string action, EngineContext context, CancellationToken cancellation)
    {
        var shown = new GuildPlan(plan, context, cancellation);
        var text = new StringBuilder();
        text.Append(action).Append(' ').Append(shown.Operation).Append(" in ").Append(shown.RunsPath).Append('\n');
        var secrets = plan.Flags.GivenSecrets;
        foreach (var (name, value) in plan.RecordedFlags)
        {
            text.Append("  flag      ").Append(name).Append(" = ").Append(secrets.Contains(name) ? GuildPlan.SecretMask : value is null ? "(none)" : FlagGrammar.Encode(value)).Append('\n');
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

        if (shown.Label is { Length: > 0 })
        {
            text.Append("  label     ").Append(shown.Label).Append('\n');
        }

        return text.Append("  command   ").Append(ShellWords.Join(shown.Command)).ToString();
    }
}
