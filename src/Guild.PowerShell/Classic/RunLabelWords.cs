namespace Guild.PowerShell.Classic;

/// <summary>The command that changes labels: <c>label</c>, also below <c>runs</c>.</summary>
internal static class RunLabelWords
{
    private static readonly OptionSpec Set = OptionSpec.Value("VAL", "Make VAL the label.", "-s", "--set") with { Word = WordKind.Label };
    private static readonly OptionSpec Prepend = OptionSpec.Value("VAL", "Put VAL before the label.", "-p", "--prepend");
    private static readonly OptionSpec Append = OptionSpec.Value("VAL", "Put VAL behind the label.", "-a", "--append");
    private static readonly OptionSpec Remove = OptionSpec.Values("VAL", "Take VAL out of the label. May be used several times.", "-rm", "--remove");
    private static readonly OptionSpec Clear = OptionSpec.Switch("Remove the label.", "-c", "--clear");
    private static readonly OptionSpec Yes = OptionSpec.Switch("Do not ask before labels change.", "-y", "--yes");

    /// <summary><c>guild label</c>.</summary>
    public static readonly CommandSpec Label = new()
    {
        Names = ["label"],
        Summary = "Set, change or remove labels of runs.",
        Details = ["Without RUN it is the latest run.", FilterOptions.RunsHelp, "Without an option the last word is the new label: guild label 1 best."],
        Arguments = [FilterOptions.Runs],
        LastWord = WordKind.Label,
        Options = [Set, Prepend, Append, Remove, Clear, Yes, .. FilterOptions.All],
        Read = Read,
    };

    private static LabelRunsCommand Read(ParsedWords parsed)
    {
        parsed.Exclude(Set, Prepend);
        parsed.Exclude(Set, Append);
        parsed.Exclude(Set, Remove);
        parsed.Exclude(Prepend, Append);
        OptionSpec[] changes = [Set, Prepend, Append, Remove];
        foreach (OptionSpec change in changes)
        {
            parsed.Exclude(change, Clear);
        }

        // Early versions of Guild took the label as the last word. Later ones have an error there, so both can be understood.
        bool isLastWordLabel = !parsed.Has(Clear) && !Array.Exists(changes, parsed.Has);
        if (isLastWordLabel && parsed.Arguments.Count == 0)
        {
            throw parsed.Error("specify a label");
        }

        IEnumerable<string> runs = isLastWordLabel ? parsed.Arguments.SkipLast(1) : parsed.Arguments;
        return new LabelRunsCommand
        {
            Selection = new RunSelection(FilterOptions.SplitLists(runs), FilterOptions.ReadFilter(parsed)),
            AssumesYes = parsed.Has(Yes),
            NewLabel = isLastWordLabel ? parsed.Arguments[^1] : parsed.Last(Set),
            Prefix = parsed.Last(Prepend),
            Suffix = parsed.Last(Append),
            Removed = parsed.All(Remove),
            IsCleared = parsed.Has(Clear),
        };
    }
}
