using System.Security.Cryptography;
using System.Text;

namespace Guild.PowerShell.Tests.Hosting;

/// <summary>A file in the cache of a Guild home, as if it had been downloaded.</summary>
internal static class CachedFile
{
    internal static void Write(string home, string url, string name, string text)
    {
        var folder = Path.Combine(home, "cache", "resources", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(url))));
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, name), text);
        File.WriteAllText(Path.Combine(folder, ".guild-cache.json"), $$"""{"Name":"{{name}}","Source":"{{url}}","Sha256":"","Made":"2026-01-02T03:04:05+00:00"}""");
    }
}
