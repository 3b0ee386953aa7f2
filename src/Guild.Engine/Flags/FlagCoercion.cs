using System.Globalization;
using Guild.Engine.GuildFiles;
using Guild.Engine.Text;

namespace Guild.Engine.Flags;

/// <summary>What became of a value.</summary>
/// <param name="Value">The value as the flag's type has it; the value as it was if there is a problem.</param>
/// <param name="Problem">What the value must be, as the end of a sentence that begins with the flag; null if it fits.</param>
internal readonly record struct Coerced(object? Value, string? Problem = null);

/// <summary>Gives values the type that their flag declares. A value that does not fit is a problem, never another value.</summary>
internal sealed class FlagCoercion(FlagBindingOptions options)
{
    /// <summary>One value that is no list.</summary>
    public Coerced Coerce(FlagDefinition flag, object? value)
    {
        if (value is null || flag.Type == FlagType.Auto)
        {
            return new Coerced(value);
        }

        return flag.SplitsArg && value is string text ? CoerceParts(flag, text) : CoerceOne(flag.Type, value);
    }

    private static Coerced Fails(object? value, string expected) => new(value, $"must be {expected}, but {FlagDisplay.Show(value)} is not");

    private Coerced CoerceOne(FlagType type, object value) => type switch
    {
        FlagType.Int => ToInteger(value),
        FlagType.Float => ToFloat(value),
        FlagType.Number => ToNumber(value),
        FlagType.Boolean => ToBoolean(value),
        FlagType.Path or FlagType.ExistingPath => ToPath(value, type),
        _ => ToText(value),
    };

    private static Coerced ToInteger(object value) => value switch
    {
        long => new(value),
        string text when FlagNumbers.ReadInteger(text) is { } number => new(number),
        string text when FlagNumbers.IsInteger(text) => Fails(value, "an int of 64 bits"),
        _ => Fails(value, "an int"),
    };

    private static Coerced ToFloat(object value) => value switch
    {
        double => new(value),
        long number => new((double)number),
        string text when FlagNumbers.ReadFloat(text) is { } number => new(number),
        _ => Fails(value, "a float"),
    };

    private static Coerced ToNumber(object value) => value switch
    {
        double or long => new(value),
        string text when FlagNumbers.ReadInteger(text) is { } number => new(number),
        string text when FlagNumbers.ReadFloat(text) is { } number => new(number),
        _ => Fails(value, "a number"),
    };

    private static Coerced ToBoolean(object value) => value switch
    {
        bool => new(value),
        long number => new(number != 0),
        double number => new(number != 0),
        string text when FlagGrammar.Decode(text, FlagType.Boolean) is bool truth => new(truth),
        _ => Fails(value, "yes or no"),
    };

    private static Coerced ToText(object value) => value switch
    {
        string => new(value),
        bool or long or double => new(PythonText.Literal(value)),
        _ => Fails(value, "text"),
    };

    private Coerced ToPath(object value, FlagType type)
    {
        if (value is not string text)
        {
            return Fails(value, "a path");
        }

        if (text.Length == 0)
        {
            return new Coerced(text);
        }

        var isHome = text == "~" || text.StartsWith("~/", StringComparison.Ordinal) || text.StartsWith($"~{Path.DirectorySeparatorChar}", StringComparison.Ordinal);
        var path = Path.GetFullPath(isHome ? Path.Join(options.HomeFolder, text[1..]) : text, options.WorkingDirectory);
        return type == FlagType.ExistingPath && !Path.Exists(path)
            ? new Coerced(value, string.Create(CultureInfo.InvariantCulture, $"must be a path that exists, but '{path}' does not exist"))
            : new Coerced(path);
    }

    private Coerced CoerceParts(FlagDefinition flag, string text)
    {
        IReadOnlyList<string> parts;
        try
        {
            parts = FlagParts.Split(flag, text);
        }
        catch (FormatException error)
        {
            return new Coerced(text, $"must be words that can be split: {error.Message}");
        }

        var values = new List<object?>(parts.Count);
        foreach (var part in parts)
        {
            var coerced = CoerceOne(flag.Type, part);
            if (coerced.Problem is not null)
            {
                return new Coerced(text, coerced.Problem);
            }

            values.Add(coerced.Value);
        }

        // Only paths are other text than before; other parts keep the spelling that the user chose.
        return flag.Type is FlagType.Path or FlagType.ExistingPath ? new Coerced(FlagParts.Join(flag, values)) : new Coerced(text);
    }
}
