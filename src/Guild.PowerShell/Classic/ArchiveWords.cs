namespace Guild.PowerShell.Classic;

/// <summary>The command about archives that have names: <c>archive</c>, also below <c>runs</c>; and the option of other commands that names one.</summary>
internal static class ArchiveWords
{
    private static readonly OptionSpec Create = OptionSpec.Switch("Make the archive if there is none of this name.", "--create");
    private static readonly OptionSpec List = OptionSpec.Switch("List the archives.", "-l", "--list");
    private static readonly OptionSpec Copy = OptionSpec.Switch("Copy the runs instead of moving them.", "-c", "--copy");
    private static readonly OptionSpec CopyResources = OptionSpec.Switch("Copy what links lead to.", "-r", "--copy-resources");
    private static readonly OptionSpec Description = OptionSpec.Value("TEXT", "What is said of the archive. Used with --create.", "-d", "--description");
    private static readonly OptionSpec Verbose = OptionSpec.Switch("Show where archives are.", "-v", "--verbose");
    private static readonly OptionSpec Yes = OptionSpec.Switch("Do not ask before runs are archived.", "-y", "--yes");

    /// <summary>The option that means runs of an archive.</summary>
    /// <param name="help">What help says of it.</param>
    public static OptionSpec Option(string help) => OptionSpec.Value("PATH", help, "-A", "--archive") with { Word = WordKind.Archive };

    /// <summary><c>guild archive</c>.</summary>
    public static readonly CommandSpec Archive = new()
    {
        Names = ["archive"],
        Summary = "Move runs to an archive, or list the archives.",
        Details =
        [
            "An archive is a folder of runs in the Guild home that is known by its NAME. guild runs --archive NAME lists its runs, and guild import NAME brings them back.",
            "Runs are moved, unless --copy is used. Without RUN all runs that pass the filters are archived.",
            FilterOptions.RunsHelp,
        ],
        Arguments = [new("NAME", "[NAME]", ArgumentKind.Optional, WordKind.Archive), FilterOptions.Runs],
        Options = [Create, List, Copy, CopyResources, Description, Verbose, Yes, .. FilterOptions.Local],
        Read = static parsed => parsed.Has(List)
            ? new ListArchivesCommand { ShowsPaths = parsed.Has(Verbose) }
            : new ArchiveRunsCommand
            {
                Name = parsed.Arguments is [{ Length: > 0 } name, ..] ? name : throw parsed.Error("missing argument for NAME"),
                Selection = new RunSelection(FilterOptions.SplitLists(parsed.Arguments.Skip(1)), FilterOptions.ReadFilter(parsed)),
                IsNew = parsed.Has(Create),
                Description = parsed.Last(Description),
                IsMove = !parsed.Has(Copy),
                CopiesResources = parsed.Has(CopyResources),
                AssumesYes = parsed.Has(Yes),
            },
    };
}
