using System.Globalization;
using System.Text;
using Guild.Engine;
using Guild.Engine.Operations;
using Guild.Engine.Runs;
using Guild.Engine.Runs.Comparing;
using Guild.PowerShell.Classic;
using Guild.PowerShell.Views;

namespace Guild.PowerShell.ClassicActions;

/// <summary><c>guild compare</c>.</summary>
internal static class RunCompare
{
    private const string ToScreen = "-";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static int Do(CompareRunsCommand command, ClassicSession session)
    {
        // What cannot be understood is told before ten thousand runs are read.
        var columns = command.Columns is null ? [] : ColumnSpec.Parse(command.Columns);
        var runs = RunSelector.Select(command.Selection, session, RunPlace.Runs, ":").Where(run => command.IncludesBatches || !run.IsBatch).ToList();
        if (command.Form == ComparisonForm.Scalars)
        {
            session.Runs.LoadScalars(runs, session.Stop);
            session.Print(runs.SelectMany(ScalarLines));
            return ClassicExit.Success;
        }

        var comparison = RunComparison.Of(runs, session.Runs, Options(command, columns, session), session.Stop);
        foreach (var warning in comparison.Warnings)
        {
            session.Cmdlet.WriteWarning(warning);
        }

        comparison = Ordered(comparison, command);
        if (command.Form == ComparisonForm.Table)
        {
            session.Print(ComparedText.Table(comparison, comparison.Columns));
        }
        else if (command.CsvPath == ToScreen)
        {
            session.Print(ComparedText.Csv(comparison).SelectMany(line => line.Split('\n')));
        }
        else
        {
            Write(comparison, command.CsvPath!, session);
        }

        return ClassicExit.Success;
    }

    private static ComparisonOptions Options(CompareRunsCommand command, IReadOnlyList<ColumnSpec> columns, ClassicSession session) => new()
    {
        SkipsCore = command.SkipsCore || command.IsStrict,
        SkipsOperationColumns = command.SkipsOperationColumns || command.IsStrict,
        ShowsExtra = command.ShowsExtra,
        ShowsAllScalars = command.ShowsAllScalars,
        Columns = columns,
        Packages = PythonFolders.Search(session.Engine),
    };

    private static RunComparison Ordered(RunComparison comparison, CompareRunsCommand command)
    {
        if (command.OrderColumn is { } column && comparison.Rows.Count > 0)
        {
            comparison = comparison.OrderedBy(column, command.IsHighestFirst ? ValueOrder.HighestFirst : ValueOrder.LowestFirst);
        }

        comparison = command.Limit is { } limit ? comparison.First(limit) : comparison;
        return command.SkipsUnchanged ? comparison.WithoutUnchanged() : comparison;
    }

    private static IEnumerable<string> ScalarLines(Run run) => run.Scalars.Values
        .Select(scalar => string.Create(CultureInfo.InvariantCulture, $"  {scalar.Name}: {scalar.Last:F6} (step {scalar.LastStep})"))
        .Prepend($"[{run.ShortId}] {run.FullName}");

    private static void Write(RunComparison comparison, string typed, ClassicSession session)
    {
        var path = session.ResolveInProject(typed);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, string.Concat(ComparedText.Csv(comparison).Select(line => line + '\n')), Utf8);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RequestException($"error opening {typed}: {error.Message}", typed, "Name a file that can be written, or - to show the values.");
        }

        session.Note(string.Create(CultureInfo.InvariantCulture, $"Wrote {comparison.Rows.Count} row(s) to {typed}"));
    }
}
