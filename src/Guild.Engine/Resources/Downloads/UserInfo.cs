using System.Net;

namespace Guild.Engine.Resources;

/// <summary>The name and password in an address.</summary>
internal static class UserInfo
{
    /// <summary>Reads them; null if there are none.</summary>
    public static NetworkCredential? Credential(Uri address)
    {
        if (address.UserInfo.Length == 0)
        {
            return null;
        }

        var parts = address.UserInfo.Split(':', 2);
        return new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "");
    }
}
