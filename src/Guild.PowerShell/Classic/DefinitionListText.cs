namespace Guild.PowerShell.Classic;

/// <summary>An operation, a model or a resource as a list shows it.</summary>
/// <param name="Name">The name by which it is used.</param>
/// <param name="Description">The description; only the first line is shown.</param>
/// <param name="Details">What follows below with <c>-v</c>.</param>
internal sealed record DefinitionRow(string Name, string Description, IReadOnlyList<TextDetail> Details);

/// <summary>Writes lists of operations, models and resources.</summary>
internal static class DefinitionListText
{
    /// <summary>Gives the lines of a list: names and descriptions.</summary>
    /// <param name="rows">What is listed, in order.</param>
    /// <param name="width">The columns after which lines are cut; null to leave them whole.</param>
    public static IReadOnlyList<string> Format(IReadOnlyList<DefinitionRow> rows, int? width = null) =>
        TextTable.Format([.. rows.Select(static row => (IReadOnlyList<string>)[row.Name, FirstLine(row.Description)])], width);

    /// <summary>Gives the lines of a list with the details of each below its line.</summary>
    /// <param name="rows">What is listed, in order.</param>
    /// <param name="width">The columns after which the lines of names are cut; null to leave them whole. Details are never cut.</param>
    public static IReadOnlyList<string> FormatVerbose(IReadOnlyList<DefinitionRow> rows, int? width = null) =>
        [.. Format(rows, width).Zip(rows).SelectMany(static entry => TextTable.FormatDetails(entry.Second.Details).Prepend(entry.First))];

    private static string FirstLine(string text) => text.TrimStart().Split('\n', 2)[0].TrimEnd();
}
