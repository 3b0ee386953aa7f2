using System.Collections;
using System.Globalization;

namespace Guild.Engine.Flags;

/// <summary>What flags' values are, whatever their type was outside: null, bool, long, double, text, list, dictionary.</summary>
internal static class FlagValues
{
    // An array of PowerShell can hold itself; nothing that is meant as a flag is nested like that.
    private const int MostNested = 100;

    /// <summary>Compares values as <see cref="AreEqual"/> does.</summary>
    public static IEqualityComparer<object?> Comparer { get; } = new ValueComparer();

    /// <summary>The value as one of the types that flags have.</summary>
    /// <exception cref="ArgumentException">The value is of a type that flags do not have, or nested too deep.</exception>
    public static object? Normalize(object? value) => Normalize(value, 0);

    /// <summary>True if both are the same value: numbers by what they are worth, text character by character, a bool only like a bool.</summary>
    public static bool AreEqual(object? left, object? right) => (left, right) switch
    {
        (long a, double b) => a == b,
        (double a, long b) => a == b,
        (IReadOnlyDictionary<string, object?> a, IReadOnlyDictionary<string, object?> b) =>
            a.Count == b.Count && a.All(entry => b.TryGetValue(entry.Key, out var other) && AreEqual(entry.Value, other)),
        (IReadOnlyList<object?> a, IReadOnlyList<object?> b) => a.Count == b.Count && a.Zip(b).All(pair => AreEqual(pair.First, pair.Second)),
        _ => Equals(left, right),
    };

    private static object? Normalize(object? value, int depth) => value switch
    {
        null or bool or long or double or string => value,
        _ when depth > MostNested => throw new ArgumentException($"a value nested more than {MostNested} deep cannot be given to a flag"),
        char character => character.ToString(),
        sbyte or byte or short or ushort or int or uint => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        ulong number => number <= long.MaxValue ? (object)(long)number : (double)number,
        decimal number => (double)number,

        // The shortest text keeps 0.1f from becoming 0.10000000149011612.
        float number => double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        IReadOnlyDictionary<string, object?> map => map.ToDictionary(entry => entry.Key, entry => Normalize(entry.Value, depth + 1), StringComparer.Ordinal),
        IDictionary map => map.Cast<DictionaryEntry>().ToDictionary(entry => entry.Key.ToString()!, entry => Normalize(entry.Value, depth + 1), StringComparer.Ordinal),
        IEnumerable items => items.Cast<object?>().Select(item => Normalize(item, depth + 1)).ToList(),
        _ => throw new ArgumentException($"a value of type {value.GetType().Name} cannot be given to a flag"),
    };

    // Numbers that are equal as AreEqual has it must have one hash, whatever their types are.
    private sealed class ValueComparer : IEqualityComparer<object?>
    {
        bool IEqualityComparer<object?>.Equals(object? left, object? right) => AreEqual(left, right);

        int IEqualityComparer<object?>.GetHashCode(object? value) => value switch
        {
            null => 0,
            long whole => ((double)whole).GetHashCode(),
            IReadOnlyDictionary<string, object?> map => map.Count,
            IReadOnlyList<object?> items => items.Count,
            _ => value.GetHashCode(),
        };
    }
}
