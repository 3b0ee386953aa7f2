namespace Guild.Engine.Resources;

/// <summary>A download failed. The message is the end of a sentence that begins with the source.</summary>
/// <param name="message">What happened; without the address, which can hold secrets.</param>
/// <param name="advice">What to do next, as one sentence, or null.</param>
/// <param name="inner">The error below this one, or null.</param>
internal sealed class DownloadException(string message, string? advice = null, Exception? inner = null) : Exception(message, inner)
{
    public string? Advice { get; } = advice;

    /// <summary>True if the same request can succeed a little later.</summary>
    public bool IsTransient { get; init; }

    /// <summary>How long the server asks to wait, or null if it does not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static DownloadException Transient(string message, string? advice = null, Exception? inner = null) =>
        new(message, advice, inner) { IsTransient = true };
}
