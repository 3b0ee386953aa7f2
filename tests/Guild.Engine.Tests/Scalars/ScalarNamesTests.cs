using System.Text;
using Guild.Engine.Scalars;

namespace Guild.Engine.Tests.Scalars;

public sealed class ScalarNamesTests
{
    private readonly ScalarNames _names = new();

    [Fact]
    public void A_name_that_comes_again_is_the_same_text() => Assert.Same(Of("loss"), Of("loss"));

    [Fact]
    public void Many_more_names_than_there_are_places_for_stay_what_they_are()
    {
        string[] names = [.. Enumerable.Range(0, 2000).Select(number => $"metric{number}")];

        Assert.Equal(names, names.Select(Of));
        Assert.Equal(names, names.Select(Of));
    }

    [Theory]
    [InlineData("abcd", "abXcd")]
    [InlineData("a", "aa")]
    [InlineData("axyb", "ayyb")]
    public void Names_that_are_alike_are_told_apart(string one, string other)
    {
        Assert.Equal([one, other, one], new[] { Of(one), Of(other), Of(one) });
    }

    private string Of(string name) => _names.Of(Encoding.ASCII.GetBytes(name));
}
