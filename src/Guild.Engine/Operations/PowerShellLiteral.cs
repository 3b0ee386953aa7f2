using System.Globalization;
using System.Text;

namespace Guild.Engine.Operations;

/// <summary>Writes values as literals of PowerShell's language, which a parser reads back without running anything.</summary>
internal static class PowerShellLiteral
{
    /// <summary>The literal of a hashtable.</summary>
    public static string Table(IEnumerable<KeyValuePair<string, object?>> entries)
    {
        var text = new StringBuilder("@{");
        foreach (var (name, value) in entries)
        {
            text.Append(text.Length > 2 ? "; " : "").Append(Quote(name)).Append(" = ").Append(Write(value));
        }

        return text.Append('}').ToString();
    }

    /// <summary>The literal of a value.</summary>
    public static string Write(object? value) => value switch
    {
        null => "$null",
        bool flag => flag ? "$true" : "$false",
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => Number(number),
        string text => Quote(text),
        IReadOnlyDictionary<string, object?> map => Table(map),
        IReadOnlyList<object?> list => "@(" + string.Join(", ", list.Select(Write)) + ")",
        _ => Quote(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
    };

    // PowerShell takes typographic quotes for quotes too, so each of them is doubled.
    private static string Quote(string text)
    {
        var quoted = new StringBuilder("'");
        foreach (var c in text)
        {
            if (c is '\'' or '\u2018' or '\u2019' or '\u201a' or '\u201b')
            {
                quoted.Append(c);
            }

            quoted.Append(c);
        }

        return quoted.Append('\'').ToString();
    }

    // NaN and infinities have no literal; as text they are converted by a parameter of type [double].
    private static string Number(double number)
    {
        if (!double.IsFinite(number))
        {
            return Quote(double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
        }

        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny(".eE") < 0 ? text + ".0" : text;
    }
}
