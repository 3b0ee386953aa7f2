namespace Guild.PowerShell.Classic;

/// <summary>Lays rows out in columns as Guild does: text to the left, each column as wide as its longest text and two spaces.</summary>
internal static class TextTable
{
    private const int Spacing = 2;

    /// <summary>Gives one line a row, without spaces at its end.</summary>
    /// <param name="rows">Rows of equally many texts, each one line.</param>
    /// <param name="width">The columns after which lines are cut; null to leave them whole, as for output that goes to a file or a pipe.</param>
    public static IReadOnlyList<string> Format(IReadOnlyList<IReadOnlyList<string>> rows, int? width = null)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        int[] widths = [.. Enumerable.Range(0, rows[0].Count).Select(column => rows.Max(row => TextLayout.WidthOf(row[column])) + Spacing)];
        return [.. rows.Select(row => FormatRow(row, widths, width))];
    }

    /// <summary>Gives the detail lines that may follow a row: <c>  key: value</c>, and the items of a list below their key by four spaces.</summary>
    /// <param name="details">The details, in order.</param>
    public static IEnumerable<string> FormatDetails(IEnumerable<TextDetail> details)
    {
        foreach (TextDetail detail in details)
        {
            if (detail.Items is not { Count: > 0 } items)
            {
                yield return $"  {detail.Key}: {(detail.Items is null ? detail.Value : "-")}".TrimEnd();
                continue;
            }

            yield return $"  {detail.Key}:";
            foreach (string item in items)
            {
                yield return $"    {item}";
            }
        }
    }

    private static string FormatRow(IReadOnlyList<string> row, int[] widths, int? width)
    {
        string line = string.Concat(row.Select((text, column) => TextLayout.Pad(text, widths[column]))).TrimEnd(' ');
        return width is int columns ? TextLayout.Cut(line, columns).TrimEnd(' ') : line;
    }
}

/// <summary>One detail below a row of a table.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Value">Its text, where it is no list.</param>
/// <param name="Items">Its lines, where it is a list; else null.</param>
internal sealed record TextDetail(string Key, string Value, IReadOnlyList<string>? Items = null);
