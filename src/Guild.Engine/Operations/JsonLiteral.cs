using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Guild.Engine.Operations;

/// <summary>Writes values as Python's json module reads them back, with their types: 1.0 stays a float, NaN and infinities are kept.</summary>
public static class JsonLiteral
{
    /// <summary>Writes a value.</summary>
    public static string Write(object? value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    private static void Append(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case bool flag:
                text.Append(flag ? "true" : "false");
                break;
            case double number:
                text.Append(Number(number));
                break;
            case long number:
                text.Append(number.ToString(CultureInfo.InvariantCulture));
                break;
            case IReadOnlyDictionary<string, object?> map:
                AppendAll(text, '{', '}', map, (t, item) => Append(t.Append(Quote(item.Key)).Append(": "), item.Value));
                break;
            case IReadOnlyList<object?> list:
                AppendAll(text, '[', ']', list, Append);
                break;
            default:
                text.Append(Quote(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""));
                break;
        }
    }

    private static void AppendAll<T>(StringBuilder text, char open, char close, IEnumerable<T> items, Action<StringBuilder, T> append)
    {
        text.Append(open);
        var isFirst = true;
        foreach (var item in items)
        {
            if (!isFirst)
            {
                text.Append(", ");
            }

            isFirst = false;
            append(text, item);
        }

        text.Append(close);
    }

    private static string Quote(string text) => JsonSerializer.Serialize(text);

    private static string Number(double number)
    {
        if (double.IsNaN(number))
        {
            return "NaN";
        }

        if (double.IsInfinity(number))
        {
            return number > 0 ? "Infinity" : "-Infinity";
        }

        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny(".eE") < 0 ? text + ".0" : text;
    }
}
