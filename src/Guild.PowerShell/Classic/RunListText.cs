using System.Globalization;

namespace Guild.PowerShell.Classic;

/// <summary>Writes lists of runs.</summary>
internal static class RunListText
{
    /// <summary>How many characters of an id are shown.</summary>
    public const int ShortIdLength = 8;

    /// <summary>Gives the lines of a list.</summary>
    /// <param name="rows">The runs, in order.</param>
    /// <param name="form">How the list looks; <see cref="RunListForm.Json"/> is not text of this kind, and looks like a table.</param>
    /// <param name="width">The columns after which the lines of the table are cut; null to leave them whole. Details are never cut.</param>
    public static IReadOnlyList<string> Format(IReadOnlyList<RunListRow> rows, RunListForm form = RunListForm.Table, int? width = null)
    {
        IReadOnlyList<string> lines = TextTable.Format([.. rows.Select(row => form == RunListForm.Simplified ? SimplifiedCells(row) : Cells(row))], width);
        return form == RunListForm.Verbose
            ? [.. lines.Zip(rows).SelectMany(static entry => TextTable.FormatDetails(Details(entry.Second)).Prepend(entry.First))]
            : lines;
    }

    /// <summary>Gives the lines that show runs before a question about them: indented, with ids and without numbers.</summary>
    /// <param name="rows">The runs, in order.</param>
    public static IReadOnlyList<string> FormatPreview(IReadOnlyList<RunListRow> rows) =>
        [.. TextTable.Format([.. rows.Select(static row => (IReadOnlyList<string>)[$"[{ShortId(row)}]", .. Cells(row).Skip(1)])]).Select(static line => $"  {line}")];

    /// <summary>Gives the note below a list that does not show all runs; null where it does.</summary>
    /// <param name="shown">How many runs are shown.</param>
    /// <param name="total">How many there are.</param>
    public static string? Note(int shown, int total) => shown < total
        ? string.Create(CultureInfo.InvariantCulture, $"Showing the first {shown} runs ({total} total) - use --all to show all or -m to show more")
        : null;

    /// <summary>Gives the details of one run, as <c>guild runs list -v</c> shows them.</summary>
    /// <param name="row">The run.</param>
    public static IReadOnlyList<TextDetail> Details(RunListRow row) =>
    [
        new("id", row.Id),
        new("operation", row.Operation),
        new("from", row.Origin),
        new("status", row.Status),
        new("started", TimeText(row.Started)),
        new("stopped", TimeText(row.Stopped)),
        new("marked", row.IsMarked ? "yes" : "no"),
        new("label", row.Label),
        new("sourcecode_digest", row.SourceCodeDigest),
        new("vcs_commit", row.Commit),
        new("run_dir", row.Directory),
        new("command", row.Command),
        new("exit_status", NumberText(row.ExitStatus)),
        new("pid", NumberText(row.ProcessId)),
    ];

    private static IReadOnlyList<string> Cells(RunListRow row) =>
        [$"[{NumberText(row.Index)}:{ShortId(row)}]", Describe(row), TimeText(row.Started), row.Status, OneLine(row.Label)];

    private static IReadOnlyList<string> SimplifiedCells(RunListRow row) =>
        [$"[{NumberText(row.Index)}]", Describe(row), row.Status, OneLine(row.Label)];

    private static string Describe(RunListRow row) =>
        $"{row.Operation}{(row.Folder is null ? "" : $" ({row.Folder})")}{(row.IsMarked ? " [marked]" : "")}";

    private static string ShortId(RunListRow row) => row.Id.Length > ShortIdLength ? row.Id[..ShortIdLength] : row.Id;

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private static string TimeText(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "";

    private static string NumberText(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
