namespace Guild.Engine;

/// <summary>
/// The base of every error that the engine raises on purpose. The message says what happened and on what;
/// <see cref="RecommendedAction"/> says what to do next.
/// </summary>
public abstract class GuildException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What happened, on what.</param>
    /// <param name="subject">What the user gave that the error is about, such as an operation's name; null if nothing in particular.</param>
    /// <param name="recommendedAction">What to do next, as one sentence; null if there is nothing to advise.</param>
    /// <param name="inner">The error below this one, if any.</param>
    protected GuildException(string message, object? subject = null, string? recommendedAction = null, Exception? inner = null)
        : base(message, inner)
    {
        Subject = subject;
        RecommendedAction = recommendedAction;
    }

    /// <summary>The user's own input that the error is about, or null.</summary>
    public object? Subject { get; }

    /// <summary>What to do next, as one sentence, or null.</summary>
    public string? RecommendedAction { get; }
}
