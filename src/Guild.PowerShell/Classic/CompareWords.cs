namespace Guild.PowerShell.Classic;

/// <summary>The commands that put runs beside each other: <c>compare</c> and <c>diff</c>.</summary>
internal static class CompareWords
{
    private static readonly OptionSpec Minimum = OptionSpec.Value("COLUMN", "Show the lowest values of COLUMN first.", "--min");
    private static readonly OptionSpec Maximum = OptionSpec.Value("COLUMN", "Show the highest values of COLUMN first.", "--max");
    private static readonly OptionSpec Limit = OptionSpec.Value("N", "Show the first N runs only.", "-n", "--limit", "--top");
    private static readonly OptionSpec ExtraColumns = OptionSpec.Switch("Show columns that are seldom asked for: the digest of the source code.", "-e", "--extra-cols");
    private static readonly OptionSpec AllScalars = OptionSpec.Switch("Show system scalars too.", "-s", "--all-scalars");
    private static readonly OptionSpec Columns = OptionSpec.Value("COLUMNS", "Show these columns too.", "-c", "--cols") with { Word = WordKind.Column };
    private static readonly OptionSpec StrictColumns = OptionSpec.Value("COLUMNS", "Show these columns only.", "-cc", "--strict-cols") with { Word = WordKind.Column };
    private static readonly OptionSpec SkipOperation = OptionSpec.Switch("Do not show the columns that operations ask for with 'compare'.", "-p", "--skip-op-cols");
    private static readonly OptionSpec SkipCore = OptionSpec.Switch("Do not show core columns.", "-r", "--skip-core");
    private static readonly OptionSpec SkipUnchanged = OptionSpec.Switch("Do not show columns whose values are the same in all runs.", "-u", "--skip-unchanged");
    private static readonly OptionSpec Table = OptionSpec.Switch("Show a table. This is what is done anyway.", "-t", "--table");
    private static readonly OptionSpec Csv = OptionSpec.Value("PATH", "Write comma-separated values to PATH; - to show them.", "--csv") with { Word = WordKind.Path };
    private static readonly OptionSpec IncludeBatch = OptionSpec.Switch("Show batches too.", "--include-batch");
    private static readonly OptionSpec PrintScalars = OptionSpec.Switch("Show which scalars there are, and exit.", "--print-scalars");

    private static readonly OptionSpec Output = OptionSpec.Switch("Compare what the programs printed.", "-O", "--output");
    private static readonly OptionSpec SourceCode = OptionSpec.Switch("Compare source code.", "-s", "--sourcecode");
    private static readonly OptionSpec Environment = OptionSpec.Switch("Compare environments.", "-e", "--env");
    private static readonly OptionSpec Flags = OptionSpec.Switch("Compare flags.", "-f", "--flags") with { OldNames = ["-g"] };
    private static readonly OptionSpec Attributes = OptionSpec.Switch("Compare all attributes.", "-a", "--attrs");
    private static readonly OptionSpec Dependencies = OptionSpec.Switch("Compare dependencies.", "-D", "--deps");
    private static readonly OptionSpec Paths = OptionSpec.Values("PATH", "Compare this file or folder of the runs. May be used several times.", "-p", "--path") with { Word = WordKind.RunFile };
    private static readonly OptionSpec Working = OptionSpec.Switch("Compare the source code of a run with the project as it is now.", "-w", "--working");
    private static readonly OptionSpec Directory = OptionSpec.Value("PATH", "Compare a run with a folder.", "-d", "--dir") with { Word = WordKind.Path };
    private static readonly OptionSpec Command = OptionSpec.Value("CMD", "Show differences with this program.", "-c", "--cmd");

    /// <summary><c>guild compare</c>.</summary>
    public static readonly CommandSpec Compare = new()
    {
        Names = ["compare"],
        Summary = "Compare runs.",
        Details =
        [
            "A row for each run, with the columns that its operation asks for with 'compare' in the Guild file, else with all of its flags and scalars. Without RUN all runs are compared.",
            FilterOptions.RunsHelp,
            "COLUMNS are separated by commas. A column is the name of a scalar, with min, max, first, last, avg, total or count before it, or with step behind it; =FLAG; or .ATTRIBUTE. Each can have 'as HEADING' at its end.",
        ],
        Arguments = [FilterOptions.Runs],
        Options =
        [
            Minimum, Maximum, Limit, ExtraColumns, AllScalars, Columns, StrictColumns, SkipOperation, SkipCore, SkipUnchanged, Table, Csv, IncludeBatch, PrintScalars,
            OptionSpec.AbsentValue("--tool"), .. FilterOptions.Local,
        ],
        Read = ReadCompare,
    };

