namespace Guild.Engine.Runs.Comparing;

/// <summary>Which values come first.</summary>
public enum ValueOrder
{
    /// <summary>The lowest.</summary>
    LowestFirst,

    /// <summary>The highest.</summary>
    HighestFirst,
}

/// <summary>Orders the values of a column. What is missing, and what is not a number among numbers, comes last either way.</summary>
internal sealed class ColumnOrder(ValueOrder order) : IComparer<object?>
{
    public static bool IsValue(object? value) => value is not (null or double.NaN);

    public int Compare(object? x, object? y)
    {
        if (!IsValue(x) || !IsValue(y))
        {
            return IsValue(y).CompareTo(IsValue(x));
        }

        var compared = (NumberOf(x), NumberOf(y)) switch
        {
            ({ } left, { } right) => left.CompareTo(right),
            _ when x is DateTimeOffset or TimeSpan && x.GetType() == y!.GetType() => ((IComparable)x).CompareTo(y),
            _ => NaturalOrder.Instance.Compare(Flags.FlagGrammar.Encode(Plain(x)), Flags.FlagGrammar.Encode(Plain(y))),
        };
        return order == ValueOrder.HighestFirst ? -compared : compared;
    }

    private static double? NumberOf(object? value) => value switch
    {
        long number => number,
        double number => number,
        bool truth => truth ? 1 : 0,
        _ => null,
    };

    private static object? Plain(object? value) => value is DateTimeOffset or TimeSpan ? value.ToString() : value;
}
