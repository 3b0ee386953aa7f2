using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Guild.Engine.Runs.Queries;

namespace Guild.Engine.Tests.Runs.Queries;

public sealed class FilterParsingTests
{
    [Theory]
    [InlineData("", 1, 1, "it ends too early")]
    [InlineData("   ", 1, 4, "it ends too early")]
    [InlineData("a == 1", 1, 4, "'=' cannot stand here")]
    [InlineData("'a' = 123", 1, 5, "'=' cannot stand here")]
    [InlineData("a = 1 or \nb(", 2, 2, "'(' cannot stand here")]
    [InlineData("'", 1, 1, "has no end")]
    [InlineData("a = \"x", 1, 5, "has no end")]
    [InlineData("a = \"\\", 1, 5, "has no end")]
    [InlineData("a = \"\\q\"", 1, 5, "means nothing")]
    [InlineData("and id = foo", 1, 1, "'and' cannot stand here")]
    [InlineData("a = 1 and", 1, 10, "it ends too early")]
    [InlineData("a = and", 1, 5, "'and' cannot stand here")]
    [InlineData("a in red", 1, 6, "'red' cannot stand here")]
    [InlineData("a in (red)", 1, 6, "'(' cannot stand here")]
    [InlineData("a in []", 1, 7, "']' cannot stand here")]
    [InlineData("a in [1, 2", 1, 11, "it ends too early")]
    [InlineData("a in [1 2]", 1, 9, "'2' cannot stand here")]
    [InlineData("a not 1", 1, 7, "'1' cannot stand here")]
    [InlineData("a b", 1, 3, "'b' cannot stand here")]
    [InlineData("(a = 1", 1, 7, "it ends too early")]
    [InlineData("a = 1)", 1, 6, "')' cannot stand here")]
    [InlineData("a = 1 2", 1, 7, "'2' cannot stand here")]
    [InlineData("a = 2026-01-01", 1, 5, "'2026-01-01' is no number")]
    [InlineData("id contains 9abc", 1, 13, "'9abc' is no number")]
    [InlineData("a = 1.2.3", 1, 5, "'1.2.3' is no number")]
    [InlineData("a = .5.3", 1, 5, "is no number")]
    [InlineData("a & b", 1, 3, "'&' cannot stand here")]
    [InlineData("a = 😀", 1, 5, "'😀' cannot stand here")]
    [InlineData("a = -", 1, 5, "'-' cannot stand here")]
    public void What_is_no_filter_is_an_error_with_its_place(string text, int line, int column, string problem)
    {
        var error = Assert.Throws<FilterException>(() => FilterExpression.Parse(text));

        Assert.Equal((line, column), (error.Line, error.Column));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Contains(error.Expected, error.Message, StringComparison.Ordinal);
        Assert.Equal(text, error.Subject);
        Assert.NotNull(error.RecommendedAction);
    }

    [Theory]
    [InlineData("a b", "operator")]
    [InlineData("a = 1 b", "and, or")]
    [InlineData("a =", "a number, a text")]
    [InlineData("a in 1", "[ ]")]
    [InlineData("a not = 1", "in or contains")]
    [InlineData("(a = 1 b", ")")]
    public void The_error_says_what_was_expected(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<FilterException>(() => FilterExpression.Parse(text)).Expected, StringComparison.Ordinal);

    [Theory]
    [InlineData("(")]
    [InlineData("[")]
    [InlineData("a in [")]
    public void Brackets_without_end_are_an_error_and_no_crash(string repeated)
    {
        var error = Assert.Throws<FilterException>(() => FilterExpression.Parse(repeated + string.Concat(Enumerable.Repeat(repeated[^1], 100_000))));
        Assert.Contains("nested too deeply", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_filter_may_be_very_long()
    {
        var filter = FilterExpression.Parse(string.Join(" or ", Enumerable.Range(0, 50_000).Select(i => $"not not x = {i}")));
        using var home = new TestHome();
        var directory = home.AddRun();
        directory.WriteAttribute("flags", new Dictionary<string, object?> { ["x"] = 49_999L });
        Assert.True(filter.Matches(home.Read(directory)));
    }

    [Property(MaxTest = 500)]
    public bool Any_text_is_a_filter_or_an_error_within_it(string? text) => IsFilterOrError(text ?? "");

    [Property(Arbitrary = [typeof(FilterWords)], MaxTest = 2000)]
    public bool Any_row_of_words_is_a_filter_or_an_error_within_it(IReadOnlyList<string> words) => IsFilterOrError(string.Join(' ', words));

    [Property(Arbitrary = [typeof(FilterWords)], MaxTest = 500)]
    public bool Keywords_are_read_in_any_case(IReadOnlyList<string> words) =>
        IsFilter(string.Join(' ', words)) == IsFilter(string.Join(' ', words.Select(w => w.ToUpperInvariant())));

    [Property(Arbitrary = [typeof(FilterWords)], MaxTest = 500)]
    public bool The_beginning_of_a_filter_has_a_place_to_go_on(IReadOnlyList<string> words) =>
        FilterContext.After(string.Join(' ', words)) is not null;

    private static bool IsFilterOrError(string text)
    {
        try
        {
            return FilterExpression.Parse(text).Text == text;
        }
        catch (FilterException error)
        {
            var lines = text.Split('\n');
            return error.Line <= lines.Length && error.Column >= 1 && error.Column <= lines[error.Line - 1].Length + 1;
        }
    }

    private static bool IsFilter(string text)
    {
        try
        {
            _ = FilterExpression.Parse(text);
            return true;
        }
        catch (FilterException)
        {
            return false;
        }
    }

    public static class FilterWords
    {
        private static readonly string[] All =
            ["a", "lr", "flag:x", "1", "-0.5", "1e3", "'t'", "\"u\"", "=", "!=", "<>", "<", "<=", ">", ">=", "and", "or", "not", "in", "is", "contains", "true", "false", "undefined", "(", ")", "[", "]", ","];

        public static Arbitrary<IReadOnlyList<string>> Words() =>
            Gen.Elements(All).ListOf().Select(words => (IReadOnlyList<string>)[.. words]).ToArbitrary();
    }
}
