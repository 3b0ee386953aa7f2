namespace Guild.PowerShell.Classic;

/// <summary>What was asked for with the classic words: a value that the caller carries out.</summary>
internal abstract record ClassicCommand;

/// <summary>Print a text and do nothing else: the help of a command.</summary>
/// <param name="Text">The text, with line ends, the last one included.</param>
internal sealed record ShowHelpCommand(string Text) : ClassicCommand;

/// <summary>Print the version.</summary>
internal sealed record VersionCommand : ClassicCommand;

/// <summary>Run, stage or start an operation, or say what running it would do: <c>guild run</c> and <c>guild train</c>.</summary>
internal sealed record RunCommand : ClassicCommand
{
    /// <summary>The operation as typed, <c>[[PACKAGE/]MODEL:]OPERATION</c>; null for the default operation, or with <see cref="StartedRun"/>.</summary>
    public string? Operation { get; init; }

    /// <summary>The flags as typed, in order; a name may come twice, and the later one holds. Values are text of Guild's grammar.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Flags { get; init; } = [];

    /// <summary>Files with flag values of trials, as typed after the <c>@</c>.</summary>
    public IReadOnlyList<string> TrialFiles { get; init; } = [];

    /// <summary>The label, or a template of it; null if none was given.</summary>
    public string? Label { get; init; }

    /// <summary>The tags, in order.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The comment; null if none was given.</summary>
    public string? Comment { get; init; }

    /// <summary>The folder to run in instead of one in the Guild home, as typed; null if none was given.</summary>
    public string? RunDirectory { get; init; }

    /// <summary>The run to start again or to start after staging: id, prefix or index; null if none was given.</summary>
    public string? StartedRun { get; init; }

    /// <summary>The run whose operation and flags are used: id, prefix or index; null if none was given.</summary>
    public string? Prototype { get; init; }

    /// <summary>The devices to show to the operation, as typed, such as <c>0,1</c>; an empty text for none of them; null to leave them alone.</summary>
    public string? Gpus { get; init; }

    /// <summary>Whether to prepare the run and not to start it.</summary>
    public bool IsStaged { get; init; }

    /// <summary>Whether the run goes on without whoever started it.</summary>
    public bool IsDetached { get; init; }

    /// <summary>The file for the process id of a detached run's supervisor, as typed; null if none was given.</summary>
    public string? PidFile { get; init; }

    /// <summary>Whether to ask nothing.</summary>
    public bool AssumesYes { get; init; }

    /// <summary>Whether flags are taken that are unknown or do not fit.</summary>
    public bool ForcesFlags { get; init; }

    /// <summary>Whether the user writes the comment in an editor.</summary>
    public bool EditsComment { get; init; }

    /// <summary>Whether the user edits the flags before the run.</summary>
    public bool EditsFlags { get; init; }

    /// <summary>Whether a run that is started again gets the source code of its project.</summary>
    public bool ForcesSourceCode { get; init; }

    /// <summary>Whether the run stays when it ends well, whatever its operation says.</summary>
    public bool KeepsRun { get; init; }

    /// <summary>True if nothing is run where a completed run is as the new one would be.</summary>
    public bool IsNeededOnly { get; init; }

    /// <summary>Whether steps that do not need a failed one are carried out.</summary>
    public bool KeepsGoing { get; init; }

    /// <summary>Whether the program's output is not shown.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>What is asked for of trials; null if nothing is.</summary>
    public SearchOptions? Search { get; init; }

    /// <summary>The file with output to look for scalars in, as typed, or <c>-</c> for what is typed; null if that is not asked.</summary>
    public string? TestedOutput { get; init; }

    /// <summary>What to show instead of running.</summary>
    public RunQuestion Question { get; init; }
}

/// <summary>What <c>guild run</c> shows instead of running.</summary>
internal enum RunQuestion
{
    /// <summary>Nothing: it runs.</summary>
    None,

    /// <summary>The command line of the program.</summary>
    Command,

    /// <summary>The environment of the program.</summary>
    Environment,

    /// <summary>The trials of a batch.</summary>
    Trials,

    /// <summary>The trials of a batch, written to a file.</summary>
    SavedTrials,

    /// <summary>Help for the model.</summary>
    ModelHelp,

    /// <summary>Help for the operation.</summary>
    OperationHelp,

    /// <summary>What the patterns for scalars find in output.</summary>
    OutputScalarTest,

    /// <summary>Which files are source code, and why.</summary>
    SourceCodeTest,

    /// <summary>All that is defined of the flags.</summary>
    FlagTest,
}

/// <summary>List operations, models or resources.</summary>
internal sealed record ListDefinitionsCommand : ClassicCommand
{
    /// <summary>What is listed.</summary>
    public required DefinitionKind Kind { get; init; }

    /// <summary>Folders, which limit the list to their Guild files, and terms, which must all occur in name or description; as typed.</summary>
    public IReadOnlyList<string> Filters { get; init; } = [];

    /// <summary>Whether private ones (<c>_name</c>) are listed too.</summary>
    public bool ShowsAll { get; init; }

    /// <summary>Whether details follow each line.</summary>
    public bool IsVerbose { get; init; }

    /// <summary>Whether those of installed packages are listed too.</summary>
    public bool ShowsInstalled { get; init; }

    /// <summary>Of resources, whether it is said what there is of each source.</summary>
    public bool ShowsStatus { get; init; }
}

/// <summary>What a Guild file defines.</summary>
internal enum DefinitionKind
{
    /// <summary>Operations.</summary>
    Operation,

    /// <summary>Models.</summary>
    Model,

    /// <summary>Resources.</summary>
    Resource,
}

/// <summary>Show help for the models and operations of a project: <c>guild help</c>.</summary>
/// <param name="Path">The project's folder or package as typed; null for the current one.</param>
internal sealed record ProjectHelpCommand(string? Path) : ClassicCommand;

/// <summary>Say what Guild is and what it works with: <c>guild check</c>.</summary>
/// <param name="IsVerbose">Whether to say more.</param>
internal sealed record CheckCommand(bool IsVerbose) : ClassicCommand;
