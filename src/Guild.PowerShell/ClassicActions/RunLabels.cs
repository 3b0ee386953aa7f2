using Guild.Engine.Flags;
using Guild.Engine.Runs;
using Guild.PowerShell.Classic;

namespace Guild.PowerShell.ClassicActions;

/// <summary><c>guild label</c>.</summary>
internal static class RunLabels
{
    public static int Do(LabelRunsCommand command, ClassicSession session)
    {
        var change = new RunChange
        {
            ByDefault = "1",
            Preview = PreviewOf(command),
            Question = "Continue?",
            Default = DefaultAnswer.Yes,
            Nothing = "No runs to modify.",
            IsHarmless = true,
        };
        return change.Do(command, session, runs =>
        {
            foreach (var run in runs)
            {
                var label = command.IsCleared ? "" : LabelOf(run, command, session).Trim();
                new RunAnnotations(run.Directory, session.Engine.Time).Change(new RunAnnotationChange { Label = label });
            }

            session.Note(command.IsCleared ? $"Cleared label for {runs.Count} run(s)" : $"Labeled {runs.Count} run(s)");
        });
    }

    private static string PreviewOf(LabelRunsCommand command) => command switch
    {
        { NewLabel: { } label } => $"You are about to label the following runs with '{label}':",
        { Prefix: { } prefix } => $"You are about to prepend '{prefix}' to the label of the following runs:",
        { Suffix: { } suffix } => $"You are about to append '{suffix}' to the label of the following runs:",
        { IsCleared: true } => "You are about to clear the label of the following runs:",
        _ => $"You are about to remove '{string.Join("', '", command.Removed)}' from the label of the following runs:",
    };

    private static string LabelOf(Run run, LabelRunsCommand command, ClassicSession session)
    {
        var old = command.Removed.Aggregate(run.Label ?? "", Without);
        return command switch
        {
            { NewLabel: { } label } => Render(label, run, session),
            { Prefix: { } prefix } => $"{Render(prefix, run, session)} {old}",
            { Suffix: { } suffix } => $"{old} {Render(suffix, run, session)}",
            _ => old,
        };
    }

    private static string Render(string template, Run run, ClassicSession session)
    {
        var values = new Dictionary<string, object?>(run.Flags, StringComparer.Ordinal) { ["label"] = run.Label ?? "" };
        return LabelTemplate.Render(template, new LabelContext(values, session.Engine.WorkingDirectory)) ?? "";
    }

    // Whole words only, so that 'lr=1' does not take the beginning off 'lr=10'.
    private static string Without(string label, string part)
    {
        var padded = $" {label} ";
        var wanted = $" {part} ";
        for (var at = padded.IndexOf(wanted, StringComparison.Ordinal); at >= 0; at = padded.IndexOf(wanted, StringComparison.Ordinal))
        {
            padded = padded.Remove(at, wanted.Length - 1);
        }

        return padded.Trim();
    }
}
