using Guild.Engine.SourceCode;

namespace Guild.Engine.Tests.SourceCode;

public sealed class GlobTests
{
    [Theory]
    [InlineData("*.py", "train.py")]
    [InlineData("*.py", "src/train.py")]
    [InlineData("src/*", "src/a/b/c.txt")]
    [InlineData("/train.py", "train.py")]
    [InlineData("./src/*.py", "src/train.py")]
    [InlineData("?.txt", "ä.txt")]
    [InlineData("?.txt", "\U0001F600.txt")]
    [InlineData("[abc]*", "src/b1")]
    [InlineData("[!abc]*", "d1")]
    [InlineData("[a-c]x", "bx")]
    [InlineData("[]]", "]")]
    [InlineData("[a", "[a")]
    [InlineData("a*b*c", "aXXbYYbZc")]
    [InlineData("*", ".hidden")]
    [InlineData("**", "a/b")]
    public void A_glob_matches_as_Python_matches_file_names(string glob, string path) => Assert.True(Glob.Parse(glob).Matches(path));

    [Theory]
    [InlineData("*.py", "train.pyc")]
    [InlineData("src/*", "lib/src/a")]
    [InlineData("/train.py", "src/other.py")]
    [InlineData("?.txt", "ab.txt")]
    [InlineData("[!abc]*", "a1")]
    [InlineData("a*b*c", "aXXbYY")]
    [InlineData("train", "train.py")]
    [InlineData("a.b", "aXb")]
    public void What_a_glob_does_not_say_it_does_not_match(string glob, string path) => Assert.False(Glob.Parse(glob).Matches(path));

    [Fact]
    public void Many_stars_end_in_good_time() =>
        Assert.False(Glob.Parse(string.Concat(Enumerable.Repeat("*a", 40)) + "b").Matches(new string('a', 4000)));
}
