namespace Guild.PowerShell.Classic;

/// <summary>The commands about runs: <c>runs</c> with what is below it.</summary>
internal static class RunsWords
{
    private static readonly OptionSpec Yes = OptionSpec.Switch("Do not ask before anything changes.", "-y", "--yes");
    private static readonly OptionSpec Permanent = OptionSpec.Switch("Delete for good instead of to the trash.", "-p", "--permanent");
    private static readonly OptionSpec NoWait = OptionSpec.Switch("Do not wait for the runs to stop.", "-n", "--no-wait");
    private static readonly OptionSpec Force = OptionSpec.Switch("Kill the runs at once.", "--force");
    private static readonly OptionSpec Timeout = OptionSpec.Value("N", "Seconds to wait for a run to stop before it is killed (default is 30).", "--timeout");

    private static readonly OptionSpec DeletedArchive = ArchiveWords.Option("Delete runs in a folder that guild export made, or in the archive of this name.");

    /// <summary><c>guild runs list</c>.</summary>
    public static readonly CommandSpec List = RunListWords.List;

    /// <summary><c>guild runs info</c>.</summary>
    public static readonly CommandSpec Info = RunListWords.Info;

    /// <summary><c>guild runs delete</c>.</summary>
    public static readonly CommandSpec Delete = new()
    {
        Names = ["delete", "rm"],
        Summary = "Delete runs.",
        Details = ["Without RUN all runs that pass the filters are deleted. They go to the trash, from where guild runs restore takes them back.", FilterOptions.RunsHelp],
        Arguments = [FilterOptions.Runs],
        Options = [Yes, Permanent, DeletedArchive, .. FilterOptions.All],
        Read = static parsed => new DeleteRunsCommand
        {
            Selection = FilterOptions.ReadSelection(parsed),
            AssumesYes = parsed.Has(Yes),
            IsPermanent = parsed.Has(Permanent),
            Archive = parsed.Last(DeletedArchive),
        },
    };

    /// <summary><c>guild runs restore</c>.</summary>
    public static readonly CommandSpec Restore = new()
    {
        Names = ["restore"],
        Summary = "Take deleted runs back from the trash.",
        Details = ["Without RUN all deleted runs that pass the filters are restored. Numbers are those of guild runs list --deleted.", FilterOptions.RunsHelp],
        Arguments = [FilterOptions.Runs with { Word = WordKind.DeletedRun }],
        Options = [Yes, .. FilterOptions.All],
        Read = static parsed => new RestoreRunsCommand { Selection = FilterOptions.ReadSelection(parsed), AssumesYes = parsed.Has(Yes) },
    };

    /// <summary><c>guild runs purge</c>.</summary>
    public static readonly CommandSpec Purge = new()
    {
        Names = ["purge"],
        Summary = "Remove deleted runs for good.",
        Details = ["Without RUN all deleted runs that pass the filters are removed. Numbers are those of guild runs list --deleted.", FilterOptions.RunsHelp],
        Arguments = [FilterOptions.Runs with { Word = WordKind.DeletedRun }],
        Options = [Yes, .. FilterOptions.All],
        Read = static parsed => new PurgeRunsCommand { Selection = FilterOptions.ReadSelection(parsed), AssumesYes = parsed.Has(Yes) },
    };

    /// <summary><c>guild stop</c>, also below <c>runs</c>.</summary>
    public static readonly CommandSpec Stop = new()
    {
        Names = ["stop"],
        Summary = "Stop running runs.",
        Details = ["Without RUN all running runs that pass the filters are stopped.", FilterOptions.RunsHelp],
        Arguments = [FilterOptions.Runs with { Word = WordKind.RunningRun }],
        Options = [Yes, NoWait, Force, Timeout, .. FilterOptions.All],
        Read = static parsed => new StopRunsCommand
        {
            Selection = FilterOptions.ReadSelection(parsed),
            AssumesYes = parsed.Has(Yes),
            ReturnsAtOnce = parsed.Has(NoWait),
            IsForced = parsed.Has(Force),
            Timeout = TimeSpan.FromSeconds(parsed.Number(Timeout, least: 0) ?? 30),
        },
    };

    /// <summary><c>guild label</c>, also below <c>runs</c>.</summary>
    public static readonly CommandSpec Label = RunLabelWords.Label;

    /// <summary><c>guild runs</c> with all that is below it.</summary>
    public static readonly CommandSpec Runs = new()
    {
        Names = ["runs"],
        Summary = "Show or manage runs.",
        Details = ["Without a command the runs are listed."],
        Options = List.Options,
        Default = List,
        Commands =
        [
            List, Info, Delete, Restore, Purge, Stop, Label, RunNoteWords.Tag, RunNoteWords.Mark, RunNoteWords.Comment, CompareWords.Diff,
            RunTransferWords.Export, RunTransferWords.Import, ArchiveWords.Archive,
            .. AbsentWords.RunsCommands,
        ],
    };
}
