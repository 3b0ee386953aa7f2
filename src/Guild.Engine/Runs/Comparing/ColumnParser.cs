using System.Globalization;
using System.Text;

namespace Guild.Engine.Runs.Comparing;

/// <summary>Reads the columns of a comparison. Words are separated by blanks, columns by commas; what has either in its name is quoted.</summary>
internal sealed class ColumnParser(string text)
{
    private const string StepWord = "step";

    private const string AsWord = "as";

    private static readonly (string Prefix, ColumnKind Kind)[] Prefixes =
    [
        ("scalar:", ColumnKind.Scalar),
        ("attr:", ColumnKind.Attribute),
        ("flag:", ColumnKind.Flag),
        ("=", ColumnKind.Flag),
        (".", ColumnKind.Attribute),
    ];

    private static readonly (string Word, ScalarQualifier Qualifier)[] Qualifiers =
    [
        ("last", ScalarQualifier.Last),
        ("first", ScalarQualifier.First),
        ("min", ScalarQualifier.Minimum),
        ("max", ScalarQualifier.Maximum),
        ("avg", ScalarQualifier.Average),
        ("total", ScalarQualifier.Total),
        ("count", ScalarQualifier.Count),
    ];

    private int _at;

    public static string WordOf(ScalarQualifier qualifier) => Qualifiers.First(q => q.Qualifier == qualifier).Word;

    public static string PrefixOf(ColumnKind kind) => Prefixes.First(p => p.Kind == kind).Prefix;

    public IReadOnlyList<ColumnSpec> Parse()
    {
        var columns = new List<ColumnSpec>();
        while (true)
        {
            columns.Add(ReadColumn());
            if (_at == text.Length)
            {
                return columns;
            }

            // What ends a column and is not the end of the text is a comma.
            _at++;
        }
    }

    private ColumnSpec ReadColumn()
    {
        SkipBlanks();
        var start = _at;
        ColumnKind? kind = null;
        foreach (var (prefix, meant) in Prefixes)
        {
            if (string.CompareOrdinal(text, _at, prefix, 0, prefix.Length) == 0)
            {
                kind = meant;
                _at += prefix.Length;
                break;
            }
        }

        var words = ReadWords();
        if (words.Count == 0)
        {
            throw Error(start, kind is null ? "a column is missing" : $"a name is missing behind '{text[start.._at].Trim()}'");
        }

        var heading = TakeHeading(words);
        return kind is ColumnKind.Flag or ColumnKind.Attribute
            ? new ColumnSpec { Kind = kind.Value, Key = Only(words, 0), NamedAs = heading }
            : ReadScalar(words) with { NamedAs = heading };
    }

    private ColumnSpec ReadScalar(List<Word> words)
    {
        // A word that stands alone is a name, whatever else it can mean.
        var qualifier = words.Count > 1 && !words[0].IsQuoted ? QualifierOf(words[0].Text) : null;
        var key = qualifier is null ? 0 : 1;
        var isStep = words.Count > key + 1 && words[^1] is { IsQuoted: false, Text: StepWord };
        if (isStep)
        {
            words.RemoveAt(words.Count - 1);
        }

        if (isStep && qualifier is (ScalarQualifier.Average or ScalarQualifier.Total or ScalarQualifier.Count))
        {
            throw Error(words[0].At, $"'{words[0].Text}' has no step: only first, last, min and max have one");
        }

        return new ColumnSpec { Kind = ColumnKind.Scalar, Key = Only(words, key), Qualifier = qualifier, IsStep = isStep };
    }

    private string? TakeHeading(List<Word> words)
    {
        var at = words.FindIndex(1, word => word is { IsQuoted: false, Text: AsWord });
        if (at < 0)
        {
            return null;
        }

        if (at == words.Count - 1)
        {
            throw Error(words[at].At, "a heading is missing behind 'as'");
        }

        if (at < words.Count - 2)
        {
            throw Error(words[at + 2].At, $"'{words[at + 2].Text}' is not expected here: a heading of several words must be quoted");
        }

        var heading = words[at + 1].Text;
        words.RemoveRange(at, 2);
        return heading;
    }

    private string Only(List<Word> words, int key) =>
        words.Count == key + 1 ? words[key].Text : throw Error(words[key + 1].At, $"'{words[key + 1].Text}' is not expected here");

    private List<Word> ReadWords()
    {
        var words = new List<Word>();
        while (true)
        {
            SkipBlanks();
            if (_at == text.Length || text[_at] == ',')
            {
                return words;
            }

            words.Add(text[_at] is '\'' or '"' ? ReadQuoted() : ReadPlain());
        }
    }

    private Word ReadPlain()
    {
        var start = _at;
        while (_at < text.Length && text[_at] != ',' && !char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }

        return new Word(text[start.._at], start, IsQuoted: false);
    }

    private Word ReadQuoted()
    {
        var start = _at;
        var quote = text[_at++];
        var word = new StringBuilder();
        while (_at < text.Length)
        {
            var c = text[_at++];
            if (c == quote)
            {
                return new Word(word.ToString(), start, IsQuoted: true);
            }

            word.Append(c == '\\' && _at < text.Length ? text[_at++] : c);
        }

        throw Error(start, $"the quotation mark {quote} has no end");
    }

    private void SkipBlanks()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }
    }

    private static ScalarQualifier? QualifierOf(string word)
    {
        foreach (var (known, qualifier) in Qualifiers)
        {
            if (known == word)
            {
                return qualifier;
            }
        }

        return null;
    }

    private ColumnException Error(int at, string problem) =>
        new(text, at + 1, string.Create(CultureInfo.InvariantCulture, $"Columns '{text}' cannot be understood at position {at + 1}: {problem}."));

    private sealed record Word(string Text, int At, bool IsQuoted);
}
