using System.Globalization;
using System.Net;

namespace Guild.Engine.Resources;

/// <summary>What the status of an answer means to who wants a file.</summary>
internal static class HttpAnswer
{
    /// <summary>The error that a status other than those of files means.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="settings">How long a server can ask to wait.</param>
    /// <param name="now">The time, from which a server's time to come back counts.</param>
    public static DownloadException Error(HttpResponseMessage response, DownloadSettings settings, DateTimeOffset now)
    {
        var status = Text(response.StatusCode);
        switch (response.StatusCode)
        {
            case HttpStatusCode.NotFound or HttpStatusCode.Gone:
                return new DownloadException($"the server has no such file ({status}).", "Correct the address in the Guild file.");
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                return new DownloadException(
                    $"the server does not give it to you ({status}).",
                    "See whether the address is right, and whether the server wants a name and password: https://NAME:PASSWORD@HOST/PATH.");
            case HttpStatusCode.ProxyAuthenticationRequired:
                return new DownloadException(
                    $"the proxy wants a name and password ({status}).", "Give them in the proxy's address: http://NAME:PASSWORD@HOST:PORT.");
            case HttpStatusCode.RequestTimeout or (HttpStatusCode)425 or HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError
                or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout:
                return Later(response, status, settings, now);
            default:
                return new DownloadException($"the server answers {status}.", "Look at the address in a browser, and correct it in the Guild file.");
        }
    }

    private static DownloadException Later(HttpResponseMessage response, string status, DownloadSettings settings, DateTimeOffset now)
    {
        var asked = response.Headers.RetryAfter is { } header ? header.Delta ?? (header.Date - now) : null;
        var wait = asked < TimeSpan.Zero ? TimeSpan.Zero : asked;
        return wait > settings.MaxRetryAfter
            ? new DownloadException($"the server asks to come back in {TransferText.Time(wait.Value)} ({status}).", "Start the operation again then.")
            : new DownloadException($"the server cannot give it just now ({status}).", "Try again later.") { IsTransient = true, RetryAfter = wait };
    }

    // The framework's words for the status: those of a server could be anything.
    private static string Text(HttpStatusCode status)
    {
        using var plain = new HttpResponseMessage(status);
        return string.Create(CultureInfo.InvariantCulture, $"{(int)status} {plain.ReasonPhrase}").TrimEnd();
    }
}
