namespace Guild.PowerShell.Classic;

/// <summary>The commands that run operations: <c>run</c> and <c>train</c>.</summary>
internal static class RunWords
{
    private static readonly OptionSpec Label = OptionSpec.Value("TEXT", "Label the run. ${FLAG} in the text stands for a flag's value.", "-l", "--label") with { Word = WordKind.Label };
    private static readonly OptionSpec Tag = OptionSpec.Values("TAG", "Tag the run. May be used several times.", "-t", "--tag") with { Word = WordKind.Tag };
    private static readonly OptionSpec Comment = OptionSpec.Value("TEXT", "Comment the run.", "-c", "--comment");
    private static readonly OptionSpec EditComment = OptionSpec.Switch("Write the comment in an editor.", "-ec", "--edit-comment");
    private static readonly OptionSpec RunDirectory = OptionSpec.Value("DIR", "Run in DIR, which must not be in use, instead of in the Guild home.", "-d", "--run-dir") with { Word = WordKind.Path };
    private static readonly OptionSpec Stage = OptionSpec.Switch("Prepare the run and do not start it.", "--stage");
    private static readonly OptionSpec Start = OptionSpec.Value("RUN", "Start a staged run, or an ended one again, in its own directory.", "--start", "--restart") with { Word = WordKind.Run };
    private static readonly OptionSpec Prototype = OptionSpec.Value("RUN", "Run the operation of RUN with its flags. Flags that are given come before those, and another operation may be named.", "--rerun", "--proto") with { Word = WordKind.Run };
    private static readonly OptionSpec Background = OptionSpec.Switch("Run in the background: the run outlives the terminal. See guild watch and guild stop.", "-b", "--background");
    private static readonly OptionSpec PidFile = OptionSpec.Value("FILE", "Run in the background, and write the process id of what supervises the run to FILE.", "--pidfile") with { Word = WordKind.Path };
    private static readonly OptionSpec Gpus = OptionSpec.Value("DEVICES", "Show only these GPUs to the operation, as in 0,1.", "--gpus");
    private static readonly OptionSpec NoGpus = OptionSpec.Switch("Show no GPU to the operation.", "--no-gpus");
    private static readonly OptionSpec Yes = OptionSpec.Switch("Do not ask before the operation runs.", "-y", "--yes");
    private static readonly OptionSpec EditFlags = OptionSpec.Switch("Edit the flags in an editor before the run: that of VISUAL or EDITOR.", "-e", "--edit-flags");
    private static readonly OptionSpec ForceFlags = OptionSpec.Switch("Take flags that are unknown or that do not fit.", "-f", "--force-flags");
    private static readonly OptionSpec ForceSourceCode = OptionSpec.Switch("With --restart, use the source code that the project has now in place of the run's. A new run has it anyway.", "--force-sourcecode");
    private static readonly OptionSpec KeepRun = OptionSpec.Switch("Keep the run when it ends well, though its operation has delete-on-success.", "--keep-run");
    private static readonly OptionSpec Needed = OptionSpec.Switch("Run only what no completed run has the flags, source code and resources of.", "--needed");
    private static readonly OptionSpec KeepGoing = OptionSpec.Switch("When a step of a pipeline fails, go on with those that do not need it.", "--keep-going");
    private static readonly OptionSpec Quiet = OptionSpec.Switch("Do not show the program's output.", "-q", "--quiet");
    private static readonly OptionSpec PrintCommand = OptionSpec.Switch("Show the command line of the program, and run nothing.", "--print-cmd");
    private static readonly OptionSpec PrintEnvironment = OptionSpec.Switch("Show the environment of the program, and run nothing.", "--print-env");
    private static readonly OptionSpec HelpModel = OptionSpec.Switch("Show help for the model, and run nothing.", "--help-model");
    private static readonly OptionSpec HelpOperation = OptionSpec.Switch("Show help for the operation, and run nothing.", "-h", "--help-op");
    private static readonly OptionSpec TestOutputScalars = OptionSpec.Value("FILE", "Show what the patterns for scalars find in the lines of FILE, or of what is typed where it is -, and run nothing.", "--test-output-scalars") with { Word = WordKind.Path };
    private static readonly OptionSpec TestSourceCode = OptionSpec.Switch("Show which files are copied as source code and by which rules, and run nothing.", "--test-sourcecode");
    private static readonly OptionSpec TestFlags = OptionSpec.Switch("Show all that is defined of the flags, and run nothing.", "--test-flags");

