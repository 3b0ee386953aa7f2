using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Guild.Engine.Text;

/// <summary>Where a pattern must match.</summary>
public enum RegexAnchor
{
    /// <summary>Anywhere, as Python's <c>re.search</c>.</summary>
    None,

    /// <summary>From the start of the text, as Python's <c>re.match</c>.</summary>
    Start,

    /// <summary>The whole text, as Python's <c>re.fullmatch</c>.</summary>
    Whole,
}

/// <summary>
/// Regular expressions as Guild files have them, in the syntax of Python's <c>re</c>, as expressions of .NET. They ignore the culture
/// and give up after a time, <see cref="Timeout"/> if no other is given. Groups have Python's numbers and names; where a pattern has groups with and without names, those
/// with names have further numbers beyond Python's. Text is seen as UTF-16, so <c>.</c> and a character class match one half of a
/// character beyond U+FFFF.
/// </summary>
public static class PythonRegex
{
    /// <summary>
    /// How long one match can take before <see cref="RegexMatchTimeoutException"/> is raised, where nothing else is said: two seconds. The limit is one of
    /// the clock, and on a busy machine a thread can be kept waiting in the middle of a match that takes no time.
    /// </summary>
    public static TimeSpan Timeout { get; } = TimeSpan.FromSeconds(2);

    /// <summary>Translates a pattern that can match anywhere in a text.</summary>
    /// <param name="pattern">The pattern in Python's syntax.</param>
    /// <param name="extra">Options of .NET to add, such as <see cref="RegexOptions.Compiled"/>; not those that change the syntax.</param>
    /// <param name="timeout">How long one match can take; null for <see cref="Timeout"/>.</param>
    /// <exception cref="ArgumentException">Python would refuse the pattern, or it names a character (<c>\N{…}</c>), which is not supported.</exception>
    public static Regex Translate(string pattern, RegexOptions extra = RegexOptions.None, TimeSpan? timeout = null) =>
        Translate(pattern, RegexAnchor.None, extra, timeout);

    /// <summary>Translates a pattern that must match at a certain place.</summary>
    /// <param name="pattern">The pattern in Python's syntax.</param>
    /// <param name="anchor">Where it must match.</param>
    /// <param name="extra">Options of .NET to add, such as <see cref="RegexOptions.Compiled"/>; not those that change the syntax.</param>
    /// <param name="timeout">How long one match can take; null for <see cref="Timeout"/>.</param>
    /// <exception cref="ArgumentException">Python would refuse the pattern, or it names a character (<c>\N{…}</c>), which is not supported.</exception>
    public static Regex Translate(string pattern, RegexAnchor anchor, RegexOptions extra = RegexOptions.None, TimeSpan? timeout = null)
    {
        var (translated, options) = new PythonRegexTranslator(pattern).Translate();
        var anchored = anchor switch
        {
            RegexAnchor.Start => $@"\A(?:{translated})",
            RegexAnchor.Whole => $@"\A(?:{translated})\z",
            _ => translated,
        };
        return new Regex(anchored, options | extra | RegexOptions.CultureInvariant, timeout ?? Timeout);
    }

    /// <summary>The names of the groups that have one, as the keys of Python's <c>groupdict</c>.</summary>
    /// <param name="regex">An expression, as <see cref="Translate(string, RegexOptions, TimeSpan?)"/> gives it.</param>
    public static IReadOnlyList<string> GroupNames(Regex regex) => [.. regex.GetGroupNames().Where(name => !char.IsAsciiDigit(name[0]))];

    /// <summary>
    /// Translates a replacement of Python's <c>re.sub</c> (<c>\1</c>, <c>\g&lt;name&gt;</c>, <c>\n</c>) into one for
    /// <see cref="Regex.Replace(string, string)"/>. A <c>$</c> means itself.
    /// </summary>
    /// <param name="replacement">The replacement in Python's syntax.</param>
    /// <param name="regex">The expression that it goes with, as <see cref="Translate(string, RegexOptions, TimeSpan?)"/> gives it.</param>
    /// <exception cref="ArgumentException">Python would refuse the replacement, for example because it refers to a group that is not there.</exception>
    public static string TranslateReplacement(string replacement, Regex regex)
    {
        var result = new StringBuilder(replacement.Length);
        var at = 0;
        while (at < replacement.Length)
        {
            var character = replacement[at++];
            if (character != '\\')
            {
                AppendLiteral(result, character);
                continue;
            }

            at = AppendEscape(result, replacement, at, regex);
        }

        return result.ToString();
    }

    private static int AppendEscape(StringBuilder result, string replacement, int at, Regex regex)
    {
        if (at == replacement.Length)
        {
            throw Bad(replacement, "it ends with a lone backslash");
        }

        var character = replacement[at];
        if (character == 'g')
        {
            var end = replacement.IndexOf('>', at);
            if (at + 1 >= replacement.Length || replacement[at + 1] != '<' || end < 0)
            {
                throw Bad(replacement, @"\g must be followed by a group in angle brackets");
            }

            AppendGroup(result, replacement, replacement[(at + 2)..end], regex);
            return end + 1;
        }

        if (char.IsAsciiDigit(character))
        {
            return AppendNumber(result, replacement, at, regex);
        }

        const string Letters = "abfnrtv";
        const string Meanings = "\a\b\f\n\r\t\v";
        var known = Letters.IndexOf(character, StringComparison.Ordinal);
        if (known >= 0)
        {
            result.Append(Meanings[known]);
        }
        else if (character == '\\')
        {
            result.Append('\\');
        }
        else if (char.IsAsciiLetter(character))
        {
            throw Bad(replacement, $@"\{character} means nothing");
        }
        else
        {
            result.Append('\\');
            AppendLiteral(result, character);
        }

        return at + 1;
    }

    // Digits are octal when they begin with 0 or are three octal ones; else they are a group of one or two digits.
    private static int AppendNumber(StringBuilder result, string replacement, int at, Regex regex)
    {
        var digits = replacement[at..].TakeWhile(char.IsAsciiDigit).Take(3).ToArray();
        var isOctal = digits.Length == 3 && digits.All(digit => digit <= '7') && digits[0] <= '3';
        if (digits[0] == '0' || isOctal)
        {
            var octal = new string([.. digits.TakeWhile(digit => digit <= '7')]);
            AppendLiteral(result, (char)Convert.ToInt32(octal, 8));
            return at + octal.Length;
        }

        var group = new string(digits, 0, Math.Min(2, digits.Length));
        AppendGroup(result, replacement, group, regex);
        return at + group.Length;
    }

    private static void AppendGroup(StringBuilder result, string replacement, string group, Regex regex)
    {
        var isThere = int.TryParse(group, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? regex.GetGroupNumbers().Contains(number)
            : regex.GetGroupNames().Contains(group, StringComparer.Ordinal);
        if (!isThere)
        {
            throw Bad(replacement, $"there is no group '{group}'");
        }

        result.Append("${").Append(group).Append('}');
    }

    private static void AppendLiteral(StringBuilder result, char character) => result.Append(character == '$' ? "$$" : character.ToString());

    private static ArgumentException Bad(string replacement, string why) => new($"The replacement '{replacement}' cannot be used: {why}.");
}
