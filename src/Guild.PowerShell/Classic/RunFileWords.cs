namespace Guild.PowerShell.Classic;

/// <summary>The commands about the files of a run: <c>cat</c>, <c>ls</c> and <c>open</c>.</summary>
internal static class RunFileWords
{
    private static readonly OptionSpec CatPath = OptionSpec.Value("PATH", "The file to show, below the run's directory.", "-p", "--path") with { Word = WordKind.RunFile };
    private static readonly OptionSpec CatSourceCode = OptionSpec.Switch("PATH is below the run's source code.", "-s", "--sourcecode");
    private static readonly OptionSpec Output = OptionSpec.Switch("Show what the program printed.", "-O", "--output");

    private static readonly OptionSpec ListPath = OptionSpec.Value("PATH", "The folder or pattern to list, below the run's directory.", "-p", "--path") with { Word = WordKind.RunFile };
    private static readonly OptionSpec SourceCode = OptionSpec.Switch("List source code.", "-s", "--sourcecode");
    private static readonly OptionSpec Dependencies = OptionSpec.Switch("List dependencies.", "-d", "--dependencies");
    private static readonly OptionSpec Generated = OptionSpec.Switch("List what the program made.", "-g", "--generated");
    private static readonly OptionSpec All = OptionSpec.Switch("List all files, Guild's own too.", "-a", "--all");
    private static readonly OptionSpec FullPath = OptionSpec.Switch("Show whole paths.", "-f", "--full-path");
    private static readonly OptionSpec FollowLinks = OptionSpec.Switch("List what is in linked folders too.", "-L", "--follow-links");
    private static readonly OptionSpec NoFormat = OptionSpec.Switch("List files without heading and indents.", "-n", "--no-format");
    private static readonly OptionSpec Sizes = OptionSpec.Switch("Show sizes.", "-h", "--human-readable");

    private static readonly OptionSpec OpenPath = OptionSpec.Value("PATH", "The file or folder to open, below the run's directory.", "-p", "--path") with { Word = WordKind.RunFile };
    private static readonly OptionSpec OpenSourceCode = OptionSpec.Switch("Open the run's source code. PATH is below it.", "-s", "--sourcecode");
    private static readonly OptionSpec OpenOutput = OptionSpec.Switch("Open what the program printed.", "-O", "--output");
    private static readonly OptionSpec OpenProgram = OptionSpec.Value("CMD", "The program to open it with.", "-c", "--cmd");

    /// <summary><c>guild open</c>.</summary>
    public static readonly CommandSpec Open = new()
    {
        Names = ["open"],
        Summary = "Open a run, or a file of it, in another program.",
        Details = ["Without RUN it is the latest run. Without --cmd it is what the system opens such files with; where there is nothing of the kind, the path is printed.", FilterOptions.RunHelp],
        Arguments = [FilterOptions.Run],
        Options = [OpenPath, OpenSourceCode, OpenOutput, OpenProgram, OptionSpec.Absent("--shell"), OptionSpec.AbsentValue("--shell-cmd"), .. FilterOptions.All],
        Read = ReadOpen,
    };

    /// <summary><c>guild cat</c>.</summary>
    public static readonly CommandSpec Cat = new()
    {
        Names = ["cat"],
        Summary = "Show a file of a run, or its output.",
        Details = ["Without RUN it is the latest run.", FilterOptions.RunHelp, "Without --path and --output the first word is the path: guild cat PATH RUN."],
        Arguments = [new("RUN", "[RUN]", ArgumentKind.Many, WordKind.Run)],
        Options = [CatPath, CatSourceCode, Output, OptionSpec.Absent("-pa", "--page"), .. FilterOptions.All],
        Read = ReadCat,
    };

    /// <summary><c>guild ls</c>.</summary>
    public static readonly CommandSpec List = new()
    {
        Names = ["ls"],
        Summary = "List the files of a run.",
        Details = ["Without RUN it is the latest run.", FilterOptions.RunHelp],
        Arguments = [FilterOptions.Run],
        Options = [ListPath, SourceCode, Dependencies, Generated, All, FullPath, FollowLinks, NoFormat, Sizes, .. FilterOptions.All],
        Read = ReadList,
    };

    private static PrintFileCommand ReadCat(ParsedWords parsed)
    {
        parsed.Exclude(CatPath, Output);
        string? path = parsed.Last(CatPath);
        IReadOnlyList<string> runs = parsed.Arguments;

        // Early versions of Guild took the path as the first word. Later ones have an error there, so both can be understood.
        if (path is null && !parsed.Has(Output))
        {
            path = runs.Count > 0 ? runs[0] : throw parsed.Error("--path is required unless --output is used");
            runs = [.. runs.Skip(1)];
        }

        if (runs.Count > 1)
        {
            throw parsed.Error($"unexpected extra argument '{runs[1]}'");
        }

        RequireRelative(parsed, path);
        return new PrintFileCommand
        {
            Selection = new RunSelection(runs, FilterOptions.ReadFilter(parsed)),
            Path = path,
            IsSourceCode = parsed.Has(CatSourceCode),
            IsOutput = parsed.Has(Output),
        };
    }

    private static OpenRunCommand ReadOpen(ParsedWords parsed)
    {
        parsed.Exclude(OpenPath, OpenOutput);
        parsed.Exclude(OpenSourceCode, OpenOutput);
        RequireRelative(parsed, parsed.Last(OpenPath));
        return new OpenRunCommand
        {
            Selection = FilterOptions.ReadSingleSelection(parsed),
            Path = parsed.Last(OpenPath),
            IsSourceCode = parsed.Has(OpenSourceCode),
            IsOutput = parsed.Has(OpenOutput),
            Program = parsed.Last(OpenProgram),
        };
    }

    private static ListFilesCommand ReadList(ParsedWords parsed)
    {
        RequireRelative(parsed, parsed.Last(ListPath));
        (OptionSpec Option, RunFileKind Kind)[] kinds =
        [
            (SourceCode, RunFileKind.SourceCode),
            (Dependencies, RunFileKind.Dependency),
            (Generated, RunFileKind.Generated),
        ];
        return new ListFilesCommand
        {
            Selection = FilterOptions.ReadSingleSelection(parsed),
            Path = parsed.Last(ListPath),
            Kinds = [.. kinds.Where(k => parsed.Has(k.Option)).Select(static k => k.Kind)],
            ShowsAll = parsed.Has(All),
            ShowsFullPaths = parsed.Has(FullPath),
            FollowsLinks = parsed.Has(FollowLinks),
            IsPlain = parsed.Has(NoFormat),
            ShowsSizes = parsed.Has(Sizes),
        };
    }

    private static void RequireRelative(ParsedWords parsed, string? path)
    {
        if (path is not null && Path.IsPathRooted(path))
        {
            throw parsed.Error("PATH must be relative");
        }
    }
}
