namespace Guild.PowerShell;

/// <summary>A Guild file has an error.</summary>
public sealed class InvalidGuildFileException : Exception
{
    internal InvalidGuildFileException(GuildFileFinding finding)
        : base(finding.ToString()) => Finding = finding;

    /// <summary>The error, with its id and place.</summary>
    public GuildFileFinding Finding { get; }
}
