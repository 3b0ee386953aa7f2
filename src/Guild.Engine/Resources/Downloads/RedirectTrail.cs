using System.Globalization;
using Guild.Engine.Text;

namespace Guild.Engine.Resources;

/// <summary>The addresses that a server sent a request to, one after the other.</summary>
internal sealed class RedirectTrail
{
    private readonly HashSet<string> _visited = new(StringComparer.Ordinal);
    private readonly Uri _start;
    private readonly int _limit;

    /// <summary>Begins at an address.</summary>
    public RedirectTrail(Uri start, int limit)
    {
        (_start, _limit, Current) = (start, limit, start);
        _visited.Add(KeyOf(start));
    }

    /// <summary>Where the trail is.</summary>
    public Uri Current { get; private set; }

    /// <summary>True if name and password of the first address may be sent here: they are meant for that server alone.</summary>
    public bool IsTrusted =>
        string.Equals(Current.IdnHost, _start.IdnHost, StringComparison.OrdinalIgnoreCase)
        && ((Current.Scheme == _start.Scheme && Current.Port == _start.Port)
            || (Current.Scheme == Uri.UriSchemeHttps && Current.IsDefaultPort && _start.IsDefaultPort));

    /// <summary>Goes on. Raises <see cref="DownloadException"/> where it must not.</summary>
    public void Follow(Uri? location)
    {
        if (location is null || !Uri.TryCreate(Current, location, out var next))
        {
            throw new DownloadException($"'{UrlText.WithoutQuery(Current)}' redirects to nowhere.", "Ask who runs the server.");
        }

        if (next.Scheme != Uri.UriSchemeHttps && next.Scheme != Uri.UriSchemeHttp)
        {
            throw Refused(next, $"which is of kind '{next.Scheme}': only http and https are followed.");
        }

        if (Current.Scheme == Uri.UriSchemeHttps && next.Scheme == Uri.UriSchemeHttp)
        {
            throw Refused(next, "which is not encrypted, as the address itself is.");
        }

        if (!_visited.Add(KeyOf(next)))
        {
            throw Refused(next, "where it was already: the redirects go in a circle.");
        }

        if (_visited.Count > _limit + 1)
        {
            throw Refused(next, string.Create(CultureInfo.InvariantCulture, $"and there were {_limit} redirects already."));
        }

        Current = next;
    }

    private DownloadException Refused(Uri next, string reason) => new(
        $"'{UrlText.WithoutQuery(Current)}' redirects to '{(next.Host.Length > 0 ? UrlText.WithoutQuery(next) : $"{next.Scheme}:")}', {reason}",
        "Give the address of the file itself in the Guild file.");

    private static string KeyOf(Uri address) => address.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped);
}
