namespace Guild.PowerShell.Classic;

/// <summary>The options by which commands choose runs, and what they mean together.</summary>
internal static class FilterOptions
{
    /// <summary>The words that name one run or several.</summary>
    public static readonly ArgumentSpec Runs = new("RUN", "[RUN]...", ArgumentKind.Many, WordKind.Run);

    /// <summary>The word that names one run.</summary>
    public static readonly ArgumentSpec Run = new("RUN", "[RUN]", ArgumentKind.Optional, WordKind.Run);

    /// <summary>What help says about naming one run.</summary>
    public const string RunHelp = "RUN is a run's id, the beginning of one, or its number in the list of runs.";

    /// <summary>What help says about naming several runs.</summary>
    public const string RunsHelp = $"{RunHelp} START:END is a range of such numbers; either may be left out.";

    private const string OperationHelp = "Only runs of operations that match VAL: a name or parts of it, * for any text, or an expression with ^ or $.";

    private static readonly OptionSpec Operation = OptionSpec.Values("VAL", OperationHelp, "-Fo", "--operation") with { OldNames = ["-o"], Word = WordKind.ListedOperation };

    private static readonly OptionSpec Label =
        OptionSpec.Values("VAL", "Only runs with VAL in their label; - for runs without a label.", "-Fl", "--label") with { OldNames = ["-l"], Word = WordKind.Label };

    private static readonly OptionSpec Unlabeled = OptionSpec.Switch("Only runs without a label.", "-Fu", "--unlabeled") with { OldNames = ["-u"] };

    private static readonly OptionSpec Tag = OptionSpec.Values("TAG", "Only runs with this tag.", "-Ft", "--tag") with { Word = WordKind.Tag };

    private static readonly OptionSpec Marked = OptionSpec.Switch("Only marked runs.", "-Fm", "--marked");

    private static readonly OptionSpec Unmarked = OptionSpec.Switch("Only runs that are not marked.", "-Fn", "--unmarked");

    private static readonly OptionSpec Expression =
        OptionSpec.Value("EXPR", "Only runs for which EXPR is true, as in 'lr < 0.1 and loss < 0.2'.", "-F", "--filter") with { Word = WordKind.Filter };

    private static readonly OptionSpec Comment = OptionSpec.Values("VAL", "Only runs with VAL in a comment; - for runs without comments.", "-Fc", "--comment");

    private static readonly OptionSpec Started =
        OptionSpec.Value("RANGE", "Only runs started in RANGE, as in 'last 3 days', 'this week', 'after 9:00'.", "-Fs", "--started") with { Word = WordKind.TimeRange };

    private static readonly OptionSpec Digest = OptionSpec.Value("VAL", "Only runs of source code whose digest begins with VAL.", "-Fd", "--digest") with { Word = WordKind.Digest };

    // The letter of -S is the last of the first name.
    private static readonly OptionSpec[] Statuses =
    [
        Status("running", "-Sr", "-R"),
        Status("completed", "-Sc", "-C"),
        Status("error", "-Se", "-E"),
        Status("terminated", "-St", "-T"),
        Status("pending", "-Sp"),
        Status("staged", "-Ss"),
    ];

    private static readonly OptionSpec StatusLetters =
        OptionSpec.Values("LETTERS", "Several of the status letters together, as in -Set.", "-S") with { IsHidden = true };

    /// <summary>Those of commands about runs of this machine only, in the order of help.</summary>
    public static readonly IReadOnlyList<OptionSpec> Local =
    [
        Expression,
        Operation,
        Label,
        Unlabeled,
        Tag,
        Comment,
        Marked,
        Unmarked,
        Started,
        Digest,
        .. Statuses,
        StatusLetters,
    ];

    /// <summary>All of the options, in the order of help.</summary>
    public static readonly IReadOnlyList<OptionSpec> All = [.. Local, OptionSpec.AbsentValue("-r", "--remote")];

    /// <summary>Reads the runs that are named and the filter.</summary>
    /// <param name="parsed">The words of the command; all of its arguments name runs.</param>
    public static RunSelection ReadSelection(ParsedWords parsed) => new(SplitLists(parsed.Arguments), ReadFilter(parsed));

    /// <summary>Reads the one run that is named, if one is, and the filter.</summary>
    /// <param name="parsed">The words of the command; its argument names the run.</param>
    public static RunSelection ReadSingleSelection(ParsedWords parsed) => new(parsed.Arguments, ReadFilter(parsed));

    /// <summary>Gives one name for each word, and several for a word with commas: at PowerShell's prompt <c>1,2</c> is how one writes a list.</summary>
    /// <param name="words">The words that name runs.</param>
    public static IReadOnlyList<string> SplitLists(IEnumerable<string> words) =>
        [.. words.SelectMany(static word => word.Length == 0 ? [word] : word.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    /// <summary>Reads the filter.</summary>
    /// <param name="parsed">The words of the command.</param>
    public static RunFilter ReadFilter(ParsedWords parsed)
    {
        parsed.Exclude(Label, Unlabeled);
        parsed.Exclude(Marked, Unmarked);
        string letters = ReadLetters(parsed);
        return new RunFilter
        {
            Operations = parsed.All(Operation),
            Labels = parsed.Has(Unlabeled) ? ["-"] : parsed.All(Label),
            Tags = parsed.All(Tag),
            Expression = GivenText(parsed, Expression),
            Comments = parsed.All(Comment),
            Started = GivenText(parsed, Started),
            Digest = GivenText(parsed, Digest),
            Marked = parsed.Has(Marked) ? true : parsed.Has(Unmarked) ? false : null,
            Statuses = [.. Statuses.Where(s => parsed.Choice(s) ?? letters.Contains(s.Names[0][^1], StringComparison.Ordinal)).Select(NameOf)],
            ExcludedStatuses = [.. Statuses.Where(s => parsed.Choice(s) is false).Select(NameOf)],
        };
    }

    // As with Guild AI, an empty text is as good as none.
    private static string? GivenText(ParsedWords parsed, OptionSpec option) => parsed.Last(option) is { Length: > 0 } text ? text : null;

    private static string ReadLetters(ParsedWords parsed)
    {
        string letters = string.Concat(parsed.All(StatusLetters));
        foreach (char letter in letters)
        {
            if (!Statuses.Any(s => s.Names[0][^1] == letter))
            {
                throw parsed.Error($"unrecognized status letter '{letter}' in option '-S'");
            }
        }

        return letters;
    }

    private static OptionSpec Status(string name, string letters, params string[] oldNames) =>
        OptionSpec.Switch($"Only runs that are {Adjective(name)}, or only others.", letters, $"--{name}") with { NegativeNames = [$"--not-{name}"], OldNames = oldNames };

    private static string Adjective(string status) => string.Equals(status, "error", StringComparison.Ordinal) ? "in error" : status;

    private static string NameOf(OptionSpec status) => status.Names[^1][2..];
}
