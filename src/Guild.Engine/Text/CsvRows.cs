using System.Text;

namespace Guild.Engine.Text;

/// <summary>A row of values, and the line in which it begins.</summary>
internal sealed record CsvRow(IReadOnlyList<string> Cells, int Line);

/// <summary>Values separated by commas, as spreadsheets and Python write them: quoted ones may hold commas, line ends and doubled quotes.</summary>
internal sealed record CsvRows(IReadOnlyList<CsvRow> Rows, string? Problem)
{
    /// <summary>The rows, without empty lines.</summary>
    public static CsvRows Read(string text)
    {
        var rows = new List<CsvRow>();
        var cells = new List<string>();
        var cell = new StringBuilder();
        var (line, start) = (1, 1);
        var isQuoted = false;
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            line += letter == '\n' ? 1 : 0;
            switch (letter)
            {
                case '"' when isQuoted && at + 1 < text.Length && text[at + 1] == '"':
                    cell.Append('"');
                    at++;
                    break;
                case '"' when isQuoted || cell.Length == 0:
                    isQuoted = !isQuoted;
                    break;
                case ',' when !isQuoted:
                    cells.Add(cell.ToString());
                    cell.Clear();
                    break;
                case '\r' when !isQuoted && at + 1 < text.Length && text[at + 1] == '\n':
                    break;
                case '\r' or '\n' when !isQuoted:
                    End();
                    start = line;
                    break;
                default:
                    cell.Append(letter);
                    break;
            }
        }

        if (isQuoted)
        {
            return new([], $"a quote in the row that begins in line {start} is not closed.");
        }

        End();
        return new(rows, null);

        void End()
        {
            if (cells.Count > 0 || cell.Length > 0)
            {
                rows.Add(new([.. cells, cell.ToString()], start));
            }

            cells.Clear();
            cell.Clear();
        }
    }
}
