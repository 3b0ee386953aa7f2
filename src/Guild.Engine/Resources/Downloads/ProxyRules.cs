using System.Globalization;
using System.Net;

namespace Guild.Engine.Resources;

/// <summary>
/// Which proxy leads to an address, by the variables that other tools read too: <c>http_proxy</c>, <c>https_proxy</c>, <c>all_proxy</c>
/// and <c>no_proxy</c>, in lower case first, then in upper case.
/// </summary>
internal sealed class ProxyRules : IWebProxy
{
    private static readonly string[] Schemes = [Uri.UriSchemeHttp, Uri.UriSchemeHttps];

    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly string[] _exceptions;

    public ProxyRules(IReadOnlyDictionary<string, string> environment)
    {
        _environment = environment;
        _exceptions = (Variable("no_proxy") ?? "").Split([',', ' '], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The name and password that a proxy's address holds; the caller's own are not asked for, so none can be set.</summary>
    public ICredentials? Credentials
    {
        get => new ProxyCredentials(this);
        set => throw new NotSupportedException();
    }

    /// <summary>The proxy's address without name and password, which errors would show; null for none. Raises <see cref="DownloadException"/>.</summary>
    public Uri? GetProxy(Uri destination) =>
        IsBypassed(destination) || Find(destination) is not { } proxy ? null : new UriBuilder(proxy) { UserName = "", Password = "" }.Uri;

    public bool IsBypassed(Uri host)
    {
        var name = host.IdnHost.Trim('[', ']');
        return Array.Exists(_exceptions, exception => exception == "*" || Matches(exception, name, host.Port));
    }

    private Uri? Find(Uri destination)
    {
        var (name, text) = Setting(destination.Scheme);
        return text is null ? null : Parse(text) ?? throw new DownloadException(
            $"the variable {name} holds no address of a proxy.", $"Write it as {name}=http://HOST:PORT, or remove it.");
    }

    private (string Name, string? Text) Setting(string scheme) =>
        Variable($"{scheme}_proxy") is { } text ? ($"{scheme}_proxy", text) : ("all_proxy", Variable("all_proxy"));

    private static Uri? Parse(string text) =>
        Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}", UriKind.Absolute, out var proxy)
        && proxy is { Host.Length: > 0, Scheme: "http" or "https" or "socks4" or "socks4a" or "socks5" }
            ? proxy
            : null;

    private string? Variable(string name) => new[] { name, name.ToUpperInvariant() }
        .Select(variable => _environment.GetValueOrDefault(variable)?.Trim())
        .FirstOrDefault(value => !string.IsNullOrEmpty(value));

    private static bool Matches(string exception, string host, int port)
    {
        if (IPAddress.TryParse(host, out var address))
        {
            return (IPAddress.TryParse(exception, out var same) && same.Equals(address))
                || (exception.Contains('/', StringComparison.Ordinal) && IPNetwork.TryParse(exception, out var network) && network.Contains(address))
                || exception == $"{host}:{port.ToString(CultureInfo.InvariantCulture)}";
        }

        var (name, colon) = (exception, exception.LastIndexOf(':'));
        if (colon > 0 && int.TryParse(exception.AsSpan(colon + 1), CultureInfo.InvariantCulture, out var only))
        {
            if (only != port)
            {
                return false;
            }

            name = exception[..colon];
        }

        // A name stands for itself and for all below it, with or without the dot or the star before it.
        name = name.TrimStart('*').TrimStart('.');
        return name.Length > 0 && host.EndsWith(name, StringComparison.OrdinalIgnoreCase)
            && (host.Length == name.Length || host[^(name.Length + 1)] == '.');
    }

    /// <summary>The names and passwords of proxies, which are asked for by the proxy's address.</summary>
    private sealed class ProxyCredentials(ProxyRules rules) : ICredentials
    {
        public NetworkCredential? GetCredential(Uri uri, string authType)
        {
            var proxy = Schemes
                .Select(scheme => rules.Setting(scheme).Text is { } text ? Parse(text) : null)
                .FirstOrDefault(proxy => proxy is { UserInfo.Length: > 0 } && proxy.Host == uri.Host && proxy.Port == uri.Port);
            return proxy is null ? null : UserInfo.Credential(proxy);
        }
    }
}
