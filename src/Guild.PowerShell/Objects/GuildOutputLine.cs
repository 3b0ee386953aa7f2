using Guild.Engine.Runs;

namespace Guild.PowerShell;

/// <summary>The streams of a program.</summary>
public enum GuildStreamKind
{
    /// <summary>Standard output.</summary>
    Output,

    /// <summary>Standard error.</summary>
    Error,
}

/// <summary>A line that a program printed.</summary>
public sealed class GuildOutputLine
{
    internal GuildOutputLine(string runId, OutputLine line)
    {
        RunId = runId;
        Time = line.Time?.ToLocalTime();
        Stream = line.Stream == OutputStreamKind.Error ? GuildStreamKind.Error : GuildStreamKind.Output;
        Text = line.Text;
    }

    /// <summary>The id of the run.</summary>
    public string RunId { get; }

    /// <summary>When the line was recorded, in local time; null if it is not recorded.</summary>
    public DateTimeOffset? Time { get; }

    /// <summary>The stream that it was printed to.</summary>
    public GuildStreamKind Stream { get; }

    /// <summary>The line without its end.</summary>
    public string Text { get; }

    /// <summary>The line without its end.</summary>
    public override string ToString() => Text;
}
