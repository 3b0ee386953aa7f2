namespace Guild.Engine.Runs.Queries;

/// <summary>Makes of the words of a filter what it means.</summary>
internal sealed class FilterParser
{
    // Deeper than anyone writes, and far from what a thread's stack can take.
    private const int MostLevels = 100;

    private const string ExpectedPart = "a test such as lr < 0.1, a value, not, or (";
    private const string ExpectedValue = "a number, a text, true, false, undefined, or a list in [ ]";
    private const string ExpectedMore = "and, or, or the end";

    private readonly string _text;
    private readonly List<FilterToken> _tokens;
    private int _at;
    private int _level;

    private FilterParser(string text)
    {
        _text = text;
        _tokens = FilterLexer.Read(text);
    }

    private FilterToken Current => _tokens[_at];

    /// <summary>What a filter means.</summary>
    /// <exception cref="FilterException">The text is no filter.</exception>
    public static FilterNode Parse(string text)
    {
        var parser = new FilterParser(text);
        var node = parser.Expression();
        return parser.Current.Kind == FilterTokenKind.End ? node : throw parser.Unexpected(parser.ExpectedAfterPart());
    }

    private FilterNode Expression()
    {
        var first = Part();
        var rest = new List<ChainLink>();
        while (Current.Kind is FilterTokenKind.And or FilterTokenKind.Or)
        {
            var isAnd = Take().Kind == FilterTokenKind.And;
            rest.Add(new ChainLink(isAnd, Part()));
        }

        return rest.Count == 0 ? first : new ChainNode(first, rest);
    }

    private FilterNode Part()
    {
        var isNegated = false;
        while (Current.Kind == FilterTokenKind.Not)
        {
            _at++;
            isNegated = !isNegated;
        }

        var part = Plain();
        return isNegated ? new NotNode(part) : part;
    }

    private FilterNode Plain()
    {
        if (Current.Kind == FilterTokenKind.Open)
        {
            Enter();
            _at++;
            var inner = Expression();
            Require(FilterTokenKind.Close, "and, or, or )");
            _level--;
            return inner;
        }

        if (Current.Kind == FilterTokenKind.Name && _tokens[_at + 1] is { } next && IsTest(next.Kind))
        {
            var name = Take().Text;
            var test = Test();
            return new TestNode(name, test, test is FilterTest.In or FilterTest.NotIn ? List("a list in [ ]") : Value(ExpectedValue));
        }

        return new ConstantNode(Value(ExpectedPart));
    }

    private static bool IsTest(FilterTokenKind kind) =>
        kind is >= FilterTokenKind.Equal and <= FilterTokenKind.GreaterOrEqual or FilterTokenKind.Is or FilterTokenKind.In or FilterTokenKind.Not or FilterTokenKind.Contains;

    private FilterTest Test()
    {
        switch (Take().Kind)
        {
            case FilterTokenKind.Equal:
                return FilterTest.Equal;
            case FilterTokenKind.NotEqual:
                return FilterTest.NotEqual;
            case FilterTokenKind.Less:
                return FilterTest.Less;
            case FilterTokenKind.LessOrEqual:
                return FilterTest.LessOrEqual;
            case FilterTokenKind.Greater:
                return FilterTest.Greater;
            case FilterTokenKind.GreaterOrEqual:
                return FilterTest.GreaterOrEqual;
            case FilterTokenKind.In:
                return FilterTest.In;
            case FilterTokenKind.Contains:
                return FilterTest.Contains;
            case FilterTokenKind.Is when Current.Kind == FilterTokenKind.Not:
                _at++;
                return FilterTest.NotEqual;
            case FilterTokenKind.Is:
                return FilterTest.Equal;
            default:
                return Current.Kind switch
                {
                    FilterTokenKind.In => Take(FilterTest.NotIn),
                    FilterTokenKind.Contains => Take(FilterTest.NotContains),
                    _ => throw Unexpected("in or contains"),
                };
        }
    }

    private object? Value(string expected)
    {
        switch (Current.Kind)
        {
            case FilterTokenKind.Value:
                return Take().Value;
            case FilterTokenKind.Name:
                return Take().Text;
            case FilterTokenKind.True:
                return Take<object>(true);
            case FilterTokenKind.False:
                return Take<object>(false);
            case FilterTokenKind.Undefined:
                return Take<object?>(null);
            case FilterTokenKind.OpenList:
                return List(expected);
            default:
                throw Unexpected(expected);
        }
    }

    private List<object?> List(string expected)
    {
        Require(FilterTokenKind.OpenList, expected);
        Enter();
        var items = new List<object?> { Value(ExpectedValue) };
        while (Current.Kind == FilterTokenKind.Comma)
        {
            _at++;
            items.Add(Value(ExpectedValue));
        }

        Require(FilterTokenKind.CloseList, "a comma or ]");
        _level--;
        return items;
    }

    // A name or a text that stands where only a test could go on deserves to be told apart.
    private string ExpectedAfterPart() => _tokens[_at - 1].Kind switch
    {
        FilterTokenKind.Name when _at == 1 || !IsTest(_tokens[_at - 2].Kind) => "an operator such as =, <, is, in or contains, " + ExpectedMore,
        _ => ExpectedMore,
    };

    private void Enter()
    {
        if (++_level > MostLevels)
        {
            throw FilterException.At(_text, Current.Offset, "brackets are nested too deeply", $"at most {MostLevels} levels");
        }
    }

    private void Require(FilterTokenKind kind, string expected)
    {
        if (Current.Kind != kind)
        {
            throw Unexpected(expected);
        }

        _at++;
    }

    private FilterToken Take() => _tokens[_at++];

    private T Take<T>(T meaning)
    {
        _at++;
        return meaning;
    }

    private FilterException Unexpected(string expected) =>
        FilterException.At(_text, Current.Offset, Current.Kind == FilterTokenKind.End ? "it ends too early" : $"'{Current.Text}' cannot stand here", expected);
}