    /// <summary><c>guild diff</c>, also below <c>runs</c>.</summary>
    public static readonly CommandSpec Diff = new()
    {
        Names = ["diff"],
        Summary = "Show in what two runs differ.",
        Details =
        [
            "Without RUN1 and RUN2 the latest run is compared with the one before it: guild diff 2 1. Without an option all files of the runs are compared, those of the record too.",
            FilterOptions.RunHelp,
            "Differences are shown as diff -ru shows them, unless --cmd or 'diff: {command: CMD}' in the user configuration names a program.",
        ],
        Arguments = [new("RUN", "[RUN1 [RUN2]]", ArgumentKind.Many, WordKind.Run)],
        Options = [Output, SourceCode, Environment, Flags, Attributes, Dependencies, Paths, Working, Directory, Command, .. FilterOptions.All],
        Read = ReadDiff,
    };

    private static CompareRunsCommand ReadCompare(ParsedWords parsed)
    {
        parsed.Exclude(Minimum, Maximum);
        parsed.Exclude(Columns, StrictColumns);
        parsed.Exclude(Table, Csv);
        return new CompareRunsCommand
        {
            Selection = FilterOptions.ReadSelection(parsed),
            Form = parsed.Has(PrintScalars) ? ComparisonForm.Scalars : parsed.Has(Csv) ? ComparisonForm.Csv : ComparisonForm.Table,
            CsvPath = parsed.Last(Csv),
            Columns = parsed.Last(Columns) ?? parsed.Last(StrictColumns),
            IsStrict = parsed.Has(StrictColumns),
            SkipsCore = parsed.Has(SkipCore),
            SkipsOperationColumns = parsed.Has(SkipOperation),
            SkipsUnchanged = parsed.Has(SkipUnchanged),
            ShowsExtra = parsed.Has(ExtraColumns),
            ShowsAllScalars = parsed.Has(AllScalars),
            IncludesBatches = parsed.Has(IncludeBatch),
            OrderColumn = parsed.Last(Minimum) ?? parsed.Last(Maximum),
            IsHighestFirst = parsed.Has(Maximum),
            Limit = parsed.Number(Limit, least: 1),
        };
    }

    private static DiffRunsCommand ReadDiff(ParsedWords parsed)
    {
        parsed.Exclude(Working, Directory);
        parsed.Exclude(Working, SourceCode);
        IReadOnlyList<string> runs = FilterOptions.SplitLists(parsed.Arguments);
        OptionSpec? single = parsed.Has(Working) ? Working : parsed.Has(Directory) ? Directory : null;
        int most = single is null ? 2 : 1;
        if (runs.Count > most)
        {
            throw single is null ? parsed.Error($"unexpected extra argument '{runs[most]}'") : parsed.Error($"cannot specify second RUN and {single.DisplayName}");
        }

        if (runs.Count == 1 && single is null)
        {
            throw parsed.Error("diff requires two runs");
        }

        foreach (string path in parsed.All(Paths).Where(Path.IsPathRooted))
        {
            throw parsed.Error($"PATH must be relative, but '{path}' is not");
        }

        return new DiffRunsCommand
        {
            Selection = new RunSelection(runs.Count > 0 ? runs : single is null ? ["2", "1"] : ["1"], FilterOptions.ReadFilter(parsed)),
            Parts = PartsOf(parsed),
            Paths = parsed.All(Paths),
            ComparesWorking = parsed.Has(Working),
            Directory = parsed.Last(Directory),
            Program = parsed.Last(Command),
        };
    }

    // All attributes have the environment, the flags and the dependencies among them.
    private static IReadOnlyList<DiffPart> PartsOf(ParsedWords parsed)
    {
        bool hasAll = parsed.Has(Attributes);
        (bool IsAsked, DiffPart Part)[] parts =
        [
            (hasAll, DiffPart.Attributes),
            (parsed.Has(Environment) && !hasAll, DiffPart.Environment),
            (parsed.Has(Flags) && !hasAll, DiffPart.Flags),
            (parsed.Has(Dependencies) && !hasAll, DiffPart.Dependencies),
            (parsed.Has(Output), DiffPart.Output),
            (parsed.Has(SourceCode), DiffPart.SourceCode),
        ];
        return [.. parts.Where(static p => p.IsAsked).Select(static p => p.Part)];
    }
}
