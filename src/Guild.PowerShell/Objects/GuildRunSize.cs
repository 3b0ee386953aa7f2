using Guild.Engine.Runs;

namespace Guild.PowerShell;

/// <summary>The room that a run takes. What its links lead to is not in it.</summary>
public sealed class GuildRunSize
{
    internal GuildRunSize(Run run, RunSize size)
    {
        RunId = run.Id;
        ShortId = run.ShortId;
        Operation = run.FullName;
        Length = size.Total;
        SourceCodeLength = size.SourceCode;
        DependencyLength = size.Dependencies;
        GeneratedLength = size.Generated;
        RecordLength = size.Record;
        FileCount = size.Files;
        LinkCount = size.Links;
    }

    /// <summary>The id of the run.</summary>
    public string RunId { get; }

    /// <summary>The first eight digits of the id.</summary>
    public string ShortId { get; }

    /// <summary>The operation with its model.</summary>
    public string Operation { get; }

    /// <summary>The size of all files in bytes.</summary>
    public long Length { get; }

    /// <summary>The size of the source code in bytes.</summary>
    public long SourceCodeLength { get; }

    /// <summary>The size of resources that were copied, in bytes.</summary>
    public long DependencyLength { get; }

    /// <summary>The size of what the program made, in bytes.</summary>
    public long GeneratedLength { get; }

    /// <summary>The size of the record in bytes.</summary>
    public long RecordLength { get; }

    /// <summary>How many files there are, without links.</summary>
    public int FileCount { get; }

    /// <summary>How many links there are.</summary>
    public int LinkCount { get; }

    /// <summary>The id of the run.</summary>
    public override string ToString() => RunId;
}
