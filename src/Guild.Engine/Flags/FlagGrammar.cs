using System.Globalization;
using System.Text.RegularExpressions;
using Guild.Engine.GuildFiles;
using Guild.Engine.Text;
using Guild.Engine.Yaml;

namespace Guild.Engine.Flags;

/// <summary>
/// Guild's grammar of flag values: how text that a user types becomes a value, and how a value is written as such text. What is written
/// reads back as the same value.
/// </summary>
public static partial class FlagGrammar
{
    // More items than this are a slip of the keyboard.
    private const int MostItems = 100_000;

    private static readonly FlowText Flow = new("yes", "no", PythonText.Float, text => Decode(text));

    /// <summary>
    /// Reads a value: numbers as Python reads them, <c>range[1:5]</c> and its like, <c>[a, b] * 3</c>, else YAML. Text that looks like a
    /// number but has <c>_</c> or <c>:</c> in it stays text, and so does what cannot be read. Spaces for searches
    /// (<c>uniform[0:1]</c>, <c>[0:1]</c>) stay text.
    /// </summary>
    /// <param name="text">The text, as after the <c>=</c> of an assignment.</param>
    /// <param name="type">The type of the flag: text and paths stay as they are unless they begin with <c>[</c>, <c>{</c> or a quote.</param>
    /// <returns>Null, a bool, a long, a double, text, a list or a dictionary; it need not be of the type that was asked for.</returns>
    public static object? Decode(string text, FlagType type = FlagType.Auto) => Decode(text, type, []);

    /// <summary>Reads a value and adds what a user should know of it, such as a function with a wrong argument, to the warnings.</summary>
    /// <param name="text">The text, as after the <c>=</c> of an assignment.</param>
    /// <param name="type">The type of the flag.</param>
    /// <param name="warnings">Takes one sentence a warning.</param>
    /// <returns>The value, as <see cref="Decode(string, FlagType)"/> gives it.</returns>
    public static object? Decode(string text, FlagType type, ICollection<string> warnings)
    {
        if (text.Length == 0)
        {
            return text;
        }

        var value = DecodeTyped(text, type, warnings);
        var isSurprising = value is long or double or bool && text.AsSpan().IndexOfAny('_', ':') >= 0 && !text.Contains("!!", StringComparison.Ordinal);
        return isSurprising ? text : value;
    }

    /// <summary>
    /// Writes a value on one line as a user could type it: <c>yes</c>, <c>no</c>, <c>null</c>, <c>1e-05</c>, <c>[a, b]</c>, <c>{k: v}</c>;
    /// text that would be read as something else is quoted.
    /// </summary>
    /// <exception cref="ArgumentException">The value is of a type that flags do not have.</exception>
    public static string Encode(object? value) => Flow.Write(value);

    /// <summary>Splits <c>NAME=VALUE</c> at the first <c>=</c>; null if there is none, or nothing before it.</summary>
    public static FlagAssignment? SplitAssignment(string word)
    {
        var at = word.IndexOf('=', StringComparison.Ordinal);
        return at > 0 ? new FlagAssignment(word[..at], word[(at + 1)..]) : null;
    }

    private static object? DecodeTyped(string text, FlagType type, ICollection<string> warnings)
    {
        switch (type)
        {
            case FlagType.String or FlagType.Path or FlagType.ExistingPath when text[0] is not ('[' or '\'' or '"' or '{'):
                return text;
            case FlagType.Float when FlagNumbers.ReadFloat(text) is { } real:
                return real;
            case FlagType.Boolean when Truth(FlowText.ReadYaml(text)) is { } truth:
                return truth;
            default:
                return DecodeAny(text, warnings);
        }
    }

    private static bool? Truth(object? value) => value switch
    {
        bool truth => truth,
        long number => number != 0,
        double number => number != 0,
        _ => null,
    };

    private static object? DecodeAny(string text, ICollection<string> warnings)
    {
        // An integer of more than 64 bits, such as a run's id of digits only, would lose digits as a float: it stays text.
        if (FlagNumbers.IsInteger(text))
        {
            return FlagNumbers.ReadInteger(text) is { } integer ? integer : text;
        }

        if (FlagNumbers.ReadFloat(text) is { } real)
        {
            return real;
        }

        if (FlagFunctions.Read(text) is { } function)
        {
            if (function.Warning is not null)
            {
                warnings.Add(function.Warning);
            }

            return (object?)function.Values ?? text;
        }

        return Repeated(text, warnings) ?? DecodeYaml(text);
    }

    private static IReadOnlyList<object?>? Repeated(string text, ICollection<string> warnings)
    {
        var match = Repetition().Match(text.Trim());
        if (!match.Success
            || !int.TryParse(match.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var times)
            || DecodeAny(match.Groups[1].Value, warnings) is not IReadOnlyList<object?> items)
        {
            return null;
        }

        if ((long)items.Count * times <= MostItems)
        {
            return [.. Enumerable.Repeat(items, times).SelectMany(repeated => repeated)];
        }

        warnings.Add($"The value '{text}' stays text, since it would be a list of more than {MostItems} items.");
        return null;
    }

    // YAML reads what begins with # as a comment, so that a colour such as #ff0000 would be lost.
    private static object? DecodeYaml(string text)
    {
        if (text[0] == '#')
        {
            return text;
        }

        try
        {
            return YamlText.Read(text);
        }
        catch (YamlTextException)
        {
            return text;
        }
    }

    [GeneratedRegex(@"\A(\[.*\])\s*\*\s*([0-9]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Repetition();
}
