using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace Guild.PowerShell.Classic;

/// <summary>Writes a PowerShell value as the text that Guild's own grammar reads back as the same value.</summary>
internal static class ClassicValues
{

    /// <summary>
    /// Gives the text of an argument. A number keeps the text it was typed with where PowerShell kept it; else it is written in invariant form, with
    /// <c>.0</c> on whole floating-point numbers. A list is joined by commas, nothing is <c>null</c>, and a truth value is <c>true</c> or <c>false</c>.
    /// </summary>
    /// <param name="value">What PowerShell passed.</param>
    public static string TextOf(object? value) => value switch
    {
        null => "null",
        PSObject wrapped => TextOfWrapped(wrapped),
        IDictionary entries => $"{{{string.Join(", ", Entries(entries).Select(static entry => $"{entry.Key}: {Nested(entry.Value)}"))}}}",
        string text => text,
        IEnumerable items => string.Join(',', items.Cast<object?>().Select(Nested)),
        _ => TextOfScalar(value),
    };

    /// <summary>Gives the entries of a dictionary with their names as text: in the order of an ordered one, else by ordinal order of the names.</summary>
    /// <param name="entries">A hashtable or an ordered dictionary.</param>
    public static IReadOnlyList<KeyValuePair<string, object?>> Entries(IDictionary entries)
    {
        List<KeyValuePair<string, object?>> named = [];
        foreach (DictionaryEntry entry in entries)
        {
            named.Add(new(TextOf(entry.Key), entry.Value));
        }

        if (entries is Hashtable)
        {
            named.Sort(static (one, other) => string.CompareOrdinal(one.Key, other.Key));
        }

        return named;
    }

    private static string TextOfWrapped(PSObject wrapped)
    {
        object value = wrapped.BaseObject;
        if (!IsNumber(value))
        {
            return value is PSCustomObject ? wrapped.ToString() : TextOf(value);
        }

        // PowerShell gives the typed text of a number (1e10, 007, 1kb) if it kept one, else the plain text in the user's language.
        string text = wrapped.ToString();
        return string.Equals(text, Convert.ToString(value, CultureInfo.CurrentCulture), StringComparison.Ordinal) ? TextOfScalar(value) : text;
    }

    private static string TextOfScalar(object value) => value switch
    {
        bool truth => truth ? "true" : "false",
        double number => WithPoint(number.ToString("R", CultureInfo.InvariantCulture)),
        float number => WithPoint(number.ToString("R", CultureInfo.InvariantCulture)),
        DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    // Commas alone keep a flat list apart; a list or a mapping in it, or a text with such characters, would not be read back.
    private static string Nested(object? value)
    {
        object? inner = value is PSObject wrapped ? wrapped.BaseObject : value;
        return inner is IEnumerable and not string and not IDictionary ? $"[{TextOf(inner)}]" : TextOf(value);
    }

    private static bool IsNumber(object value) =>
        value is int or long or double or decimal or float or short or byte or sbyte or ushort or uint or ulong or System.Numerics.BigInteger;

    private static string WithPoint(string number) =>
        number.AsSpan().IndexOfAny(".EN∞") >= 0 ? number.Replace('E', 'e') : $"{number}.0";
}
