using Guild.Engine.Resources;

namespace Guild.Engine.Tests.Resources.Downloads;

public sealed class ProxyTests : IDisposable
{
    private readonly DownloadFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_proxy_of_the_environment_is_asked_for_the_whole_address()
    {
        var file = ServedFile.OfSize(1000);
        using var proxy = new WebServer(file.Reply);
        Environment(("http_proxy", proxy.Base));

        _folder.Resolve("http://data.invalid/a.bin", file.Sha256);

        Assert.Equal("http://data.invalid/a.bin", Assert.Single(proxy.Requests).Target);
    }

    [Fact]
    public void The_name_and_password_of_a_proxy_are_sent_to_it_and_not_shown()
    {
        using var proxy = new WebServer(request => request["Proxy-Authorization"] is null
            ? WebReply.Of(407, ("Proxy-Authenticate", "Basic realm=\"p\""))
            : WebReply.Of(403));
        Environment(("http_proxy", proxy.Base.Replace("http://", "http://ada:hunter2x@", StringComparison.Ordinal)));

        var error = _folder.Fail("http://data.invalid/a.bin");

        Assert.Equal("Basic " + Convert.ToBase64String("ada:hunter2x"u8), proxy.Requests[^1]["Proxy-Authorization"]);
        Assert.DoesNotContain("hunter2x", error.ToString() + string.Join('\n', _folder.Folder.Events), StringComparison.Ordinal);
    }

    [Fact]
    public void A_proxy_that_wants_a_name_is_an_error_that_says_where_to_give_it()
    {
        using var proxy = new WebServer(_ => WebReply.Of(407, ("Proxy-Authenticate", "Basic realm=\"p\"")));
        Environment(("http_proxy", proxy.Base));

        var error = _folder.Fail("http://data.invalid/a.bin");

        Assert.Contains("the proxy wants a name and password (407", error.Message, StringComparison.Ordinal);
        Assert.Contains("NAME:PASSWORD@HOST:PORT", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_proxy_that_refuses_a_tunnel_is_named_in_the_error()
    {
        using var proxy = new WebServer(_ => WebReply.Of(403));
        Environment(("https_proxy", proxy.Base));

        var error = _folder.Fail("https://data.invalid/a.bin");

        Assert.Contains($"the connection to 'data.invalid' through the proxy '{proxy.Base}/' was refused", error.Message, StringComparison.Ordinal);
        Assert.Equal(("CONNECT", "data.invalid:443"), (Assert.Single(proxy.Requests).Method, proxy.Requests[0].Target));
    }

    [Fact]
    public void No_proxy_leads_past_it()
    {
        var file = ServedFile.OfSize(1000);
        using var server = new WebServer(file.Reply);
        using var proxy = new WebServer(_ => WebReply.Of(403));
        Environment(("http_proxy", proxy.Base), ("NO_PROXY", "example.org, 127.0.0.0/8"));

        _folder.Resolve(server.Url("a.bin"), file.Sha256);

        Assert.Empty(proxy.Requests);
    }

    [Fact]
    public void A_variable_that_is_no_address_is_an_error_that_names_the_variable_and_not_its_value()
    {
        Environment(("https_proxy", "http://ada:sec/ret@proxy"));

        var error = _folder.Fail("https://data.invalid/a.bin");

        Assert.Contains("the variable https_proxy holds no address of a proxy", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ret@", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http_proxy=http://p:1", "http://a.org/", "http://p:1/")]
    [InlineData("http_proxy=http://p:1", "https://a.org/", null)]
    [InlineData("HTTPS_PROXY=p:1", "https://a.org/", "http://p:1/")]
    [InlineData("https_proxy=http://l:1;HTTPS_PROXY=http://u:2", "https://a.org/", "http://l:1/")]
    [InlineData("all_proxy=socks5://p:1080", "https://a.org/", "socks5://p:1080/")]
    [InlineData("all_proxy=http://p:1;http_proxy=http://q:1", "http://a.org/", "http://q:1/")]
    [InlineData("http_proxy=", "http://a.org/", null)]
    [InlineData("http_proxy=http://ada:secret@p:1", "http://a.org/", "http://p:1/")]
    public void The_variable_of_the_scheme_says_which_proxy(string variables, string address, string? proxy) =>
        Assert.Equal(proxy, Rules(variables).GetProxy(new Uri(address))?.AbsoluteUri);

    [Theory]
    [InlineData("*", "http://a.org/", true)]
    [InlineData("a.org", "http://a.org/", true)]
    [InlineData("A.ORG", "http://a.org/", true)]
    [InlineData("a.org", "http://data.a.org/", true)]
    [InlineData(".a.org", "http://data.a.org/", true)]
    [InlineData("*.a.org", "http://data.a.org/", true)]
    [InlineData("a.org", "http://not-a.org/", false)]
    [InlineData("data.a.org", "http://a.org/", false)]
    [InlineData("a.org:8080", "http://a.org:8080/", true)]
    [InlineData("a.org:8080", "http://a.org/", false)]
    [InlineData("b.org , a.org", "http://a.org/", true)]
    [InlineData("10.0.0.0/8", "http://10.1.2.3/", true)]
    [InlineData("10.0.0.0/8", "http://11.1.2.3/", false)]
    [InlineData("10.1.2.3", "http://10.1.2.3/", true)]
    [InlineData("::1", "http://[::1]:80/", true)]
    [InlineData("0.1", "http://10.0.0.1/", false)]
    [InlineData("", "http://a.org/", false)]
    public void Exceptions_are_names_with_all_below_them_and_networks(string exceptions, string address, bool isBypassed) =>
        Assert.Equal(isBypassed, Rules($"no_proxy={exceptions}").IsBypassed(new Uri(address)));

    private static ProxyRules Rules(string variables) =>
        new(variables.Split(';').Select(variable => variable.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal));

    private void Environment(params (string Name, string Value)[] variables) => _folder.Context = _folder.Context with
    {
        Environment = variables.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal),
    };
}
