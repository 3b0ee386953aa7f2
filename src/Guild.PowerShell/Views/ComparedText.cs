using System.Globalization;
using Guild.Engine.Flags;
using Guild.Engine.Runs.Comparing;
using Guild.Engine.Text;
using Guild.PowerShell.Classic;

namespace Guild.PowerShell.Views;

/// <summary>Writes comparisons as text.</summary>
internal static class ComparedText
{
    private const int Decimals = 6;

    private const string MarkedNote = " [marked]";

    /// <summary>The lines of a table, with a heading, in the form of Guild AI: floats are cut after six decimals. No lines if there are no runs.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="names">The headings.</param>
    public static IReadOnlyList<string> Table(RunComparison comparison, IReadOnlyList<string> names)
    {
        var operation = comparison.Columns.ToList().IndexOf(CoreColumns.Operation);
        return comparison.Rows.Count == 0
            ? []
            : TextTable.Format([names, .. comparison.Rows.Select(row => (IReadOnlyList<string>)[.. row.Values.Select((value, column) => Cell(value) + (column == operation && row.Run.IsMarked ? MarkedNote : ""))])]);
    }

    /// <summary>The lines of comma-separated values, with a heading, and with values as Guild AI writes them. No lines if there are no runs.</summary>
    public static IEnumerable<string> Csv(RunComparison comparison) => comparison.Rows.Count == 0
        ? []
        : comparison.Rows.Select(row => string.Join(',', row.Values.Select(value => Quoted(Plain(value))))).Prepend(string.Join(',', comparison.Columns.Select(Quoted)));

    /// <summary>A value as tables show it.</summary>
    public static string Cell(object? value) => value switch
    {
        true => "yes",
        false => "no",
        double number => Cut(PythonText.Float(number)),
        _ => Plain(value).ReplaceLineEndings(" "),
    };

    private static string Plain(object? value) => value switch
    {
        null => "",
        string text => text,
        bool truth => truth ? "True" : "False",
        double number => PythonText.Float(number),
        DateTimeOffset time => time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        TimeSpan time => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(time.TotalHours):0}:{time.Minutes:00}:{time.Seconds:00}"),
        _ => FlagGrammar.Encode(value),
    };

    // Rounding would show 0.9999999 as 1.
    private static string Cut(string number)
    {
        var point = number.IndexOf('.', StringComparison.Ordinal);
        if (point < 0)
        {
            return number;
        }

        var end = point + 1;
        while (end < number.Length && char.IsAsciiDigit(number[end]))
        {
            end++;
        }

        return end - point - 1 <= Decimals ? number : number[..(point + 1 + Decimals)] + number[end..];
    }

    private static string Quoted(string text) =>
        text.AsSpan().ContainsAny("\",\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
