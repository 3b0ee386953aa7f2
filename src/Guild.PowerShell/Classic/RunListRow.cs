namespace Guild.PowerShell.Classic;

/// <summary>A run as a list shows it.</summary>
internal sealed record RunListRow
{
    /// <summary>The number of the run in the list, from 1.</summary>
    public required int Index { get; init; }

    /// <summary>The whole id.</summary>
    public required string Id { get; init; }

    /// <summary>The operation, such as <c>mlp:train</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>The status, such as <c>completed</c>.</summary>
    public required string Status { get; init; }

    /// <summary>The folder of the project where it is another than the current one, shortened for reading; else null.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether the run is marked.</summary>
    public bool IsMarked { get; init; }

    /// <summary>When it started, else when it was made; shown as it is, so in local time for people; null if it is not known.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When it stopped; null if it has not.</summary>
    public DateTimeOffset? Stopped { get; init; }

    /// <summary>The label; empty without one.</summary>
    public string Label { get; init; } = "";

    /// <summary>The Guild file or package that the operation is from; empty if it is not known.</summary>
    public string Origin { get; init; } = "";

    /// <summary>The digest of the source code; empty if it is not known.</summary>
    public string SourceCodeDigest { get; init; } = "";

    /// <summary>The commit of the source code; empty if it is not known.</summary>
    public string Commit { get; init; } = "";

    /// <summary>The run's directory.</summary>
    public string Directory { get; init; } = "";

    /// <summary>The command line as text.</summary>
    public string Command { get; init; } = "";

    /// <summary>The exit code; null while there is none.</summary>
    public int? ExitStatus { get; init; }

    /// <summary>The process id; null if it does not run.</summary>
    public int? ProcessId { get; init; }
}
