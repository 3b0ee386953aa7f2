using System.Globalization;
using Guild.Engine.Resources;

namespace Guild.Engine.Tests.Resources.Downloads;

public sealed class RedirectTests : IDisposable
{
    private readonly DownloadFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public void A_redirect_is_followed_and_the_address_that_was_given_stays_the_name(int status)
    {
        var file = ServedFile.OfSize(100);
        using var server = new WebServer(request => request.Target == "/a.bin" ? WebReply.Redirect("/other/b.bin?x=1", status) : file.Reply(request));

        var resolved = _folder.Resolve(server.Url("a.bin"));

        Assert.Equal(file.Content, _folder.InRun("a.bin"));
        Assert.Equal(server.Url("a.bin"), Assert.Single(resolved.ManifestEntries).Uri);
        Assert.Equal("/other/b.bin?x=1", server.Requests[1].Target);
    }

    [Fact]
    public void The_rest_is_asked_for_through_the_redirect_again()
    {
        // Addresses that redirects lead to can be good for minutes only.
        var file = ServedFile.OfSize(1000);
        using var server = new WebServer((request, number) =>
            request.Target == "/a.bin" ? WebReply.Redirect("/signed") : file.Reply(request) with { CutAt = number == 2 ? 400 : null });

        _folder.Resolve(server.Url("a.bin"), file.Sha256);

        Assert.Equal(["/a.bin", "/signed", "/a.bin", "/signed"], server.Requests.Select(request => request.Target));
        Assert.Equal("bytes=400-", server.Requests[3]["Range"]);
    }

    [Fact]
    public void A_circle_is_found()
    {
        using var server = new WebServer(request => WebReply.Redirect(request.Target == "/a.bin" ? "/b" : "/a.bin"));

        var error = _folder.Fail(server.Url("a.bin"));

        Assert.Contains("the redirects go in a circle", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public void Redirects_without_end_are_given_up()
    {
        using var server = new WebServer((_, number) => WebReply.Redirect(string.Create(CultureInfo.InvariantCulture, $"/{number}")));

        var error = _folder.Fail(server.Url("a.bin"));

        Assert.Contains("there were 10 redirects already", error.Message, StringComparison.Ordinal);
        Assert.Equal(11, server.Requests.Count);
    }

    [Theory]
    [InlineData("ftp://example.org/secret-part/a.bin", "of kind 'ftp'")]
    [InlineData("file:///etc/passwd", "of kind 'file'")]
    [InlineData("javascript:alert(1)", "of kind 'javascript'")]
    public void Another_scheme_is_not_followed(string location, string reason)
    {
        using var server = new WebServer(_ => WebReply.Redirect(location));

        var error = _folder.Fail(server.Url("a.bin"));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public void A_redirect_without_a_place_is_an_error()
    {
        using var server = new WebServer(_ => WebReply.Of(302));

        Assert.Contains("redirects to nowhere", _folder.Fail(server.Url("a.bin")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_encrypted_address_never_leads_to_one_that_is_not()
    {
        var trail = new RedirectTrail(new Uri("https://example.org/a"), limit: 10);

        var error = Assert.Throws<DownloadException>(() => trail.Follow(new Uri("http://example.org/a?signature=abc")));

        Assert.Contains("'https://example.org/a' redirects to 'http://example.org/a', which is not encrypted", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://example.org/b", true)]
    [InlineData("https://EXAMPLE.org/b", true)]
    [InlineData("https://example.org:8443/b", false)]
    [InlineData("https://cdn.example.org/b", false)]
    public void A_password_goes_to_its_own_server_only(string location, bool isTrusted)
    {
        foreach (var start in new[] { "https://example.org/a", "http://example.org/a" })
        {
            var trail = new RedirectTrail(new Uri(start), limit: 10);
            trail.Follow(new Uri(location));
            Assert.Equal(isTrusted, trail.IsTrusted);
        }
    }

    [Fact]
    public void Another_server_is_not_sent_the_password()
    {
        using var other = new WebServer(ServedFile.OfSize(10).Reply);
        using var server = new WebServer(_ => WebReply.Redirect(other.Url("b.bin")));

        _folder.Resolve(server.Url("a.bin").Replace("127.0.0.1", "ada:secret@127.0.0.1", StringComparison.Ordinal));

        Assert.NotNull(Assert.Single(server.Requests)["Authorization"]);
        Assert.Null(Assert.Single(other.Requests)["Authorization"]);
    }
}
