using System.Text;

namespace Guild.PowerShell.Classic;

/// <summary>What an empty answer means.</summary>
internal enum DefaultAnswer
{
    /// <summary>No: only a spoken yes goes on.</summary>
    No,

    /// <summary>Yes.</summary>
    Yes,
}

/// <summary>The questions that Guild asks before it acts, and how it reads the answers.</summary>
internal static class ConfirmPrompt
{
    /// <summary>Gives the question before an operation runs, ready for the answer behind it.</summary>
    /// <param name="action">What is about to happen: <c>run</c>, <c>stage</c> or <c>start</c>.</param>
    /// <param name="subject">What it happens to: an operation's name, or <c>ID (OPERATION)</c> where a run is started.</param>
    /// <param name="flags">The flags and resources with the text of their values, in the order to show.</param>
    /// <param name="optimizerFlags">Those of the optimizer, in the order to show.</param>
    public static string ForRun(string action, string subject, IEnumerable<KeyValuePair<string, string>> flags, IReadOnlyList<KeyValuePair<string, string>>? optimizerFlags = null)
    {
        StringBuilder text = new();
        text.Append("You are about to ").Append(action).Append(' ').Append(subject).Append('\n');
        AppendFlags(text, flags);
        if (optimizerFlags is { Count: > 0 })
        {
            text.Append("Optimizer flags:\n");
            AppendFlags(text, optimizerFlags);
        }

        return text.Append(Ask("Continue?", DefaultAnswer.Yes)).ToString();
    }

    /// <summary>Gives a question about runs that are about to change, with a line for each.</summary>
    /// <param name="preview">What is about to happen, such as <c>You are about to delete the following runs:</c>.</param>
    /// <param name="rows">The runs.</param>
    /// <param name="question">The question, such as <c>Delete 2 run(s)?</c>.</param>
    /// <param name="answer">What an empty answer means.</param>
    public static string ForRuns(string preview, IReadOnlyList<RunListRow> rows, string question, DefaultAnswer answer) =>
        string.Join('\n', [preview, .. RunListText.FormatPreview(rows), Ask(question, answer)]);

    /// <summary>Gives a question with what may be answered, ready for the answer behind it.</summary>
    /// <param name="question">The question.</param>
    /// <param name="answer">What an empty answer means.</param>
    public static string Ask(string question, DefaultAnswer answer) => $"{question} {(answer == DefaultAnswer.Yes ? "(Y/n)" : "(y/N)")} ";

    /// <summary>Says whether an answer means yes.</summary>
    /// <param name="text">The line that was typed; null if there is nobody to ask, which means no.</param>
    /// <param name="answer">What an empty answer means.</param>
    public static bool IsYes(string? text, DefaultAnswer answer) => text?.Trim() switch
    {
        null => false,
        "" => answer == DefaultAnswer.Yes,
        string word => word.Equals("y", StringComparison.OrdinalIgnoreCase) || word.Equals("yes", StringComparison.OrdinalIgnoreCase),
    };

    private static void AppendFlags(StringBuilder text, IEnumerable<KeyValuePair<string, string>> flags)
    {
        foreach ((string name, string value) in flags)
        {
            text.Append($"  {name}: {IndentLines(value)}".TrimEnd()).Append('\n');
        }
    }

    private static string IndentLines(string value) => value.ReplaceLineEndings("\n").Replace("\n", "\n    ", StringComparison.Ordinal);
}
