namespace Guild.Engine.Runs.Comparing;

/// <summary>The columns that say which run a row is about.</summary>
public static class CoreColumns
{
    /// <summary>The short id.</summary>
    public const string Run = "run";

    /// <summary>The name of the operation.</summary>
    public const string Operation = "operation";

    /// <summary>When the run was started.</summary>
    public const string Started = "started";

    /// <summary>How long the program ran.</summary>
    public const string Time = "time";

    /// <summary>The status.</summary>
    public const string Status = "status";

    /// <summary>The label.</summary>
    public const string Label = "label";

    /// <summary>The digest of the source code, short; a column that is asked for.</summary>
    public const string SourceCode = "sourcecode";

    /// <summary>Their names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [Run, Operation, Started, Time, Status, Label];
}
