using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace Guild.Engine.Tests.Resources.Downloads;

/// <summary>A file that a server has, with what a server that does it right says of it.</summary>
internal sealed record ServedFile(byte[] Content)
{
    public string? ETag { get; init; } = "\"v1\"";

    public DateTimeOffset? LastModified { get; init; }

    public bool TakesRanges { get; init; } = true;

    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Content));

    /// <summary>Content that looks like nothing, the same for the same seed.</summary>
    public static ServedFile OfSize(int size, int seed = 1)
    {
        var content = new byte[size];
        new Random(seed).NextBytes(content);
        return new ServedFile(content);
    }

    /// <summary>What is answered: the rest if it is asked for and the file is that one still, else the whole file.</summary>
    public WebReply Reply(WebRequest request)
    {
        var headers = new List<(string, string)> { ("Date", "Mon, 20 Jul 2026 10:00:00 GMT") };
        var time = LastModified?.ToString("R", CultureInfo.InvariantCulture);
        if (ETag is not null)
        {
            headers.Add(("ETag", ETag));
        }

        if (time is not null)
        {
            headers.Add(("Last-Modified", time));
        }

        var isSame = request["If-Range"] is not { } condition || condition == ETag || condition == time;
        if (!TakesRanges || !isSame || request["Range"] is not { } text || RangeHeaderValue.Parse(text).Ranges.First().From is not { } from)
        {
            return new WebReply(200, Content) { Headers = headers };
        }

        headers.Add(("Content-Range", string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{Content.Length - 1}/{Content.Length}")));
        return from < Content.Length
            ? new WebReply(206, Content[(int)from..]) { Headers = headers }
            : WebReply.Of(416, ("Content-Range", string.Create(CultureInfo.InvariantCulture, $"bytes */{Content.Length}")));
    }
}
