using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Guild.Engine.Resources;

/// <summary>What a server said of the file that a part belongs to, so that the rest is taken of the same file only.</summary>
/// <param name="ETag">The file's strong entity tag with its quotes, or null.</param>
/// <param name="LastModified">When the file was changed last, if that tells two versions of it apart; else null.</param>
/// <param name="Total">The size of the whole file in bytes, or null if the server did not say it.</param>
internal sealed record PartInfo(string? ETag, DateTimeOffset? LastModified, long? Total)
{
    /// <summary>True if the server can be asked for the rest of the very same file.</summary>
    public bool IsResumable => ETag is not null || LastModified is not null;

    /// <summary>What an answer with a whole file says.</summary>
    public static PartInfo Of(HttpResponseMessage response)
    {
        var content = response.Content.Headers;
        return new PartInfo(StrongTag(response), StrongTime(response), content.ContentLength);
    }

    /// <summary>What was written beside a part; null if it is not there or not readable, as when its writer was killed.</summary>
    public static PartInfo? Read(string path)
    {
        try
        {
            var info = JsonSerializer.Deserialize<PartInfo>(File.ReadAllBytes(path));
            return info?.ETag is null || EntityTagHeaderValue.TryParse(info.ETag, out _) ? info : null;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    public void Write(string path) => File.WriteAllBytes(path, JsonSerializer.SerializeToUtf8Bytes(this));

    /// <summary>Asks for what follows a part, and for the whole file should it be another one by now.</summary>
    public void AskForRest(HttpRequestMessage request, long offset)
    {
        request.Headers.Range = new RangeHeaderValue(offset, null);
        request.Headers.IfRange = ETag is not null ? new RangeConditionHeaderValue(ETag) : new RangeConditionHeaderValue(LastModified!.Value);
    }

    /// <summary>True if an answer holds what follows a part of this file, which not every server does that says so.</summary>
    public bool IsContinuedBy(HttpResponseMessage response, long offset)
    {
        var range = response.Content.Headers.ContentRange;
        return response.StatusCode == HttpStatusCode.PartialContent
            && range is { Unit: "bytes", From: { } from }
            && from == offset
            && (Total is null || range.Length is null || range.Length == Total)
            && (ETag is null || response.Headers.ETag is null || response.Headers.ETag.ToString() == ETag)
            && (ETag is not null || response.Content.Headers.LastModified is not { } time || time == LastModified);
    }

    // A weak tag names files that mean the same, which need not be the same bytes.
    private static string? StrongTag(HttpResponseMessage response) => response.Headers.ETag is { IsWeak: false } tag ? tag.ToString() : null;

    // Times have whole seconds: a file that was changed in the second of the answer can change again in it. (RFC 9110, 8.8.2.2)
    private static DateTimeOffset? StrongTime(HttpResponseMessage response) =>
        response.Content.Headers.LastModified is { } time && response.Headers.Date is { } date && date - time >= TimeSpan.FromSeconds(1) ? time : null;
}
