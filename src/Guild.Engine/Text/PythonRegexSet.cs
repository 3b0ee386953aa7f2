using System.Globalization;
using System.Text;

namespace Guild.Engine.Text;

/// <summary>One character class (<c>[a-z\d]</c>) of a pattern, translated from Python's syntax to that of .NET.</summary>
internal sealed class PythonRegexSet
{
    private readonly string pattern;
    private readonly bool isAscii;
    private readonly StringBuilder result = new("[");
    private int at;

    /// <summary>Reads the class.</summary>
    /// <param name="pattern">The whole pattern.</param>
    /// <param name="start">Where the class goes on after its opening bracket.</param>
    /// <param name="isAscii">True if categories hold ASCII characters only.</param>
    public PythonRegexSet(string pattern, int start, bool isAscii)
    {
        this.pattern = pattern;
        this.isAscii = isAscii;
        at = start;
        Read();
    }

    public string Translation => result.ToString();

    /// <summary>Where the pattern goes on after the closing bracket.</summary>
    public int End => at;

    private void Read()
    {
        if (Next() == '^')
        {
            at++;
            result.Append('^');
        }

        // A closing bracket at the very start is a character of the class.
        for (var isFirst = true; isFirst || Next() != ']'; isFirst = false)
        {
            ReadEntry();
        }

        at++;
        result.Append(']');
    }

    private void ReadEntry()
    {
        var low = ReadMember();
        if (Next() != '-' || at + 1 >= pattern.Length || pattern[at + 1] == ']')
        {
            result.Append(low.Text);
            return;
        }

        at++;
        var high = ReadMember();
        if (low.Code is not { } from || high.Code is not { } to || from > to)
        {
            throw PythonRegexEscapes.Bad(pattern, "a character class has a range that does not go from one character to a later one");
        }

        result.Append(low.Text).Append('-').Append(high.Text);
    }

    private (string Text, int? Code) ReadMember()
    {
        var character = Next();
        at++;
        if (character != '\\')
        {
            return (Escape(character), character);
        }

        if (PythonRegexEscapes.Category(Next(), isAscii) is { } category)
        {
            at++;
            return (category.Inside, null);
        }

        var (text, end) = PythonRegexEscapes.Read(pattern, at);
        at = end;
        return (string.Concat(text.Select(Escape)), text.Length == 1 ? text[0] : null);
    }

    private char Next() => at < pattern.Length ? pattern[at] : throw PythonRegexEscapes.Bad(pattern, "a character class is not closed");

    private static string Escape(char character) => char.IsAsciiLetterOrDigit(character)
        ? character.ToString()
        : string.Create(CultureInfo.InvariantCulture, $@"\u{(int)character:X4}");
}
