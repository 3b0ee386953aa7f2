namespace Guild.PowerShell.Classic;

/// <summary>The commands that take runs out of a home and into one: <c>export</c> and <c>import</c>, also below <c>runs</c>.</summary>
internal static class RunTransferWords
{
    private static readonly OptionSpec MoveOut = OptionSpec.Switch("Move the runs instead of copying them.", "-m", "--move");
    private static readonly OptionSpec CopyOut = OptionSpec.Switch("Copy what links lead to.", "-r", "--copy-resources");
    private static readonly OptionSpec YesOut = OptionSpec.Switch("Do not ask before runs are exported.", "-y", "--yes");
    private static readonly OptionSpec MoveIn = OptionSpec.Switch("Move the runs instead of copying them.", "-m", "--move");
    private static readonly OptionSpec CopyIn = OptionSpec.Switch("Copy what links lead to.", "--copy-resources");
    private static readonly OptionSpec YesIn = OptionSpec.Switch("Do not ask before runs are imported.", "-y", "--yes");

    /// <summary><c>guild export</c>.</summary>
    public static readonly CommandSpec Export = new()
    {
        Names = ["export"],
        Summary = "Export runs to a folder or a zip file.",
        Details =
        [
            "LOCATION is a folder, or a zip file if its name ends in .zip. Runs that are there already are passed over.",
            "Without RUN all runs that pass the filters are exported. Links stay links, unless --copy-resources is used; in a zip file linked files are copied and linked folders are empty.",
            FilterOptions.RunsHelp,
        ],
        Arguments = [new("LOCATION", "LOCATION", ArgumentKind.Required, WordKind.Path), FilterOptions.Runs],

        // The letter of --remote means the resources here.
        Options = [MoveOut, CopyOut, YesOut, .. FilterOptions.All.Where(o => !o.Names.Contains("-r", StringComparer.Ordinal)), OptionSpec.AbsentValue("--remote")],
        Read = static parsed => new ExportRunsCommand
        {
            Location = parsed.Arguments[0],
            Selection = SelectionOf(parsed),
            IsMove = parsed.Has(MoveOut),
            CopiesResources = parsed.Has(CopyOut),
            AssumesYes = parsed.Has(YesOut),
        },
    };

    /// <summary><c>guild import</c>.</summary>
    public static readonly CommandSpec Import = new()
    {
        Names = ["import"],
        Summary = "Import runs from a folder or a zip file.",
        Details =
        [
            "ARCHIVE is a folder or zip file that guild export made, or a name that guild archive --list shows. Runs that are in the home already are passed over.",
            "Without RUN all runs that pass the filters are imported. Numbers are places among the runs of ARCHIVE.",
            FilterOptions.RunsHelp,
        ],
        Arguments = [new("ARCHIVE", "ARCHIVE", ArgumentKind.Required, WordKind.Archive), FilterOptions.Runs with { Word = WordKind.Text }],
        Options = [MoveIn, CopyIn, YesIn, .. FilterOptions.All],
        Read = static parsed => new ImportRunsCommand
        {
            Archive = parsed.Arguments[0],
            Selection = SelectionOf(parsed),
            IsMove = parsed.Has(MoveIn),
            CopiesResources = parsed.Has(CopyIn),
            AssumesYes = parsed.Has(YesIn),
        },
    };

    private static RunSelection SelectionOf(ParsedWords parsed) => new(FilterOptions.SplitLists(parsed.Arguments.Skip(1)), FilterOptions.ReadFilter(parsed));
}
