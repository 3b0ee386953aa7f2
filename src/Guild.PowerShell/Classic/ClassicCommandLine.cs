namespace Guild.PowerShell.Classic;

/// <summary>What the words before the command say.</summary>
internal sealed record GlobalOptions
{
    /// <summary>The project's folder as typed; null for the current one.</summary>
    public string? ProjectPath { get; init; }

    /// <summary>The Guild home as typed; null to find it.</summary>
    public string? HomePath { get; init; }

    /// <summary>Whether more is told about what happens.</summary>
    public bool IsDebug { get; init; }
}

/// <summary>The classic words, understood.</summary>
/// <param name="Globals">What holds for any command.</param>
/// <param name="Command">What to do.</param>
internal sealed record ClassicRequest(GlobalOptions Globals, ClassicCommand Command);

/// <summary>Reads the words after <c>guild</c>.</summary>
internal static class ClassicCommandLine
{
    private static readonly OptionSpec Project = OptionSpec.Value("PATH", "Use the project in PATH instead of the current folder.", "-C") with { Word = WordKind.Path };
    private static readonly OptionSpec Home = OptionSpec.Value("PATH", "Use PATH as Guild home (default is the value of GUILD_HOME, else it is found).", "-H") with { Word = WordKind.Path };
    private static readonly OptionSpec Debug = OptionSpec.Switch("Tell more about what happens.", "--debug");
    private static readonly OptionSpec Version = OptionSpec.Switch("Show the version and exit.", "--version");

    /// <summary><c>guild</c> with all that is below it.</summary>
    public static readonly CommandSpec Root = new()
    {
        Names = ["guild"],
        Summary = "Run operations, and keep a lasting record of each run.",
        Details = ["What can be run is defined in a Guild file, guild.yml. Use guild operations for a list, and guild run OPERATION --help-op for the flags of one."],
        Options = [Project, Home, Debug, Version, OptionSpec.AbsentValue("-D", "--debug-listen")],
        Commands =
        [
            ArchiveWords.Archive,
            RunFileWords.Cat,
            ProjectWords.Check,
            CompareWords.Compare,
            CompareWords.Diff,
            ProjectWords.Help,
            RunsWords.Label,
            RunFileWords.List,
            RunFileWords.Open,
            RunNoteWords.Tag,
            RunNoteWords.Mark,
            RunNoteWords.Comment,
            RunTransferWords.Export,
            RunTransferWords.Import,
            ProjectWords.Models,
            ProjectWords.Operations,
            ProjectWords.Resources,
            RunWords.Run,
            RunsWords.Runs,
            RunListWords.Select,
            RunsWords.Stop,
            RunWords.Train,
            ProjectWords.Version,
            WatchWords.Watch,
            .. AbsentWords.Commands,
        ],
    };

    /// <summary>Reads a whole command line.</summary>
    /// <param name="words">The words after <c>guild</c>.</param>
    /// <param name="nearest">Finds the name that was probably meant by an unknown one.</param>
    /// <exception cref="ClassicUsageException">The words cannot be understood.</exception>
    public static ClassicRequest Parse(IReadOnlyList<string> words, NearestName nearest)
    {
        ParsedWords parsed = new WordParser(Root.Options, Root.Name, nearest).ParseLeading(words);
        GlobalOptions globals = GlobalsOf(parsed);
        if (parsed.IsHelp || (parsed.Arguments.Count == 0 && !parsed.Has(Version)))
        {
            return new ClassicRequest(globals, new ShowHelpCommand(HelpText.For(Root, Root.Name)));
        }

        ClassicCommand command = parsed.Has(Version) ? new VersionCommand() : ReadBelow(Root, Root.Name, parsed.Arguments, nearest);
        return new ClassicRequest(globals, command);
    }

    /// <summary>What options before the command say.</summary>
    public static GlobalOptions GlobalsOf(ParsedWords parsed) => new() { ProjectPath = parsed.Last(Project), HomePath = parsed.Last(Home), IsDebug = parsed.Has(Debug) };

    private static ClassicCommand ReadBelow(CommandSpec group, string path, IReadOnlyList<string> words, NearestName nearest)
    {
        CommandSpec command = group.Find(words[0]) ?? throw Unrecognized(group, path, words[0], nearest);
        string commandPath = $"{path} {command.Name}";
        if (command.Instead is string instead)
        {
            string advice = instead.Length == 0 ? "" : $": {instead}";
            throw new ClassicUsageException($"'{commandPath}' is not in this version{advice}", path);
        }

        IReadOnlyList<string> rest = [.. words.Skip(1)];
        return command.Default is null ? ReadCommand(command, commandPath, rest, nearest) : ReadGroup(command, commandPath, rest, nearest);
    }

    private static ClassicCommand ReadGroup(CommandSpec group, string path, IReadOnlyList<string> words, NearestName nearest)
    {
        ParsedWords leading = new WordParser(group.Options, path, nearest).ParseLeading(words);
        if (leading.IsHelp)
        {
            return new ShowHelpCommand(HelpText.For(group, path));
        }

        if (leading.Arguments.Count == 0)
        {
            return ReadCommand(group.Default!, path, words, nearest);
        }

        // Options before the name of the command count as if they came behind it.
        int position = words.Count - leading.Arguments.Count;
        return ReadBelow(group, path, [words[position], .. words.Take(position), .. words.Skip(position + 1)], nearest);
    }

    /// <summary>Reads the words behind the name of a command that has none below it.</summary>
    /// <param name="command">The command.</param>
    /// <param name="path">The command as messages name it.</param>
    /// <param name="words">The words.</param>
    /// <param name="nearest">Finds the name that was probably meant by an unknown one.</param>
    /// <exception cref="ClassicUsageException">The words cannot be understood.</exception>
    public static ClassicCommand ReadCommand(CommandSpec command, string path, IReadOnlyList<string> words, NearestName nearest)
    {
        ParsedWords parsed = new WordParser(command.Options, path, nearest).ParseAll(words);
        if (parsed.IsHelp)
        {
            return new ShowHelpCommand(HelpText.For(command, path));
        }

        int required = command.Arguments.Count(static a => a.Kind == ArgumentKind.Required);
        if (parsed.Arguments.Count < required)
        {
            throw parsed.Error($"missing argument for {command.Arguments[parsed.Arguments.Count].Name}");
        }

        bool takesMany = command.Arguments is [.., { Kind: ArgumentKind.Many }];
        if (!takesMany && parsed.Arguments.Count > command.Arguments.Count)
        {
            throw parsed.Error($"unexpected extra argument '{parsed.Arguments[command.Arguments.Count]}'");
        }

        return command.Read!(parsed);
    }

    private static ClassicUsageException Unrecognized(CommandSpec group, string path, string word, NearestName nearest)
    {
        IEnumerable<string> known = group.Commands.Where(static c => c.Instead is null).SelectMany(static c => c.Names);
        string hint = nearest(word, known) is string name ? $" (did you mean {name}?)" : "";
        return new ClassicUsageException($"unrecognized command '{word}'{hint}", path);
    }
}
