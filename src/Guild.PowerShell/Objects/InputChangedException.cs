namespace Guild.PowerShell;

/// <summary>An input of a run is not as it was when the run took it.</summary>
public sealed class InputChangedException : Exception
{
    internal InputChangedException(string message, GuildInputFinding finding)
        : base(message) => Finding = finding;

    /// <summary>The input, and what became of it.</summary>
    public GuildInputFinding Finding { get; }
}
