using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Net;
using System.Security;
using Guild.Engine;
using Guild.Engine.Flags;

namespace Guild.PowerShell.Commands;

/// <summary>Turns what PowerShell bound into inputs of the engine: typed values keep their type, words are read with Guild's grammar.</summary>
internal static class FlagInputs
{
    /// <summary>The entries of <c>-Flag</c>. A plain hashtable has no order of its own, so it goes in the names' ordinal order.</summary>
    public static IEnumerable<KeyValuePair<string, FlagInput>> OfTable(IDictionary? table)
    {
        if (table is null)
        {
            return [];
        }

        var entries = table.Keys.Cast<object>()
            .Select(key => KeyValuePair.Create(Text(key), Input(table[key])));
        return table is Hashtable ? entries.OrderBy(e => e.Key, StringComparer.Ordinal) : entries;
    }

    /// <summary>The entries of <c>-Resource</c>, whose values are always text.</summary>
    public static IEnumerable<KeyValuePair<string, string>> OfResources(IDictionary? table)
    {
        return table is null
            ? []
            : table.Keys.Cast<object>().Select(key => KeyValuePair.Create(Text(key), ResourceText(table[key]))).OrderBy(e => e.Key, StringComparer.Ordinal);
    }

    /// <summary>Words of the form <c>NAME=VALUE</c>.</summary>
    /// <exception cref="RequestException">A word has no equals sign, or no name before it.</exception>
    public static IEnumerable<KeyValuePair<string, FlagInput>> OfWords(IEnumerable<string> words)
    {
        foreach (var word in words)
        {
            var assignment = FlagGrammar.SplitAssignment(word)
                ?? throw new RequestException($"'{word}' is not a flag: NAME=VALUE was expected.", word, "Write flags as NAME=VALUE.");
            yield return KeyValuePair.Create(assignment.Name, (FlagInput)new FlagText(assignment.Text));
        }
    }

    /// <summary>The files with flag values of trials among the words, <c>@FILE</c>, without their <c>@</c>.</summary>
    public static IEnumerable<string> TrialFiles(IEnumerable<string> words) => words.Where(IsTrialFile).Select(w => w[1..]);

    /// <summary>True if the word names a file with flag values of trials.</summary>
    public static bool IsTrialFile(string word) => word is ['@', _, ..];

    /// <summary>What is given for a flag. A <see cref="SecureString"/> or a <see cref="PSCredential"/> makes the flag a secret.</summary>
    public static FlagInput Input(object? value) => value switch
    {
        PSObject { BaseObject: SecureString or PSCredential } wrapped => Input(wrapped.BaseObject),
        SecureString secret => new FlagSecret(PlainText(secret)),
        PSCredential credential => new FlagCredential(credential.UserName, PlainText(credential.Password)),
        _ => new FlagValue(Value(value)),
    };

    /// <summary>A value of PowerShell as one of the engine.</summary>
    /// <exception cref="RequestException">There is a secret in it, which would become plain text.</exception>
    public static object? Value(object? value) => value switch
    {
        PSObject { BaseObject: PSCustomObject } custom => custom.Properties.ToDictionary(p => p.Name, p => Value(p.Value), StringComparer.Ordinal),
        PSObject wrapped => Value(wrapped.BaseObject),
        GuildSpace space => space.Value,
        null or bool or long or double or string => value,
        SecureString or PSCredential => throw new RequestException(
            $"A {value.GetType().Name} cannot be part of a list or table, nor name a resource.",
            null,
            "Give it for a flag of its own: -Flag @{ NAME = $secret }."),
        SwitchParameter flag => flag.IsPresent,
        sbyte or byte or short or ushort or int or uint => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        float number => double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        decimal number => decimal.IsInteger(number) && number.Scale == 0 && number is >= long.MinValue and <= long.MaxValue ? (long)number : (double)number,
        ulong number => number <= long.MaxValue ? (long)number : (double)number,
        IDictionary table => table.Keys.Cast<object>().ToDictionary(Text, key => Value(table[key]), StringComparer.Ordinal),
        IEnumerable list => list.Cast<object?>().Select(Value).ToList(),
        _ => Text(value),
    };

    private static string ResourceText(object? value) => value switch
    {
        PSObject wrapped when wrapped.BaseObject is not PSCustomObject => ResourceText(wrapped.BaseObject),
        null => "",
        string text => text,
        GuildRun run => run.Id,
        FileSystemInfo file => file.FullName,
        _ => FlagGrammar.Encode(Value(value)),
    };

    private static string PlainText(SecureString secret) => new NetworkCredential("", secret).Password;

    private static string Text(object value) => Convert.ToString(PlainArgument.Of(value), CultureInfo.InvariantCulture) ?? "";
}
