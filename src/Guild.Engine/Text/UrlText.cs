using System.Text.RegularExpressions;

namespace Guild.Engine.Text;

/// <summary>Web addresses as they may be shown and recorded.</summary>
internal static partial class UrlText
{
    /// <summary>
    /// The address with <c>***</c> in place of the name and password before its host. What is no address, such as one with a
    /// slash in its password, loses all up to its last <c>@</c>: rather too much is hidden than a part of a password shown.
    /// </summary>
    public static string Masked(string address)
    {
        var pattern = Uri.TryCreate(address, UriKind.Absolute, out _) ? UserInfo() : UpToLastAt();
        return pattern.Replace(address, "$1***@");
    }

    /// <summary>The address of a server's answer, without what a server puts there for itself: signatures of redirects are secrets.</summary>
    public static string WithoutQuery(Uri address) =>
        address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    [GeneratedRegex(@"\A([a-z][a-z0-9+.-]*:[/\\]{2})[^/\\?#]*@", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UserInfo();

    [GeneratedRegex(@"\A([a-z][a-z0-9+.-]*:[/\\]{2}).*@", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex UpToLastAt();
}
