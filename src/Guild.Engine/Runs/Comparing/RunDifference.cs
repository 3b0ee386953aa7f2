namespace Guild.Engine.Runs.Comparing;

/// <summary>In what two runs differ.</summary>
public enum DifferenceKind
{
    /// <summary>A flag.</summary>
    Flag,

    /// <summary>The last value of a scalar.</summary>
    Scalar,

    /// <summary>A variable of the environment.</summary>
    Environment,

    /// <summary>Another attribute of the record.</summary>
    Attribute,

    /// <summary>The version of an installed Python package.</summary>
    Package,

    /// <summary>A file of the source code.</summary>
    SourceCode,

    /// <summary>A file that a resource put into the run.</summary>
    Dependency,

    /// <summary>The output.</summary>
    Output,
}

/// <summary>How two runs differ in something.</summary>
public enum DifferenceChange
{
    /// <summary>Both have it, and not the same.</summary>
    Changed,

    /// <summary>Only the second run has it.</summary>
    Added,

    /// <summary>Only the first run has it.</summary>
    Removed,
}

/// <summary>Something in which two runs differ.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">The name of the flag, scalar, variable, attribute or package, the path of the file, or the number of the line of output.</param>
/// <param name="Change">How they differ.</param>
/// <param name="Before">What the first run has; of a file the SHA-1, or else the SHA-256, if there is one.</param>
/// <param name="After">What the second run has.</param>
public sealed record RunDifference(DifferenceKind Kind, string Name, DifferenceChange Change, object? Before, object? After);
