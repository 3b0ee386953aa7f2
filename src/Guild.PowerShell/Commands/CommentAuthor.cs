using Guild.Engine.Operations;

namespace Guild.PowerShell.Commands;

/// <summary>Who comments on a run.</summary>
internal static class CommentAuthor
{
    /// <summary>The user and the host that a text such as <c>ada@lab</c> names; the session's for what it does not.</summary>
    public static (string User, string Host) Of(string? given, EngineContext context)
    {
        if (string.IsNullOrEmpty(given))
        {
            return (context.UserName, context.HostName);
        }

        var at = given.IndexOf('@', StringComparison.Ordinal);
        return at < 0 ? (given, context.HostName) : (given[..at], given[(at + 1)..]);
    }
}
