using Guild.Engine.Scalars;

namespace Guild.Engine.Runs.Comparing;

/// <summary>Reads the values of columns.</summary>
internal sealed class RunValueReader(TimeProvider time)
{
    private readonly AttributeReader _attributes = new(time);

    /// <summary>Puts the values of columns into a row. Where columns share a place, the first of them that has a value gives it, and takes the place of what was there.</summary>
    public void Fill(object?[] row, Run run, PlacedColumns columns)
    {
        for (var i = columns.Columns.Length - 1; i >= 0; i--)
        {
            if (Read(run, columns.Columns[i]) is { } value)
            {
                row[columns.Places[i]] = value;
            }
        }
    }

    /// <summary>The value of a column; null if the run has none.</summary>
    public object? Read(Run run, ColumnSpec column) => column.Kind switch
    {
        ColumnKind.Flag => run.Flags.GetValueOrDefault(column.Key),
        ColumnKind.Attribute => _attributes.Read(run, column.Key),
        _ => column.NeedsSummary ? Summary(run, column) : LastValue(run, column.Key),
    };

    private static double? LastValue(Run run, string key) => NameIn(run.LastValues, key) is { } name ? run.LastValues[name] : null;

    private static object? Summary(Run run, ColumnSpec column) => ReadScalar(run.Scalars, column);

    /// <summary>The value of a column of a scalar; null if it is not there.</summary>
    public static object? ReadScalar(IReadOnlyDictionary<string, ScalarSummary> scalars, ColumnSpec column)
    {
        if (NameIn(scalars, column.Key) is not { } name)
        {
            return null;
        }

        var scalar = scalars[name];
        return column.IsStep ? StepOf(scalar, column.Qualifier) : ValueOf(scalar, column.Qualifier);
    }

    private static long StepOf(ScalarSummary scalar, ScalarQualifier? qualifier) => qualifier switch
    {
        ScalarQualifier.First => scalar.FirstStep,
        ScalarQualifier.Minimum => scalar.MinimumStep,
        ScalarQualifier.Maximum => scalar.MaximumStep,
        _ => scalar.LastStep,
    };

    private static object ValueOf(ScalarSummary scalar, ScalarQualifier? qualifier) => qualifier switch
    {
        ScalarQualifier.First => scalar.First,
        ScalarQualifier.Minimum => scalar.Minimum,
        ScalarQualifier.Maximum => scalar.Maximum,
        ScalarQualifier.Average => scalar.Average,
        ScalarQualifier.Total => scalar.Total,
        ScalarQualifier.Count => (object)scalar.Count,
        _ => scalar.Last,
    };

    // The run's own scalar comes first, then that of the first folder. What stands before a # is the beginning of a folder's path.
    private static string? NameIn<T>(IReadOnlyDictionary<string, T> scalars, string key)
    {
        if (scalars.ContainsKey(key))
        {
            return key;
        }

        var mark = key.IndexOf('#', StringComparison.Ordinal);
        var (folder, tag) = (mark < 0 ? "" : key[..mark], key[(mark + 1)..]);
        if (folder.Length == 0 && scalars.ContainsKey(tag))
        {
            return tag;
        }

        foreach (var name in scalars.Keys)
        {
            var at = name.IndexOf('#', StringComparison.Ordinal);
            if (at >= 0 && name.StartsWith(folder, StringComparison.Ordinal) && folder.Length <= at && name.AsSpan(at + 1).SequenceEqual(tag))
            {
                return name;
            }
        }

        return null;
    }
}
