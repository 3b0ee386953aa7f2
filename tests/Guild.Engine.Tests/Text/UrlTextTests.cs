using Guild.Engine.GuildFiles;
using Guild.Engine.Text;

namespace Guild.Engine.Tests.Text;

public sealed class UrlTextTests
{
    [Theory]
    [InlineData("https://example.org/a@b", "https://example.org/a@b")]
    [InlineData("https://ada:secret@example.org/a", "https://***@example.org/a")]
    [InlineData("https://token@example.org/a", "https://***@example.org/a")]
    [InlineData("https://ada:secret@example.org/a?b@c", "https://***@example.org/a?b@c")]
    [InlineData("https://ada:s@cret@example.org/a", "https://***@example.org/a")]
    [InlineData("HTTPS://ada:secret@example.org", "HTTPS://***@example.org")]
    [InlineData("https://ada:s/cret@example.org/a", "https://***@example.org/a")]
    [InlineData("https://${user}:${password}@example.org/a", "https://***@example.org/a")]
    [InlineData("https://${host}/a", "https://${host}/a")]
    [InlineData("data/rows.csv", "data/rows.csv")]
    public void Names_and_passwords_are_masked(string address, string shown) => Assert.Equal(shown, UrlText.Masked(address));

    [Fact]
    public void A_source_is_named_without_its_password() => Assert.Equal(
        "https://***@example.org/a", new SourceDefinition { Kind = SourceKind.Url, Value = "https://ada:secret@example.org/a" }.Uri);
}
