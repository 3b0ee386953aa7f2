using System.Globalization;
using Guild.Engine.Text;

namespace Guild.Engine.Runs.Queries;

/// <summary>How values of runs and of filters compare: whole numbers with floats, and else like with like. Nothing raises.</summary>
internal static class FilterValues
{
    /// <summary>True unless the value is false, undefined, 0 or empty.</summary>
    public static bool IsTruth(object? value) => value switch
    {
        null => false,
        bool truth => truth,
        long number => number != 0,
        double number => number != 0,
        string text => text.Length > 0,
        IReadOnlyCollection<object?> list => list.Count > 0,
        _ => true,
    };

    /// <summary>True if two values are the same. True is not 1, and text is not the number that it spells.</summary>
    public static bool AreEqual(object? one, object? other) => (one, other) switch
    {
        (null, null) => true,
        (string a, string b) => string.Equals(a, b, StringComparison.Ordinal),
        (bool a, bool b) => a == b,
        (IReadOnlyList<object?> a, IReadOnlyList<object?> b) => a.Count == b.Count && a.Zip(b).All(pair => AreEqual(pair.First, pair.Second)),
        _ => Compare(one, other) == 0,
    };

    /// <summary>The order of two numbers or two texts; null if they have none.</summary>
    public static int? Compare(object? one, object? other) => (one, other) switch
    {
        (string a, string b) => string.CompareOrdinal(a, b),
        (long a, long b) => a.CompareTo(b),
        (long a, double b) => -Compare(b, a),
        (double a, long b) => Compare(a, b),
        (double a, double b) => double.IsNaN(a) || double.IsNaN(b) ? null : a.CompareTo(b),
        _ => null,
    };

    /// <summary>True if a list has a value.</summary>
    public static bool HasItem(object? list, object? value) => list is IReadOnlyList<object?> items && items.Any(item => AreEqual(item, value));

    /// <summary>True if a list has the value, or all values of a list; or if a text has the other, in any case of letters.</summary>
    public static bool Contains(object? value, object? part) => (value, part) switch
    {
        (null or "", _) => false,
        (IReadOnlyList<object?> list, IReadOnlyList<object?> parts) => parts.All(item => HasItem(list, item)),
        (IReadOnlyList<object?> list, _) => HasItem(list, part),
        _ => TextOf(part) is { } wanted && TextOf(value) is { } text && text.Contains(wanted, StringComparison.OrdinalIgnoreCase),
    };

    // A float of 2⁵³ and more would hide that a whole number differs by one.
    private static int? Compare(double one, long other)
    {
        if (double.IsNaN(one))
        {
            return null;
        }

        if (one is >= 9.2233720368547758e18 or < -9.2233720368547758e18)
        {
            return Math.Sign(one);
        }

        var whole = Math.Truncate(one);
        var order = ((long)whole).CompareTo(other);
        return order != 0 ? order : one.CompareTo(whole);
    }

    private static string? TextOf(object? value) => value switch
    {
        string text => text,
        bool truth => truth ? "True" : "False",
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => PythonText.Float(number),
        _ => null,
    };
}