    private static readonly OptionSpec[] Options =
    [
        Label, Tag, Comment, EditComment, RunDirectory, Stage, Start, Prototype, Background, PidFile, Gpus, NoGpus, Yes, EditFlags, ForceFlags, ForceSourceCode, Needed, KeepRun, KeepGoing, Quiet, PrintCommand, PrintEnvironment, HelpModel, HelpOperation, TestOutputScalars, TestSourceCode, TestFlags,
        .. SearchWords.Options, .. AbsentOptions(),
    ];

    private static readonly ArgumentSpec FlagArguments = new("FLAG", "[FLAG=VAL]...", ArgumentKind.Many, WordKind.Flag);

    private const string FlagHelp =
        "A flag is given as FLAG=VAL. A resource that the operation requires may be given in the same way, as RESOURCE=VAL. "
        + "Use --help-op for the flags of an operation.";

    /// <summary><c>guild run</c>.</summary>
    public static readonly CommandSpec Run = new()
    {
        Names = ["run"],
        Summary = "Run an operation.",
        Details =
        [
            "Without OPERATION the default operation of the project runs. Without MODEL the operation is the default model's, or that of the one model which has it.",
            FlagHelp,
        ],
        Options = Options,
        Arguments = [new("OPERATION", "[[MODEL:]OPERATION]", ArgumentKind.Optional, WordKind.Operation), FlagArguments],
        Read = static parsed => Read(parsed, static operation => operation),
    };

    /// <summary><c>guild train</c>.</summary>
    public static readonly CommandSpec Train = new()
    {
        Names = ["train"],
        Summary = "Train a model: run its train operation.",
        Details = ["Without MODEL it is the default model that is trained.", FlagHelp],
        Options = Options,
        Arguments = [new("MODEL", "[MODEL]", ArgumentKind.Optional, WordKind.TrainedModel), FlagArguments],
        Read = static parsed => Read(parsed, OperationOfModel),
    };

    /// <summary>The operation that is meant by the words after <c>run</c> or <c>train</c>; an empty text for the default operation.</summary>
    /// <param name="command">The command.</param>
    /// <param name="arguments">The words after it that are no options.</param>
    public static string OperationOf(CommandSpec command, IReadOnlyList<string> arguments) =>
        command == Train ? OperationOfModel(SubjectOf(arguments)) : SubjectOf(arguments) ?? "";

    private static string OperationOfModel(string? model) => model is null ? "train" : $"{model}:train";

    // The first word is a flag already if it looks like one: the operation was left out.
    private static string? SubjectOf(IReadOnlyList<string> arguments) => arguments is [string first, ..] && !first.Contains('=', StringComparison.Ordinal) && !IsTrialFile(first) ? first : null;

