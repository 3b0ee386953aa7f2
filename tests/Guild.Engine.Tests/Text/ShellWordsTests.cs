using System.Text.Json.Nodes;
using Guild.Engine.Text;

namespace Guild.Engine.Tests.Text;

public sealed class ShellWordsTests
{
    private static readonly string[] Lines =
    [
        "", "  ", "a", "a b\tc\r\nd", "'a b' c", "\"a b\" c", "a'b c'd", "''", "\"\" x", "a\\ b", "'a\\b'", "\"a\\b\"", "\"a\\\"b\\\\c\"", "\"$x\\$y\"",
        "a\\'b", "# not a comment", "a#b", "--x='1 2' --y=\"it's\"", "a;b|c&d", "*.py", "~/x", "a\\\nb", "\"a\\\nb\"", "é 日本",
    ];

    [Fact]
    public void Lines_are_split_as_a_real_shlex_splits_them()
    {
        var answer = PythonOracle.Ask("import shlex\nanswer = [shlex.split(x) for x in input]", new JsonArray([.. Lines.Select(line => JsonValue.Create(line))]));

        Assert.All(Lines.Zip(answer.AsArray()), pair =>
            Assert.Equal(pair.Second!.AsArray().Select(word => word!.GetValue<string>()), ShellWords.Split(pair.First)));
    }

    [Theory]
    [InlineData("'a")]
    [InlineData("\"a")]
    [InlineData("x \"a\\\"")]
    [InlineData("a\\")]
    public void A_quotation_that_is_not_closed_is_an_error(string line) => Assert.Throws<FormatException>(() => ShellWords.Split(line));

    [Fact]
    public void Words_are_quoted_as_a_real_shlex_quotes_them()
    {
        string[] words = ["", "a", "a b", "it's", "a=b", "a,b:c/d.e-f+g%h@i_j", "$x", "*", "a\"b", "é", "a\nb", "#x", "~"];

        Assert.Equal(PythonOracle.Map("__import__('shlex').quote(x)", words), words.Select(ShellWords.Quote));
    }

    [FsCheck.Xunit.Property]
    public void Joined_words_split_into_the_same_words(FsCheck.NonNull<string>[] words)
    {
        var texts = words.Select(word => word.Get).ToList();

        Assert.Equal(texts, ShellWords.Split(ShellWords.Join(texts)));
    }
}
