using Guild.Engine.Runs.Comparing;

namespace Guild.PowerShell;

/// <summary>Something in which two runs differ.</summary>
public sealed class GuildRunDifference
{
    internal GuildRunDifference(string referenceId, string differenceId, RunDifference difference)
    {
        ReferenceId = referenceId;
        DifferenceId = differenceId;
        Kind = difference.Kind switch
        {
            DifferenceKind.Flag => "flag",
            DifferenceKind.Scalar => "scalar",
            DifferenceKind.Environment => "environment",
            DifferenceKind.Attribute => "attribute",
            DifferenceKind.Package => "package",
            DifferenceKind.SourceCode => "sourcecode",
            DifferenceKind.Dependency => "dependency",
            _ => "output",
        };
        Name = difference.Name;
        Change = difference.Change switch
        {
            DifferenceChange.Added => "added",
            DifferenceChange.Removed => "removed",
            _ => "changed",
        };
        ReferenceValue = Table.Value(difference.Before);
        DifferenceValue = Table.Value(difference.After);
    }

    /// <summary>The id of the first run.</summary>
    public string ReferenceId { get; }

    /// <summary>The id of the second run.</summary>
    public string DifferenceId { get; }

    /// <summary>What differs: flag, scalar, environment, attribute, package, sourcecode, dependency or output.</summary>
    public string Kind { get; }

    /// <summary>The name of the flag, scalar, variable, attribute or package, the path of the file, or the number of the first line of output that differs.</summary>
    public string Name { get; }

    /// <summary>How: changed, added (only the second run has it) or removed (only the first run has it).</summary>
    public string Change { get; }

    /// <summary>What the first run has: the value, the hash of a file, or the line.</summary>
    public object? ReferenceValue { get; }

    /// <summary>What the second run has.</summary>
    public object? DifferenceValue { get; }

    /// <summary>The kind, the name and the change.</summary>
    public override string ToString() => $"{Kind} {Name}: {Change}";
}
