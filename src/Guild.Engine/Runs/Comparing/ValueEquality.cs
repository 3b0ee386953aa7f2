namespace Guild.Engine.Runs.Comparing;

/// <summary>Whether two values of a record are the same, also inside of lists and mappings.</summary>
internal static class ValueEquality
{
    /// <summary>True if they are. A whole number is the same as a float of its value, and NaN is the same as NaN.</summary>
    public static bool AreEqual(object? one, object? other) => (one, other) switch
    {
        (long whole, double number) => whole == number,
        (double number, long whole) => whole == number,
        (IReadOnlyDictionary<string, object?> map, IReadOnlyDictionary<string, object?> otherMap) =>
            map.Count == otherMap.Count && map.All(entry => otherMap.TryGetValue(entry.Key, out var value) && AreEqual(entry.Value, value)),
        (IReadOnlyList<object?> list, IReadOnlyList<object?> otherList) => list.Count == otherList.Count && list.Zip(otherList).All(pair => AreEqual(pair.First, pair.Second)),
        _ => Equals(one, other),
    };
}