    private static RunCommand Read(ParsedWords parsed, Func<string?, string?> operationOf)
    {
        string? subject = SubjectOf(parsed.Arguments);
        RequireCompatible(parsed, subject);
        var words = parsed.Arguments.Skip(subject is null ? 0 : 1).ToList();
        return new RunCommand
        {
            Operation = parsed.Has(Start) || (parsed.Has(Prototype) && subject is null) ? null : operationOf(subject),
            Flags = [.. words.Where(word => !IsTrialFile(word)).Select(word => ReadFlag(parsed, word))],
            TrialFiles = [.. words.Where(IsTrialFile).Select(word => word[1..])],
            Label = parsed.Last(Label),
            Tags = parsed.All(Tag),
            Comment = parsed.Last(Comment),
            EditsComment = parsed.Has(EditComment),
            RunDirectory = parsed.Last(RunDirectory),
            StartedRun = parsed.Last(Start),
            Prototype = parsed.Last(Prototype),
            Gpus = parsed.Has(NoGpus) ? "" : parsed.Last(Gpus),
            IsStaged = parsed.Has(Stage),
            IsDetached = parsed.Has(Background) || parsed.Has(PidFile),
            PidFile = parsed.Last(PidFile),
            AssumesYes = parsed.Has(Yes),
            ForcesFlags = parsed.Has(ForceFlags),
            EditsFlags = parsed.Has(EditFlags),
            ForcesSourceCode = parsed.Has(ForceSourceCode),
            IsNeededOnly = parsed.Has(Needed),
            KeepsRun = parsed.Has(KeepRun),
            KeepsGoing = parsed.Has(KeepGoing),
            IsQuiet = parsed.Has(Quiet),
            TestedOutput = parsed.Last(TestOutputScalars),
            Question = ReadQuestion(parsed),
            Search = SearchWords.Read(parsed),
        };
    }

    private static void RequireCompatible(ParsedWords parsed, string? subject)
    {
        parsed.Exclude(NoGpus, Gpus);
        parsed.Exclude(Start, Prototype);
        parsed.Exclude(PrintCommand, PrintEnvironment);
        parsed.Exclude(Stage, Background);
        parsed.Exclude(Stage, PidFile);
        SearchWords.RequireCompatible(parsed, parsed.Has(Start));
        if (!parsed.Has(Start))
        {
            return;
        }

        if (subject is not null)
        {
            throw parsed.Error("OPERATION cannot be used with --restart");
        }

        OptionSpec[] excluded = [HelpModel, HelpOperation, RunDirectory, TestOutputScalars, TestSourceCode, TestFlags];
        if (Array.Find(excluded, parsed.Has) is OptionSpec option)
        {
            throw parsed.Error($"{option.DisplayName} cannot be used with --restart");
        }
    }

    private static bool IsTrialFile(string word) => word is ['@', _, ..];

    private static KeyValuePair<string, string> ReadFlag(ParsedWords parsed, string word)
    {
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 ? new(word[..equals], word[(equals + 1)..]) : throw parsed.Error($"invalid argument '{word}' - expected FLAG=VAL");
    }

    private static RunQuestion ReadQuestion(ParsedWords parsed)
    {
        if (parsed.Has(HelpModel))
        {
            return RunQuestion.ModelHelp;
        }

        if (parsed.Has(HelpOperation))
        {
            return RunQuestion.OperationHelp;
        }

        if (parsed.Has(TestOutputScalars))
        {
            return RunQuestion.OutputScalarTest;
        }

        if (parsed.Has(TestSourceCode))
        {
            return RunQuestion.SourceCodeTest;
        }

        if (parsed.Has(TestFlags))
        {
            return RunQuestion.FlagTest;
        }

        if (parsed.Has(PrintCommand))
        {
            return RunQuestion.Command;
        }

        return parsed.Has(PrintEnvironment) ? RunQuestion.Environment : SearchWords.QuestionOf(parsed) ?? RunQuestion.None;
    }

    private static OptionSpec[] AbsentOptions() =>
    [
        OptionSpec.AbsentValue("--debug-sourcecode"),
        OptionSpec.AbsentValue("-r", "--remote"),
        OptionSpec.Absent("--force-deps"),
        OptionSpec.Absent("-n", "--no-wait"),
        OptionSpec.AbsentValue("-D", "--dep"),
        OptionSpec.AbsentValue("--break"),
        OptionSpec.Absent("--break-on-error"),
        OptionSpec.AbsentValue("--test-output-attrs"),
        OptionSpec.AbsentValue("--run-id"),
        OptionSpec.AbsentValue("--disable-plugins"),
        OptionSpec.Absent("--set-trace"),
        OptionSpec.Absent("-w", "--workflow"),
    ];
}
