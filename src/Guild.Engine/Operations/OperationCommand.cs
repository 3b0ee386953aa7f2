namespace Guild.Engine.Operations;

/// <summary>What kind of program an operation runs.</summary>
public enum ProgramKind
{
    /// <summary>A Python module or script.</summary>
    Python,

    /// <summary>A PowerShell script.</summary>
    PowerShell,

    /// <summary>Any program, by <c>exec</c>.</summary>
    Exec,

    /// <summary>No program: the steps of a pipeline, which Guild carries out itself.</summary>
    Pipeline,
}

/// <summary>The program of an operation with its arguments.</summary>
public sealed record OperationCommand
{
    /// <summary>What kind of program it is.</summary>
    public required ProgramKind Kind { get; init; }

    /// <summary>The program, as the operation names it or as it was found on the PATH, and its arguments.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>
    /// The same as a template in Guild AI's form (attribute <c>op</c>), with <c>${python_exe}</c> and <c>__flag_args__</c>, so that Guild AI can
    /// restart the run.
    /// </summary>
    public required IReadOnlyList<string> Template { get; init; }

    /// <summary>Folders in front of Python's path, relative to the run directory or absolute.</summary>
    public IReadOnlyList<string> PythonPath { get; init; } = [];

    /// <summary>The Python program, or null if the operation does not need one.</summary>
    public string? Python { get; init; }
}
