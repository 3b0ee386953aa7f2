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
                new RunAnnotations(run.Directory, session.Engine.Time).Change(ChangeOf(run, command, session));
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

    private static RunAnnotationChange ChangeOf(Run run, LabelRunsCommand command, ClassicSession session) => new()
    {
        Label = command.IsCleared ? "" : command.NewLabel is { } label ? Render(label, run, session).Trim() : null,
        LabelPrefix = command.Prefix is { } prefix ? Render(prefix, run, session) : null,
        LabelSuffix = command.Suffix is { } suffix ? Render(suffix, run, session) : null,
        RemovedLabelParts = command.Removed,
    };

    private static string Render(string template, Run run, ClassicSession session)
    {
        var values = new Dictionary<string, object?>(run.Flags, StringComparer.Ordinal) { ["label"] = run.Label ?? "" };
        return LabelTemplate.Render(template, new LabelContext(values, session.Engine.WorkingDirectory)) ?? "";
    }
}
