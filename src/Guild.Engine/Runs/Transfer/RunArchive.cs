namespace Guild.Engine.Runs.Transfer;

/// <summary>
/// A folder or zip file with runs, as an export makes it and others may have changed it: nothing in it is trusted. Runs are imported whole or not at all, and
/// never in the place of one that is there.
/// </summary>
public abstract class RunArchive : IDisposable
{
    private const int LongestId = 64;

    private protected RunArchive(string path, RunTransferOptions options)
    {
        Path = path;
        Options = options;
        Progress = new TransferProgress("Importing runs", options.Events);
    }

    /// <summary>The absolute path of the folder or zip file.</summary>
    public string Path { get; }

    /// <summary>The runs in it, the newest first. Their paths are where their records were read, which for a zip file is a temporary folder.</summary>
    public abstract IReadOnlyList<Run> Runs { get; }

    private protected RunTransferOptions Options { get; }

    private protected TransferProgress Progress { get; }

    /// <summary>Opens a folder or zip file.</summary>
    /// <param name="path">The absolute path.</param>
    /// <param name="options">How runs are imported.</param>
    /// <exception cref="RunArchiveException">It cannot be read, or is neither.</exception>
    /// <exception cref="RequestException">Runs of a zip file are to be moved.</exception>
    public static RunArchive Open(string path, RunTransferOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(options);
        path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        if (Directory.Exists(path))
        {
            return new FolderArchive(path, options);
        }

        if (!File.Exists(path))
        {
            throw new RunArchiveException(path, $"There is no folder or zip file '{path}'.", "Name a folder or zip file that Export-GuildRun (guild export) made.");
        }

        return options.IsMove
            ? throw new RequestException($"Runs cannot be moved out of the zip file '{path}'.", path, "Import them without -Move (--move), and delete the file afterwards.")
            : new ZipRunArchive(path, options);
    }

    /// <summary>Reads the runs that a reference names: a place in <see cref="Runs"/> from 1, a range of places, an id, the beginning of one, or a pattern of ids.</summary>
    /// <exception cref="NameNotFoundException">It names no run.</exception>
    /// <exception cref="AmbiguousNameException">It is the beginning of more than one id.</exception>
    public IReadOnlyList<Run> Select(string reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        if (RunReferences.IsPattern(reference))
        {
            var matching = RunReferences.Matching(reference, Runs.Select(run => run.Id)).ToHashSet(StringComparer.Ordinal);
            return [.. Runs.Where(run => matching.Contains(run.Id))];
        }

        var byId = Runs.ToDictionary(run => run.Id, StringComparer.Ordinal);
        return [.. RunReferences.Select([reference], [.. Runs.Select(run => run.Id)]).Select(id => byId[id])];
    }

    /// <summary>Imports a run into a home.</summary>
    /// <exception cref="RunStateException">The run is running or is being prepared where it is.</exception>
    /// <exception cref="RunArchiveException">The run cannot be read, is not safe to import, or does not fit; nothing is left of it then.</exception>
    public RunTransfer Import(Run run, RunStore store)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(store);
        var destination = System.IO.Path.Join(store.Home.RunsDirectory, run.Id);
        if (System.IO.Path.Exists(destination))
        {
            return new RunTransfer(run, destination, RunTransferOutcome.Exists);
        }

        RequireStill(run);
        try
        {
            Directory.CreateDirectory(store.Home.RunsDirectory);
            var length = Bring(run, store, destination);
            return new RunTransfer(store.TryRead(run.Id) ?? run, destination, RunTransferOutcome.Done) { Length = length };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RunArchiveException(Path, $"Run {run.ShortId} of '{Path}' could not be imported into '{store.Home.Path}': {error.Message}", "Nothing of it is in the home. See to it that the run can be read and that there is room.", error);
        }
        finally
        {
            Progress.End();
        }
    }

    /// <summary>Removes what was needed to read it.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Removes what was needed to read it.</summary>
    protected virtual void Dispose(bool isDisposing)
    {
    }

    /// <summary>Whether a name can be the name of a run's folder on every system.</summary>
    private protected static bool IsUsableId(string name) =>
        name.Length is > 0 and <= LongestId && name[0] != '.' && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private protected static IReadOnlyList<Run> NewestFirst(IEnumerable<Run> runs) =>
    [
        .. runs.OrderByDescending(run => run.Started ?? run.Initialized ?? DateTimeOffset.MinValue).ThenBy(run => run.Id, StringComparer.Ordinal),
    ];

    private protected void PassOver(int count) => Options.Events.Report(new WarningEvent(
        $"{count} folder(s) or file(s) in '{Path}' are passed over, because their names are not those of runs."));

    // Makes the run visible in the home; its length in bytes.
    private protected abstract long Bring(Run run, RunStore store, string destination);

    /// <summary>Brings a run into being beside the runs of a home, checks it, and gives it its place.</summary>
    /// <param name="store">The runs of the home.</param>
    /// <param name="destination">Its place.</param>
    /// <param name="make">Makes it in a folder that is not there.</param>
    private protected static void Publish(RunStore store, string destination, Action<string> make)
    {
        var staging = store.CreateStaging(RunId.New());
        try
        {
            var staged = System.IO.Path.Join(staging.Path, System.IO.Path.GetFileName(destination));
            make(staged);
            ImportedRun.RequireSafe(staged);
            ImportedRun.MakeDead(staged);
            TreeMove.Move(staged, destination, new RunDirectory(destination).OpRefPath);
        }
        finally
        {
            RunStore.DiscardStaging(staging);
        }
    }

    private static void RequireStill(Run run)
    {
        var reader = new RunReader(new RunStateReader(ProcessLiveness.OfThisHost, TimeProvider.System));
        if (reader.ReadState(run.Directory).Status == RunStatus.Running)
        {
            throw new RunStateException(run.Id, $"Run {run.ShortId} is running in '{run.Directory.Path}', so it cannot be imported.", "Wait until it has ended.");
        }
    }
}
