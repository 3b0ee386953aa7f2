namespace Guild.PowerShell.Classic;

/// <summary>The command <c>watch</c>.</summary>
internal static class WatchWords
{
    private static readonly OptionSpec ProcessId = OptionSpec.Value("PID", "Watch the run of this process. PID is a process id, or a file that holds one.", "-p", "--pid");

    /// <summary><c>guild watch</c>.</summary>
    public static readonly CommandSpec Watch = new()
    {
        Names = ["watch"],
        Summary = "Show what a run prints, until it has ended.",
        Details = ["Without RUN it is the running run that was started last. Ctrl-C ends the watching and not the run.", FilterOptions.RunHelp],
        Arguments = [FilterOptions.Run],
        Options = [ProcessId, .. FilterOptions.All],
        Read = Read,
    };

    private static WatchRunCommand Read(ParsedWords parsed)
    {
        var selection = FilterOptions.ReadSelection(parsed);
        var filter = selection.Filter;
        var isFiltered = filter is not { Operations.Count: 0, Labels.Count: 0, Tags.Count: 0, Marked: null, Statuses.Count: 0, ExcludedStatuses.Count: 0 };
        return parsed.Has(ProcessId) && (selection.Runs.Count > 0 || isFiltered)
            ? throw parsed.Error("--pid may not be used with other options")
            : new WatchRunCommand { Selection = selection, ProcessId = parsed.Last(ProcessId) };
    }
}
