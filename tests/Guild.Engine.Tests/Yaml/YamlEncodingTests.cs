using System.Text;
using Guild.Engine.GuildFiles;
using Guild.Engine.Yaml;

namespace Guild.Engine.Tests.Yaml;

public sealed class YamlEncodingTests
{
    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_text()
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. "a: 1"u8];

        Assert.Equal("a: 1", YamlEncoding.Decode(bytes).Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void UTF_16_with_a_byte_order_mark_is_read(bool bigEndian)
    {
        var encoding = new UnicodeEncoding(bigEndian, byteOrderMark: true);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes("a: é")];

        Assert.Equal("a: é", YamlEncoding.Decode(bytes).Text);
    }

    [Fact]
    public void UTF_16_without_a_byte_order_mark_is_refused_with_advice()
    {
        var problem = YamlEncoding.Decode(Encoding.Unicode.GetBytes("a: 1")).Problem;

        Assert.Equal(new TextPosition(1, 2), problem?.Position);
        Assert.Contains("UTF-8", problem?.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a: 1\nb: \0", 2, 4)]
    [InlineData("\u0001", 1, 1)]
    [InlineData("ab\u007F", 1, 3)]
    public void A_control_character_is_found_where_it_is(string text, int line, int column)
    {
        var problem = YamlEncoding.Decode(Encoding.UTF8.GetBytes(text)).Problem;

        Assert.Equal(YamlProblemKind.Encoding, problem?.Kind);
        Assert.Equal(new TextPosition(line, column), problem?.Position);
    }

    [Fact]
    public void A_byte_that_is_not_UTF_8_is_found_where_it_is()
    {
        byte[] bytes = [.. "a: 1\nb: é"u8, 0xE9, .. "\n"u8];

        var problem = YamlEncoding.Decode(bytes).Problem;

        Assert.Equal(new TextPosition(2, 5), problem?.Position);
        Assert.Contains("0xE9", problem?.Message, StringComparison.Ordinal);
    }
}
