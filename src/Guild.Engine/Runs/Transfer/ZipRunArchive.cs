using System.IO.Compression;
using Guild.Engine.Resources;
using Guild.Engine.Resources.Archives;

namespace Guild.Engine.Runs.Transfer;

/// <summary>Imports runs out of a zip file. To list them, no more than their records is unpacked, to a temporary folder.</summary>
internal sealed class ZipRunArchive : RunArchive
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly FileStream _file;
    private readonly ZipArchive _zip;
    private readonly UnpackMeter _meter;
    private readonly Dictionary<string, List<(ZipArchiveEntry Entry, string Path)>> _entries = new(StringComparer.Ordinal);
    private readonly Lazy<IReadOnlyList<Run>> _runs;
    private string? _records;

    public ZipRunArchive(string path, RunTransferOptions options)
        : base(path, options)
    {
        try
        {
            _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 64 * 1024);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RunArchiveException(path, $"'{path}' cannot be read: {error.Message}", inner: error);
        }

        try
        {
            _zip = ZipFileArchive.Open(_file);
            _meter = new UnpackMeter(options.Limits, _file.Length, new UnpackProgress(options.Events, "Importing runs", _file, TimeProvider.System, Interval), options.Cancellation);
            Sort(options.Limits);
        }
        catch (Exception error)
        {
            _file.Dispose();
            if (error is RunArchiveException or OperationCanceledException)
            {
                throw;
            }

            throw Damaged(error);
        }

        _runs = new(Read);
    }

    public override IReadOnlyList<Run> Runs => _runs.Value;

    private protected override long Bring(Run run, RunStore store, string destination)
    {
        var before = _meter.Bytes;
        Publish(store, destination, staged => Guarded(run, () => Unpack(staged, _entries[run.Id])));
        return _meter.Bytes - before;
    }

    protected override void Dispose(bool isDisposing)
    {
        base.Dispose(isDisposing);
        if (isDisposing)
        {
            _zip.Dispose();
            _file.Dispose();
        }

        if (isDisposing && _records is not null)
        {
            RunRelocation.Discard(_records);
        }
    }

    private void Sort(UnpackLimits limits)
    {
        var odd = new HashSet<string>(StringComparer.Ordinal);
        if (_zip.Entries.Count > limits.MaximumEntries)
        {
            throw new RunArchiveException(Path, $"'{Path}' holds more than {limits.MaximumEntries} files and folders.", $"If you trust it, set the environment variable {UnpackLimits.EntriesVariable} to a higher number.");
        }

        foreach (var entry in _zip.Entries)
        {
            var name = ZipFileArchive.NameOf(entry);
            var slash = name.IndexOf('/', StringComparison.Ordinal);
            var id = slash < 0 ? name : name[..slash];
            if (slash < 0 || !IsUsableId(id))
            {
                odd.Add(id);
                continue;
            }

            if (!_entries.TryGetValue(id, out var entries))
            {
                _entries[id] = entries = [];
            }

            entries.Add((entry, name[(slash + 1)..]));
        }

        // Guild AI writes the folder of a run as a file of that name too.
        odd.ExceptWith(_entries.Keys);
        odd.Remove(Guild.Engine.SourceCode.SourceSnapshot.NoCopyMarker);
        if (odd.Count > 0)
        {
            PassOver(odd.Count);
        }
    }

    private IReadOnlyList<Run> Read()
    {
        _records = Directory.CreateTempSubdirectory("guild-import-").FullName;
        var reader = new RunReader(new RunStateReader(ProcessLiveness.OfThisHost, TimeProvider.System));
        var runs = new List<Run>();
        foreach (var (id, entries) in _entries)
        {
            var root = System.IO.Path.Join(_records, id);
            try
            {
                Unpack(root, [.. entries.Where(item => IsRecord(item.Path) && item.Entry.Length <= RunDirectory.MaximumAttributeSize)]);
            }
            catch (Exception error) when (error is not (OperationCanceledException or GuildException))
            {
                // What cannot be listed is told of; the other runs can be imported all the same.
                Options.Events.Report(new WarningEvent($"Run {RunId.Short(id)} of '{Path}' cannot be read: {Detail(error)}"));
                RunRelocation.Discard(root);
                continue;
            }

            if (reader.Read(new RunDirectory(root)) is { } run)
            {
                runs.Add(run);
            }
        }

        return NewestFirst(runs);
    }

    // The operation, the attributes, and those of a batch's prototype, which has its operation.
    private static bool IsRecord(string path)
    {
        path = path.StartsWith(".guild/proto/", StringComparison.Ordinal) ? path[".guild/proto/".Length..] : path;
        return path is ".guild/opref" or ".guild/STAGED" || path.StartsWith(".guild/attrs/", StringComparison.Ordinal);
    }

    private void Unpack(string root, IReadOnlyList<(ZipArchiveEntry Entry, string Path)> entries)
    {
        Directory.CreateDirectory(root);
        using var tree = new UnpackedTree(root, FileNaming.Of(root), _meter) { IsShared = false };
        foreach (var (entry, path) in entries.Where(item => item.Path.Length > 0))
        {
            ZipFileArchive.Add(entry, path, tree, _meter);
        }

        tree.Finish();
    }

    private void Guarded(Run run, Action unpack)
    {
        try
        {
            unpack();
        }
        catch (ArchiveException error)
        {
            throw new RunArchiveException(Path, $"Run {run.ShortId} of '{Path}' is not imported: {error.Detail}", error.Advice, error);
        }
        catch (Exception error) when (error is not (OperationCanceledException or GuildException or IOException or UnauthorizedAccessException))
        {
            throw Damaged(error);
        }
    }

    private RunArchiveException Damaged(Exception error) => new(Path, $"'{Path}' is no zip file, or it is damaged: {error.Message}", "Get the file again, or export the runs again.", error);

    private static string Detail(Exception error) => error is ArchiveException archive ? archive.Detail : error.Message;
}
