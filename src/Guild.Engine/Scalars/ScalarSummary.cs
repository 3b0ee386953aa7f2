namespace Guild.Engine.Scalars;

/// <summary>What is known of all values of one scalar of a run. Where steps repeat, the first is the earliest written and the last the latest.</summary>
public sealed record ScalarSummary
{
    /// <summary>The scalar's name with its folder: <c>loss</c>, or <c>train/.guild#loss</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The folder in the run, with <c>/</c>; <c>""</c> for the run's own scalars.</summary>
    public required string Folder { get; init; }

    /// <summary>The name without its folder.</summary>
    public required string Tag { get; init; }

    /// <summary>The value at the smallest step.</summary>
    public required double First { get; init; }

    /// <summary>The smallest step.</summary>
    public required long FirstStep { get; init; }

    /// <summary>The value at the greatest step.</summary>
    public required double Last { get; init; }

    /// <summary>The greatest step.</summary>
    public required long LastStep { get; init; }

    /// <summary>The smallest value; NaN only if all values are.</summary>
    public required double Minimum { get; init; }

    /// <summary>The step of the smallest value, the first if it repeats.</summary>
    public required long MinimumStep { get; init; }

    /// <summary>The greatest value; NaN only if all values are.</summary>
    public required double Maximum { get; init; }

    /// <summary>The step of the greatest value, the first if it repeats.</summary>
    public required long MaximumStep { get; init; }

    /// <summary>The sum of all values.</summary>
    public required double Total { get; init; }

    /// <summary>How many values there are.</summary>
    public required long Count { get; init; }

    /// <summary>The mean of all values.</summary>
    public double Average => Total / Count;

    /// <summary>True if a scalar says something of the machine and not of the program, by its name without the folder: those begin with <c>sys/</c>, as Guild AI has it.</summary>
    public static bool IsOfSystem(string tag)
    {
        ArgumentNullException.ThrowIfNull(tag);
        return tag.StartsWith("sys/", StringComparison.Ordinal);
    }

    internal static string NameOf(string folder, string tag) => folder.Length == 0 ? tag : $"{folder}#{tag}";

    /// <summary>The last value of each scalar, in the same order.</summary>
    internal static IReadOnlyDictionary<string, double> LastValues(IReadOnlyDictionary<string, ScalarSummary> scalars)
    {
        var values = new OrderedDictionary<string, double>(scalars.Count, StringComparer.Ordinal);
        foreach (var (name, scalar) in scalars)
        {
            values[name] = scalar.Last;
        }

        return values;
    }
}
