namespace Guild.Engine.Runs.Comparing;

/// <summary>What of a run a column shows.</summary>
public enum ColumnKind
{
    /// <summary>A scalar.</summary>
    Scalar,

    /// <summary>A flag.</summary>
    Flag,

    /// <summary>An attribute.</summary>
    Attribute,
}

/// <summary>Which of the values of a scalar is meant.</summary>
public enum ScalarQualifier
{
    /// <summary>The value at the greatest step.</summary>
    Last,

    /// <summary>The value at the smallest step.</summary>
    First,

    /// <summary>The smallest value.</summary>
    Minimum,

    /// <summary>The greatest value.</summary>
    Maximum,

    /// <summary>The mean of all values.</summary>
    Average,

    /// <summary>The sum of all values.</summary>
    Total,

    /// <summary>How many values there are.</summary>
    Count,
}

/// <summary>
/// A column of a comparison: <c>[first|last|min|max|avg|total|count] KEY [step]</c> for a scalar, <c>=NAME</c> for a flag, <c>.NAME</c> for an attribute, each
/// with <c>as HEADING</c> or without.
/// </summary>
public sealed record ColumnSpec
{
    /// <summary>What of a run it shows.</summary>
    public required ColumnKind Kind { get; init; }

    /// <summary>The name of the scalar, flag or attribute. A scalar of a folder is <c>FOLDER#NAME</c>.</summary>
    public required string Key { get; init; }

    /// <summary>Of a scalar, which value; null if nothing was said, which means the last.</summary>
    public ScalarQualifier? Qualifier { get; init; }

    /// <summary>Of a scalar, true for the step of the value instead of the value.</summary>
    public bool IsStep { get; init; }

    /// <summary>The heading that was asked for, or null.</summary>
    public string? NamedAs { get; init; }

    /// <summary>The heading as Guild AI has it: without the qualifier, so that <c>min loss</c> is <c>loss</c>.</summary>
    public string ShortHeading => NamedAs ?? (Kind == ColumnKind.Scalar ? Key.Replace('#', ' ').Trim() : Key) + (IsStep ? " step" : "");

    /// <summary>The heading with the qualifier, if one was given.</summary>
    public string Heading => NamedAs is null && Qualifier is { } qualifier ? $"{ColumnParser.WordOf(qualifier)} {ShortHeading}" : ShortHeading;

    /// <summary>The heading with the kind before it, for where two kinds have the same name.</summary>
    public string LongHeading => $"{ColumnParser.PrefixOf(Kind)}{Heading}";

    /// <summary>True if it needs more of a scalar than its last value.</summary>
    internal bool NeedsSummary => Kind == ColumnKind.Scalar && (IsStep || Qualifier is not (null or ScalarQualifier.Last));

    /// <summary>Reads columns that are separated by commas.</summary>
    /// <exception cref="ColumnException">The text cannot be understood.</exception>
    public static IReadOnlyList<ColumnSpec> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new ColumnParser(text).Parse();
    }

    internal static ColumnSpec OfFlag(string name) => new() { Kind = ColumnKind.Flag, Key = name };

    internal static ColumnSpec OfAttribute(string name) => new() { Kind = ColumnKind.Attribute, Key = name };

    internal static ColumnSpec OfScalar(string name) => new() { Kind = ColumnKind.Scalar, Key = name };
}
