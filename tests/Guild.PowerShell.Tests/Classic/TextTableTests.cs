using Guild.PowerShell.Classic;

namespace Guild.PowerShell.Tests.Classic;

public sealed class TextTableTests
{
    [Fact]
    public void A_column_is_as_wide_as_its_longest_text_and_two_spaces() =>
        Assert.Equal(["a    bb  c", "aaa  b   cc"], TextTable.Format([["a", "bb", "c"], ["aaa", "b", "cc"]]));

    [Fact]
    public void No_line_ends_with_spaces() => Assert.Equal(["a", "aaa  b"], TextTable.Format([["a", ""], ["aaa", "b"]]));

    [Fact]
    public void No_rows_give_no_lines() => Assert.Empty(TextTable.Format([]));

    [Fact]
    public void Lines_are_cut_at_a_width() => Assert.Equal(["aa  b", "aa"], TextTable.Format([["aa", "bbbb"], ["aa", ""]], width: 5));

    [Theory]
    [InlineData("abc", 3)]
    [InlineData("é", 1)]
    [InlineData("e\u0301", 1)]
    [InlineData("学習", 4)]
    [InlineData("한국", 4)]
    [InlineData("ｆ", 2)]
    [InlineData("🚀", 2)]
    [InlineData("✅", 2)]
    [InlineData("❤\uFE0F", 2)]
    [InlineData("👩\u200D💻", 2)]
    [InlineData("🇸🇪", 2)]
    [InlineData("a\u200Bb", 2)]
    [InlineData("≤→", 2)]
    public void A_text_is_as_wide_as_a_terminal_shows_it(string text, int width) => Assert.Equal(width, TextLayout.WidthOf(text));

    [Fact]
    public void Wide_characters_keep_columns_straight() => Assert.Equal(["学習  1", "ab    2"], TextTable.Format([["学習", "1"], ["ab", "2"]]));

    [Theory]
    [InlineData("学習", 3, "学")]
    [InlineData("ae\u0301x", 2, "ae\u0301")]
    [InlineData("👩\u200D💻x", 2, "👩\u200D💻")]
    [InlineData("abc", 0, "")]
    public void A_cut_does_not_tear_a_character_apart(string text, int width, string cut) => Assert.Equal(cut, TextLayout.Cut(text, width));

    [Fact]
    public void A_paragraph_is_broken_at_spaces() => Assert.Equal(["one two", "three", "incomprehensible", "x"], TextLayout.Wrap("one two\nthree incomprehensible x", 8));

    [Fact]
    public void Details_follow_by_two_spaces_and_lists_by_four() =>
        Assert.Equal(
            ["  main: train", "  label:", "  flags:", "    a: 1", "    b: 2", "  tags: -"],
            TextTable.FormatDetails([new("main", "train"), new("label", ""), new("flags", "", ["a: 1", "b: 2"]), new("tags", "", [])]));
}
