using Guild.Engine.Runs;

namespace Guild.PowerShell;

/// <summary>A file or link in the folder of a run.</summary>
public sealed class GuildRunFile
{
    internal GuildRunFile(Run run, RunFile file)
    {
        RunId = run.Id;
        Path = file.Path;
        Name = System.IO.Path.GetFileName(file.Path);
        FullName = file.FullPath;
        Kind = file.Kind.ToString();
        Length = file.Length;
        LastWriteTime = file.LastWritten?.ToLocalTime();
        IsLink = file.LinkTarget is not null;
        Target = file.LinkTarget;
    }

    /// <summary>The id of the run.</summary>
    public string RunId { get; }

    /// <summary>The path in the run, with <c>/</c> on all systems.</summary>
    public string Path { get; }

    /// <summary>The last part of the path.</summary>
    public string Name { get; }

    /// <summary>The absolute path.</summary>
    public string FullName { get; }

    /// <summary>Where it comes from: SourceCode, Dependency, Generated or Record.</summary>
    public string Kind { get; }

    /// <summary>The size in bytes. That of a link is 0, unless links are followed.</summary>
    public long Length { get; }

    /// <summary>When it was last written, in local time; null if it was deleted meanwhile.</summary>
    public DateTimeOffset? LastWriteTime { get; }

    /// <summary>True if it is a link.</summary>
    public bool IsLink { get; }

    /// <summary>What the link says; null if it is none.</summary>
    public string? Target { get; }

    /// <summary>The path in the run.</summary>
    public override string ToString() => Path;
}

/// <summary>Where files of runs come from, to choose by.</summary>
public enum GuildRunFileKind
{
    /// <summary>Copied from the project when the run was made.</summary>
    SourceCode,

    /// <summary>Resolved from a resource.</summary>
    Dependency,

    /// <summary>Made by the program.</summary>
    Generated,

    /// <summary>Part of the record that is kept of the run.</summary>
    Record,
}
