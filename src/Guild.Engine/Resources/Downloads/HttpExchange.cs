using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Guild.Engine.Text;

namespace Guild.Engine.Resources;

/// <summary>Asks a server for a file, through proxies and redirects, and reads its answer. Raises <see cref="DownloadException"/>.</summary>
internal sealed class HttpExchange : IDisposable
{
    private const string ServerAdvice = "Try again later: what has come is kept, and the next run goes on with it.";

    private readonly Uri _address;
    private readonly AuthenticationHeaderValue? _credential;
    private readonly DownloadSettings _settings;
    private readonly ProxyRules _proxies;
    private readonly HttpClient _client;

    public HttpExchange(Uri address, IReadOnlyDictionary<string, string> environment, DownloadSettings settings)
    {
        _address = new UriBuilder(address) { UserName = "", Password = "" }.Uri;
        _credential = UserInfo.Credential(address) is { } credential
            ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credential.UserName}:{credential.Password}")))
            : null;
        _settings = settings;
        _proxies = new ProxyRules(environment);
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = settings.ConnectTimeout,
            Proxy = _proxies,
            UseCookies = false,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>The answer of the server that redirects lead to, whatever its status.</summary>
    /// <param name="part">What is there already, if the rest is to be asked for; null for the whole file.</param>
    /// <param name="cancellation">Ends the request.</param>
    public async Task<HttpResponseMessage> GetAsync(PartFile? part, CancellationToken cancellation)
    {
        var trail = new RedirectTrail(_address, _settings.MaxRedirects);
        while (true)
        {
            var response = await SendAsync(trail, part, cancellation).ConfigureAwait(false);
            if (response.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
                or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect))
            {
                return response;
            }

            using (response)
            {
                trail.Follow(response.Headers.Location);
            }
        }
    }

    /// <summary>Reads what comes next of an answer's body; 0 at its end.</summary>
    public async Task<int> ReadAsync(Stream body, Memory<byte> buffer, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_settings.IdleTimeout);
        try
        {
            return await body.ReadAsync(buffer, patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw DownloadException.Transient($"the server sent nothing for {TransferText.Time(_settings.IdleTimeout)}.", ServerAdvice, error);
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            throw DownloadException.Transient($"the connection broke off: {Innermost(error)}", ServerAdvice, error);
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<HttpResponseMessage> SendAsync(RedirectTrail trail, PartFile? part, CancellationToken cancellation)
    {
        // The client takes an error of its proxy's rules for "no proxy"; so they are asked before.
        var proxy = _proxies.GetProxy(trail.Current);
        using var request = new HttpRequestMessage(HttpMethod.Get, trail.Current);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Guild-for-PowerShell", typeof(HttpExchange).Assembly.GetName().Version?.ToString(3)));
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
        request.Headers.Authorization = trail.IsTrusted ? _credential : null;
        part?.Info!.AskForRest(request, part.Length);

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_settings.ConnectTimeout + _settings.IdleTimeout);
        try
        {
            return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            var what = patience.IsCancellationRequested
                ? $"'{trail.Current.Authority}' did not answer within {TransferText.Time(_settings.IdleTimeout)}."
                : $"there was no connection to '{trail.Current.Authority}' within {TransferText.Time(_settings.ConnectTimeout)}.";
            throw DownloadException.Transient(what, ServerAdvice, error);
        }
        catch (HttpRequestException error)
        {
            throw Failure(error, trail.Current, proxy);
        }
    }

    private static DownloadException Failure(HttpRequestException error, Uri address, Uri? proxy)
    {
        var via = proxy is null ? "" : $" through the proxy '{UrlText.WithoutQuery(proxy)}'";
        switch (error.HttpRequestError)
        {
            case HttpRequestError.NameResolutionError:
                var isUnknown = error.InnerException is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData };
                return new DownloadException(
                    $"no address is known of '{(proxy ?? address).Host}': {Innermost(error)}", "See that the name is right and that there is a network.", error)
                {
                    IsTransient = !isUnknown,
                };
            case HttpRequestError.ConnectionError:
                return DownloadException.Transient(
                    $"there is no connection to '{address.Authority}'{via}: {Innermost(error)}",
                    "See that there is a network, and whether it needs a proxy (https_proxy).",
                    error);
            case HttpRequestError.SecureConnectionError when error.InnerException is AuthenticationException:
                return new DownloadException(
                    $"'{address.Authority}' could not prove that it is that server: {Innermost(error)}",
                    "See that its certificate is valid and trusted on this machine.",
                    error);
            case HttpRequestError.ProxyTunnelError:
                return new DownloadException(
                    $"the connection to '{address.Authority}'{via} was refused: {Innermost(error)}", "See that the proxy's address, name and password are right.", error)
                {
                    IsTransient = error.StatusCode >= HttpStatusCode.InternalServerError,
                };
            case HttpRequestError.ConfigurationLimitExceeded:
                return new DownloadException($"'{address.Authority}' sent an answer that is not understood: {Innermost(error)}", null, error);
            default:
                return DownloadException.Transient($"the request to '{address.Authority}'{via} failed: {Innermost(error)}", ServerAdvice, error);
        }
    }

    private static string Innermost(Exception error)
    {
        var message = error.GetBaseException().Message;
        return message.EndsWith('.') ? message : $"{message}.";
    }
}
