using Guild.Engine;
using Guild.Engine.Runs;
using Guild.Engine.Runs.Transfer;

namespace Guild.PowerShell.Commands;

/// <summary>The runs of an exported folder, where they lie.</summary>
internal sealed class ArchivedRuns
{
    private readonly RunArchive _archive;

    private ArchivedRuns(RunArchive archive) => _archive = archive;

    /// <summary>The runs, the newest first.</summary>
    public IReadOnlyList<Run> All => _archive.Runs;

    /// <summary>Opens a folder. The records of a zip file are in a folder only for as long as it is open, and runs that are given out are used after that.</summary>
    /// <exception cref="RequestException">It is a zip file.</exception>
    /// <exception cref="RunArchiveException">It is not there.</exception>
    public static ArchivedRuns Open(string path, Action<string> warn, CancellationToken stop) => File.Exists(path)
        ? throw new RequestException(
            $"'{path}' is a file: runs in a zip file have no folder that their files could be read from.",
            path,
            $"Import them with Import-GuildRun, or list them with: guild runs list --archive {path}")
        : new(RunArchive.Open(path, new RunTransferOptions { Cancellation = stop, Events = new Warnings(warn) }));

    /// <summary>The runs that a reference names.</summary>
    public IReadOnlyList<Run> Select(string reference) => _archive.Select(reference);

    private sealed class Warnings(Action<string> warn) : IEventSink
    {
        public void Report(EngineEvent engineEvent)
        {
            if (engineEvent is WarningEvent warning)
            {
                warn(warning.Text);
            }
        }
    }
}
