using System.Collections;
using System.Collections.Specialized;

namespace Guild.PowerShell;

/// <summary>Turns the engine's values into what scripts read: dictionaries whose entries read as properties, and arrays.</summary>
internal static class Table
{
    /// <summary>
    /// A read-only dictionary in the same order. Names differ from each other by more than case almost always; then they are found in any case, as
    /// everything in PowerShell is.
    /// </summary>
    public static IDictionary Of(IEnumerable<KeyValuePair<string, object?>> entries)
    {
        var items = entries.ToList();
        var isUnique = items.Select(e => e.Key).Distinct(StringComparer.OrdinalIgnoreCase).Count() == items.Count;
        var table = new OrderedDictionary(isUnique ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (var (name, value) in items)
        {
            table[name] = Value(value);
        }

        return table.AsReadOnly();
    }

    /// <summary>A value as PowerShell has it: whole numbers that fit are [int], lists are arrays, mappings are dictionaries.</summary>
    public static object? Value(object? value) => value switch
    {
        long number when number is >= int.MinValue and <= int.MaxValue => (int)number,
        IReadOnlyDictionary<string, object?> map => Of(map),
        IReadOnlyList<object?> list => list.Select(Value).ToArray(),
        _ => value,
    };
}
