using System.Security.Cryptography;
using System.Text;

namespace Guild.Engine.Tests.Resources;

/// <summary>The hashes of texts.</summary>
internal static class FingerprintTexts
{
    public static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
