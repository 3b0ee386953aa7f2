using Guild.Engine.Resources;

namespace Guild.PowerShell;

/// <summary>An input of a run that is not as it was when the run took it, or of which nobody can tell.</summary>
public sealed class GuildInputFinding
{
    internal GuildInputFinding(GuildRun run, InputFinding finding)
    {
        RunId = run.Id;
        Operation = run.Operation;
        Resource = finding.Resource;
        Source = finding.Source;
        Path = finding.Path;
        SourcePath = finding.Origin;
        Change = finding.Change.ToString().ToLowerInvariant();
        RecordedSha256 = finding.Recorded?.Sha256;
        PresentSha256 = finding.Present?.Sha256;
        RecordedLength = finding.Recorded?.Size;
        PresentLength = finding.Present?.Size;
        RecordedTime = Time(finding.Recorded);
        PresentTime = Time(finding.Present);
        IsChange = finding.Change is InputChange.Missing or InputChange.Size or InputChange.Content;
    }

    /// <summary>The id of the run.</summary>
    public string RunId { get; }

    /// <summary>The operation of the run, with its model.</summary>
    public string Operation { get; }

    /// <summary>The name of the resource.</summary>
    public string Resource { get; }

    /// <summary>The source, such as <c>file:data.csv</c>.</summary>
    public string Source { get; }

    /// <summary>The path in the run directory.</summary>
    public string Path { get; }

    /// <summary>The absolute path that it was taken from.</summary>
    public string SourcePath { get; }

    /// <summary>
    /// What is found: missing (gone, or not readable), size (another size), content (other content of the same size), time (written again with the same
    /// content, which is no change), or unknown (the record has no hash of it).
    /// </summary>
    public string Change { get; }

    /// <summary>The SHA-256 when the run took it; null if the record does not have it.</summary>
    public string? RecordedSha256 { get; }

    /// <summary>The SHA-256 now; null if it could not be read.</summary>
    public string? PresentSha256 { get; }

    /// <summary>The size in bytes when the run took it; null if the record does not have it.</summary>
    public long? RecordedLength { get; }

    /// <summary>The size in bytes now; null if it could not be read.</summary>
    public long? PresentLength { get; }

    /// <summary>When it was last written before the run took it, in local time; null if the record does not have it.</summary>
    public DateTimeOffset? RecordedTime { get; }

    /// <summary>When it was last written, in local time; null if it could not be read.</summary>
    public DateTimeOffset? PresentTime { get; }

    internal bool IsChange { get; }

    /// <summary>The path and what is found of it.</summary>
    public override string ToString() => $"{Path}: {Change}";

    private static DateTimeOffset? Time(Fingerprint? fingerprint) =>
        fingerprint is null ? null : DateTimeOffset.UnixEpoch.AddTicks(fingerprint.Time * TimeSpan.TicksPerMicrosecond).ToLocalTime();
}
