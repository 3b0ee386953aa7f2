using System.Text;
using Guild.Engine.SourceCode;

namespace Guild.Engine.Tests.SourceCode;

public sealed class TextFileTests : IDisposable
{
    private readonly ProjectFolder _project = new();

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("plain words\r\n\twith tabs\f")]
    [InlineData("Grüße, 世界, \U0001F600")]
    [InlineData("\uFEFFwith a mark")]
    public void Text_of_any_language_is_text(string text) => Assert.True(IsText("notes", Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Text_that_is_cut_within_a_character_by_the_sample_is_text() =>
        Assert.True(IsText("notes", Encoding.UTF8.GetBytes("x" + new string('ü', 2000))));

    [Fact]
    public void Text_in_UTF_16_with_its_mark_is_text() => Assert.True(IsText("notes", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("hi")]));

    [Fact]
    public void Text_in_Latin_1_is_text() => Assert.True(IsText("notes", Encoding.Latin1.GetBytes("Grüße aus Köln")));

    [Fact]
    public void An_empty_file_is_text() => Assert.True(IsText("notes", []));

    [Theory]
    [InlineData(new byte[] { 1, 2, 0, 3 })]
    [InlineData(new byte[] { (byte)'a', 0, (byte)'b', (byte)'c' })]
    [InlineData(new byte[] { (byte)'a', 0xff, (byte)'b', (byte)'c' })]
    [InlineData(new byte[] { 1, 2, 3, 4, 5, (byte)'a' })]
    public void Bytes_that_no_text_has_are_binary(byte[] bytes) => Assert.False(IsText("model", bytes));

    [Fact]
    public void A_known_extension_decides_before_the_content()
    {
        Assert.True(IsText("odd.PY", [0, 1, 2]));
        Assert.False(IsText("model.pkl", Encoding.UTF8.GetBytes("text")));
    }

    [Fact]
    public void A_file_that_is_gone_is_not_text() => Assert.False(TextFile.IsText(_project.At("gone"), 12));

    private bool IsText(string name, byte[] bytes)
    {
        _project.With(name, bytes);
        return TextFile.IsText(_project.At(name), bytes.Length);
    }
}
