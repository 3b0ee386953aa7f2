using System.IO.Compression;
using Guild.Engine.Runs;
using Guild.Engine.Runs.Transfer;

namespace Guild.Engine.Tests.Runs.Transfer;

/// <summary>A home with runs of real files, and a place to export them to.</summary>
internal sealed class TransferHome : IDisposable
{
    private readonly TestHome _home = new();
    private readonly TestHome _other = new();

    public RunStore Store => _home.Store;

    public RunStore Other => _other.Store;

    public GuildHome Home => _home.Home;

    public Dictionary<int, long> Processes => _home.Processes;

    public List<string> Warnings { get; } = [];

    public string Out(string name) => _home.OutsideHome(name);

    /// <summary>A completed run with a file, a folder and its record.</summary>
    public Run AddRun(string? id = null)
    {
        var directory = _home.AddRun(id);
        File.WriteAllText(Path.Join(directory.Path, "model.bin"), "weights");
        Directory.CreateDirectory(Path.Join(directory.Path, "logs", "empty"));
        File.WriteAllText(Path.Join(directory.Path, "logs", "a.txt"), "a");
        File.WriteAllText(directory.OutputPath, "printed\n");
        return Store.TryRead(directory.Id)!;
    }

    public RunTransferOptions Options(bool move = false, bool copy = false) => new() { IsMove = move, CopiesResources = copy, Events = new Sink(Warnings) };

    /// <summary>Exports runs and gives what came of each.</summary>
    public IReadOnlyList<RunTransfer> Export(string name, RunTransferOptions? options, params Run[] runs)
    {
        using var export = RunExport.To(Out(name), options ?? Options());
        var results = runs.Select(export.Add).ToList();
        return [.. results.Where(result => result.Outcome != RunTransferOutcome.Accepted), .. export.Complete()];
    }

    /// <summary>Imports all runs of an archive into the other home.</summary>
    public IReadOnlyList<RunTransfer> Import(string name, RunTransferOptions? options = null)
    {
        using var archive = RunArchive.Open(Out(name), options ?? Options());
        return [.. archive.Runs.Select(run => archive.Import(run, Other))];
    }

    /// <summary>Writes a zip file of entries, as somebody who means ill might.</summary>
    public string Zip(string name, params (string Name, string Text, int Mode)[] entries)
    {
        using var zip = ZipFile.Open(Out(name), ZipArchiveMode.Create);
        foreach (var (entryName, text, mode) in entries)
        {
            var entry = zip.CreateEntry(entryName);
            entry.ExternalAttributes = mode << 16;
            using var writer = new StreamWriter(entry.Open());
            writer.Write(text);
        }

        return Out(name);
    }

    /// <summary>All paths below a folder, with the text of files, to compare whole trees.</summary>
    public static IReadOnlyList<string> TreeOf(string root) =>
    [
        .. Directory.EnumerateFileSystemEntries(root, "*", SearchOption.AllDirectories)
            .Select(path => $"{Path.GetRelativePath(root, path)} {(File.Exists(path) ? File.ReadAllText(path) : "folder")}")
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>What lies about that nobody should find.</summary>
    public static IEnumerable<string> LeftOvers(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)!).Where(name => name != ".guild-nocopy") : [];

    public void Dispose()
    {
        _home.Dispose();
        _other.Dispose();
    }

    private sealed class Sink(List<string> warnings) : IEventSink
    {
        public void Report(EngineEvent engineEvent)
        {
            if (engineEvent is WarningEvent warning)
            {
                lock (warnings)
                {
                    warnings.Add(warning.Text);
                }
            }
        }
    }
}
