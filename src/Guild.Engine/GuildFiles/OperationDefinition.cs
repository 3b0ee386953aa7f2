using System.Collections.ObjectModel;

namespace Guild.Engine.GuildFiles;

/// <summary>An operation: something that can be run.</summary>
public sealed record OperationDefinition
{
    /// <summary>The operation's own name, such as <c>train</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The name of its model; <c>""</c> for the anonymous model.</summary>
    public required string ModelName { get; init; }

    /// <summary>What the operation does; the first line is its summary.</summary>
    public string Description { get; init; } = "";

    /// <summary>True for the operation that is meant when none is named.</summary>
    public bool IsDefault { get; init; }

    /// <summary>
    /// What to run: a Python module with base arguments (<c>[PATH/]MODULE [ARG…]</c>), a <c>.py</c> or a <c>.ps1</c> file; null if
    /// the operation has <see cref="Exec"/> or <see cref="Steps"/>. An operation with none of the three has its name here.
    /// </summary>
    public string? Main { get; init; }

    /// <summary>A command line of any program, split as a POSIX shell splits words, or null. A list in the file is joined by quoting.</summary>
    public string? Exec { get; init; }

    /// <summary>The steps of a pipeline in file order, or null if it is none.</summary>
    public IReadOnlyList<StepDefinition>? Steps { get; init; }

    /// <summary>True if it runs other operations, its <see cref="Steps"/>, and no program of its own.</summary>
    public bool IsPipeline => Steps is not null && Main is null && Exec is null;

    /// <summary>The flags, in ordinal order of their names.</summary>
    public IReadOnlyList<FlagDefinition> Flags { get; init; } = [];

    /// <summary>How flags reach the program: <c>args</c> (the default, and when null), <c>globals</c>, <c>global:NAME</c>, <c>none</c>, …</summary>
    public string? FlagsDestination { get; init; }

    /// <summary>Which flags of the script are imported: null, a bool, or a list of names, as in the file.</summary>
    public object? FlagsImport { get; init; }

    /// <summary>Flags of the script that are not imported.</summary>
    public IReadOnlyList<string> FlagsImportSkip { get; init; } = [];

    /// <summary>The default of <see cref="FlagDefinition.ArgSkip"/>.</summary>
    public bool DefaultFlagArgSkip { get; init; }

    /// <summary>What must be resolved before the operation starts, in file order.</summary>
    public IReadOnlyList<RequirementDefinition> Requires { get; init; } = [];

    /// <summary>Extra environment of the program: name to value, which may refer to flags as <c>${flag}</c>.</summary>
    public IReadOnlyDictionary<string, object?> Environment { get; init; } = ReadOnlyDictionary<string, object?>.Empty;

    /// <summary>Names of environment variables that are not recorded.</summary>
    public IReadOnlyList<string> EnvironmentSecrets { get; init; } = [];

    /// <summary>Folders, relative to the Guild file, that replace the project's folder on Python's path; null if not given.</summary>
    public IReadOnlyList<string>? PythonPath { get; init; }

    /// <summary>The required Python version, as a specifier such as <c>&gt;=3.8</c>, or null.</summary>
    public string? PythonRequires { get; init; }

    /// <summary>True if an end by SIGTERM counts as completed.</summary>
    public bool IsStoppable { get; init; }

    /// <summary>True if the program handles an interrupt itself (<c>HANDLE_KEYBOARD_INTERRUPT=1</c>).</summary>
    public bool HandlesKeyboardInterrupt { get; init; }

    /// <summary>A shell command to run in the run directory before the program, or null.</summary>
    public string? PreProcess { get; init; }

    /// <summary>The template of the run's label, or null for the default label.</summary>
    public string? Label { get; init; }

    /// <summary>Tags of each run.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Column specifications for comparing runs, or null.</summary>
    public IReadOnlyList<string>? Compare { get; init; }

    /// <summary>The patterns of scalars in the output, as a value: null for the defaults, false for none, else a mapping, list or string.</summary>
    public object? OutputScalars { get; init; }

    /// <summary>What searches minimize or maximize; null means the scalar <c>loss</c>, minimized.</summary>
    public ObjectiveDefinition? Objective { get; init; }

    /// <summary>The optimizers, in ordinal order of their names.</summary>
    public IReadOnlyList<OptimizerDefinition> Optimizers { get; init; } = [];

    /// <summary>The optimizer that is meant when none is named, or null.</summary>
    public OptimizerDefinition? DefaultOptimizer => Optimizers.FirstOrDefault(o => o.IsDefault);

    /// <summary>How many trials a batch has at most when the operation is its optimizer and nobody says it, or null.</summary>
    public long? DefaultMaxTrials { get; init; }

    /// <summary>True if the operation, as an optimizer, can stage its trials instead of running them.</summary>
    public bool CanStageTrials { get; init; }

    /// <summary>True if a run that ends well is deleted.</summary>
    public bool DeletesOnSuccess { get; init; }

    /// <summary>Rules of the source snapshot, or null for the model's.</summary>
    public SourceCodeDefinition? SourceCode { get; init; }

    /// <summary>Plugins that are enabled: null if nothing is said, a bool for all or none, or a list of names.</summary>
    public object? Plugins { get; init; }

    /// <summary>Whether the installed Python packages are recorded: null for the default.</summary>
    public bool? PipFreeze { get; init; }

    /// <summary>Values that are saved with each run as attribute <c>opdef_attrs</c>.</summary>
    public IReadOnlyDictionary<string, object?> RunAttributes { get; init; } = ReadOnlyDictionary<string, object?>.Empty;

    /// <summary>Where the definition begins.</summary>
    public TextPosition Position { get; init; }

    /// <summary>The name with its model, as <c>MODEL:NAME</c>, or <c>NAME</c> for the anonymous model.</summary>
    public string FullName => ModelName.Length == 0 ? Name : $"{ModelName}:{Name}";
}
