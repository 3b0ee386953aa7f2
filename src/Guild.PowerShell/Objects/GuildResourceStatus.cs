using Guild.Engine.Operations;
using Guild.Engine.Resources;

namespace Guild.PowerShell;

/// <summary>What there is on this machine of a source of a resource: in the cache of the home, or where it is taken from.</summary>
public sealed class GuildResourceStatus
{
    internal GuildResourceStatus(Project project, GuildResource resource, SourceStatus status, DateTimeOffset now)
    {
        Resource = resource.FullName;
        Model = resource.Model;
        Source = status.Name;
        Kind = status.Kind.ToString().ToLowerInvariant();
        State = status.State.ToString().ToLowerInvariant();
        Uri = status.Address;
        Length = status.Length;
        Time = status.Time;
        Age = status.Time is { } time ? now - time : null;
        LastUsed = status.LastUsed;
        Sha256 = status.Sha256;
        Path = status.Path;
        Unpacked = status.IsUnpacked ? status.ContentsPath is not null : null;
        UnpackedPath = status.ContentsPath;
        Problem = status.Problem;
        ProjectPath = project.Directory;
        EntryName = status.EntryName;
    }

    /// <summary>The resource with its model.</summary>
    public string Resource { get; }

    /// <summary>The model that defines the resource; empty for the model without a name.</summary>
    public string Model { get; }

    /// <summary>The source as records name it, such as <c>file:data.csv</c> or a web address.</summary>
    public string Source { get; }

    /// <summary>What kind the source is: file, url, module, operation or config.</summary>
    public string Kind { get; }

    /// <summary>How much of it is there: cached, partial or missing for a file of the web; local or missing for others; unknown where that cannot be told.</summary>
    public string State { get; }

    /// <summary>The web address, without name and password; null for other sources.</summary>
    public string? Uri { get; }

    /// <summary>The size in bytes of what is there.</summary>
    public long Length { get; }

    /// <summary>When it was downloaded, or last written to; null if it is not there.</summary>
    public DateTimeOffset? Time { get; }

    /// <summary>How long ago that was, or null.</summary>
    public TimeSpan? Age { get; }

    /// <summary>How long ago that was in seconds, or null.</summary>
    public double? AgeSeconds => Age?.TotalSeconds;

    /// <summary>When a run last took it out of the cache, or null.</summary>
    public DateTimeOffset? LastUsed { get; }

    /// <summary>Its SHA-256, if somebody hashed it as it is now; else null.</summary>
    public string? Sha256 { get; }

    /// <summary>The path of the file or folder; of a file of the web that is not there, where it will be. Null if there is none.</summary>
    public string? Path { get; }

    /// <summary>Whether an archive is unpacked, or the command of the source was run; null if there is nothing of that kind to do.</summary>
    public bool? Unpacked { get; }

    /// <summary>The folder that it was unpacked to, or null.</summary>
    public string? UnpackedPath { get; }

    /// <summary>Why it is not there, or null.</summary>
    public string? Problem { get; }

    /// <summary>The folder of the project.</summary>
    public string ProjectPath { get; }

    internal string? EntryName { get; }

    /// <summary>The source as records name it.</summary>
    public override string ToString() => Source;
}
