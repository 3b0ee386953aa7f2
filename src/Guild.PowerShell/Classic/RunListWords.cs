namespace Guild.PowerShell.Classic;

/// <summary>The commands that show runs: <c>runs list</c>, <c>runs info</c> and <c>select</c>.</summary>
internal static class RunListWords
{
    private static readonly OptionSpec All = OptionSpec.Switch("Show all runs; without it the last 20 are shown.", "-a", "--all");
    private static readonly OptionSpec More = OptionSpec.Switch("Show 20 more runs. May be used several times.", "-m", "--more") with { Kind = OptionKind.Count };
    private static readonly OptionSpec Limit = OptionSpec.Value("N", "Show N runs at most.", "-n", "--limit");
    private static readonly OptionSpec Deleted = OptionSpec.Switch("Show deleted runs.", "-d", "--deleted");
    private static readonly OptionSpec Verbose = OptionSpec.Switch("Show details of each run.", "-v", "--verbose");
    private static readonly OptionSpec Json = OptionSpec.Switch("Write JSON.", "--json");
    private static readonly OptionSpec Simplified = OptionSpec.Switch("Show a shorter list.", "-s", "--simplified");

    private static readonly OptionSpec Archive = ArchiveWords.Option("Show the runs in a folder or zip file that guild export made, or in the archive of this name.");
    private static readonly OptionSpec ListComments = OptionSpec.Switch("Show the comments of each run.", "-c", "--comments");

    private static readonly OptionSpec Comments = OptionSpec.Switch("Show comments.", "-c", "--comments");
    private static readonly OptionSpec Environment = OptionSpec.Switch("Show the environment.", "-e", "--env");
    private static readonly OptionSpec Dependencies = OptionSpec.Switch("Show dependencies.", "-d", "--deps");
    private static readonly OptionSpec Manifest = OptionSpec.Switch("Show the files that were put into the run.", "-m", "--manifest");
    private static readonly OptionSpec AllScalars = OptionSpec.Switch("Show system scalars too, and all that is known of each.", "-s", "--all-scalars");
    private static readonly OptionSpec Plugins = OptionSpec.Switch("Show plugins.", "-p", "--plugins");
    private static readonly OptionSpec PrivateAttributes = OptionSpec.Switch("Show what the run is started again by.", "--private-attrs") with { IsHidden = true };

    private static readonly OptionSpec SelectAll = OptionSpec.Switch("Select all matching runs, and not only the latest.", "-A", "--all");
    private static readonly OptionSpec Minimum = OptionSpec.Value("COLUMN", "Select the run with the lowest value of COLUMN, as in guild compare.", "-min", "--min") with { Word = WordKind.Column };
    private static readonly OptionSpec Maximum = OptionSpec.Value("COLUMN", "Select the run with the highest value of COLUMN.", "-max", "--max") with { Word = WordKind.Column };
    private static readonly OptionSpec ShortId = OptionSpec.Switch("Show the short id.", "-s", "--short-id");
    private static readonly OptionSpec Attribute = OptionSpec.Value("ATTR", "Show this attribute instead of the id.", "-a", "--attr") with { Word = WordKind.Attribute };
    private static readonly OptionSpec Directory = OptionSpec.Switch("Show the run's directory instead of the id.", "-p", "--dir", "--path");

    /// <summary><c>guild runs list</c>.</summary>
    public static readonly CommandSpec List = new()
    {
        Names = ["list", "ls"],
        Summary = "List runs, the newest first.",
        Details = [FilterOptions.RunsHelp, "The numbers change as runs come and go, and with the filters."],
        Arguments = [FilterOptions.Runs],
        Options = [All, More, Limit, Deleted, Verbose, Json, Simplified, ListComments, Archive, .. FilterOptions.All],
        Read = ReadList,
    };

    /// <summary><c>guild runs info</c>.</summary>
    public static readonly CommandSpec Info = new()
    {
        Names = ["info"],
        Summary = "Show a run.",
        Details = ["Without RUN it is the latest run.", FilterOptions.RunHelp],
        Arguments = [FilterOptions.Run],
        Options = [Comments, Environment, Dependencies, Manifest, Plugins, AllScalars, Json, PrivateAttributes, .. FilterOptions.All],
        Read = static parsed => new RunInfoCommand
        {
            Selection = FilterOptions.ReadSingleSelection(parsed),
            ShowsComments = parsed.Has(Comments),
            ShowsEnvironment = parsed.Has(Environment),
            ShowsDependencies = parsed.Has(Dependencies),
            ShowsManifest = parsed.Has(Manifest),
            ShowsAllScalars = parsed.Has(AllScalars),
            ShowsPlugins = parsed.Has(Plugins),
            ShowsPrivate = parsed.Has(PrivateAttributes),
            IsJson = parsed.Has(Json),
        },
    };

    /// <summary><c>guild select</c>.</summary>
    public static readonly CommandSpec Select = new()
    {
        Names = ["select"],
        Summary = "Select a run and show its id.",
        Details = ["Without RUN it is the latest run that passes the filters.", FilterOptions.RunsHelp],
        Arguments = [FilterOptions.Runs],
        Options = [SelectAll, ShortId, Attribute, Directory, Minimum, Maximum, .. FilterOptions.All],
        Read = ReadSelect,
    };

    private static ListRunsCommand ReadList(ParsedWords parsed)
    {
        parsed.Exclude(Json, Verbose);
        parsed.Exclude(ListComments, Verbose);
        parsed.Exclude(ListComments, Json);
        parsed.Exclude(Archive, Deleted);
        parsed.Exclude(All, Limit);
        int? limit = parsed.Number(Limit, least: 1);
        bool isPaged = limit is null && !parsed.Has(All) && !parsed.Has(Json);
        return new ListRunsCommand
        {
            Selection = FilterOptions.ReadSelection(parsed),
            Limit = isPaged ? (parsed.Count(More) + 1) * ListRunsCommand.PageSize : parsed.Has(Json) ? null : limit,
            IsPaged = isPaged,
            IsDeleted = parsed.Has(Deleted),
            Archive = parsed.Last(Archive),
            ShowsComments = parsed.Has(ListComments),
            Form = ReadForm(parsed),
        };
    }

    private static RunListForm ReadForm(ParsedWords parsed)
    {
        if (parsed.Has(Json))
        {
            return RunListForm.Json;
        }

        if (parsed.Has(Verbose))
        {
            return RunListForm.Verbose;
        }

        return parsed.Has(Simplified) ? RunListForm.Simplified : RunListForm.Table;
    }

    private static SelectRunsCommand ReadSelect(ParsedWords parsed)
    {
        parsed.Exclude(ShortId, Attribute);
        parsed.Exclude(Directory, Attribute);
        parsed.Exclude(ShortId, Directory);
        parsed.Exclude(Minimum, Maximum);
        return new SelectRunsCommand
        {
            Selection = FilterOptions.ReadSelection(parsed),
            ShowsAll = parsed.Has(SelectAll),
            BestColumn = parsed.Last(Minimum) ?? parsed.Last(Maximum),
            IsHighestBest = parsed.Has(Maximum),
            Attribute = parsed.Last(Attribute),
            Part = parsed.Has(Attribute) ? SelectedPart.Attribute
                : parsed.Has(Directory) ? SelectedPart.Directory
                : parsed.Has(ShortId) ? SelectedPart.ShortId
                : SelectedPart.Id,
        };
    }
}
