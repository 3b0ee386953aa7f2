using Guild.Engine.Runs;

namespace Guild.PowerShell;

/// <summary>A comment on a run.</summary>
public sealed class GuildRunComment
{
    internal GuildRunComment(RunComment comment)
    {
        Body = comment.Body;
        User = comment.User;
        Host = comment.Host;
        Time = comment.Time?.ToLocalTime();
    }

    /// <summary>The text.</summary>
    public string Body { get; }

    /// <summary>Who wrote it.</summary>
    public string User { get; }

    /// <summary>On which machine.</summary>
    public string Host { get; }

    /// <summary>When, in local time; null if it is not recorded.</summary>
    public DateTimeOffset? Time { get; }

    /// <summary>The text.</summary>
    public override string ToString() => Body;
}
