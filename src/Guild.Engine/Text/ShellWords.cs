using System.Text;

namespace Guild.Engine.Text;

/// <summary>Words of a POSIX shell command line, as Python's <c>shlex</c> splits and quotes them. Nothing is expanded.</summary>
public static class ShellWords
{
    private const string Whitespace = " \t\r\n";

    /// <summary>
    /// Splits text into words at spaces, tabs and line ends. Single quotes keep everything; double quotes keep everything but a
    /// backslash before <c>"</c> or <c>\</c>; elsewhere a backslash keeps the next character. <c>#</c> begins no comment.
    /// </summary>
    /// <exception cref="FormatException">A quotation is not closed, or the text ends with a lone backslash.</exception>
    public static IReadOnlyList<string> Split(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var isInWord = false;
        for (var at = 0; at < text.Length; at++)
        {
            var character = text[at];
            if (Whitespace.Contains(character, StringComparison.Ordinal))
            {
                if (isInWord)
                {
                    words.Add(word.ToString());
                    word.Clear();
                    isInWord = false;
                }

                continue;
            }

            isInWord = true;
            switch (character)
            {
                case '\'':
                case '"':
                    at = ReadQuoted(text, at, word);
                    break;
                case '\\':
                    at++;
                    word.Append(at < text.Length ? text[at] : throw new FormatException($"There is nothing after the last backslash in: {text}"));
                    break;
                default:
                    word.Append(character);
                    break;
            }
        }

        if (isInWord)
        {
            words.Add(word.ToString());
        }

        return words;
    }

    /// <summary>One word as text that <see cref="Split"/>, and a POSIX shell, read back as the same single word.</summary>
    public static string Quote(string word)
    {
        if (word.Length == 0)
        {
            return "''";
        }

        return word.All(IsSafe) ? word : $"'{word.Replace("'", "'\"'\"'", StringComparison.Ordinal)}'";
    }

    /// <summary>Words as one line that <see cref="Split"/> takes apart again.</summary>
    public static string Join(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    private static bool IsSafe(char character) => char.IsAsciiLetterOrDigit(character) || "_@%+=:,./-".Contains(character, StringComparison.Ordinal);

    // Returns where the closing quote is.
    private static int ReadQuoted(string text, int start, StringBuilder word)
    {
        var quote = text[start];
        for (var at = start + 1; at < text.Length; at++)
        {
            if (text[at] == quote)
            {
                return at;
            }

            if (quote == '"' && text[at] == '\\' && at + 1 < text.Length && text[at + 1] is ('"' or '\\'))
            {
                at++;
            }

            word.Append(text[at]);
        }

        throw new FormatException($"The quotation that begins with {quote} at character {start + 1} is not closed in: {text}");
    }
}
