using Guild.Engine.Runs.Transfer;

namespace Guild.PowerShell;

/// <summary>A run that was exported, and where to.</summary>
public sealed class GuildExportedRun
{
    internal GuildExportedRun(RunTransfer transfer, string path)
    {
        Id = transfer.Run.Id;
        ShortId = transfer.Run.ShortId;
        Operation = transfer.Run.FullName;
        Path = path;
        Length = transfer.Length;
    }

    /// <summary>The id.</summary>
    public string Id { get; }

    /// <summary>The first eight digits of the id.</summary>
    public string ShortId { get; }

    /// <summary>The operation with its model.</summary>
    public string Operation { get; }

    /// <summary>The absolute path of the folder or zip file that the run is in now.</summary>
    public string Path { get; }

    /// <summary>The size of its files in bytes.</summary>
    public long Length { get; }

    /// <summary>The id.</summary>
    public override string ToString() => Id;
}
