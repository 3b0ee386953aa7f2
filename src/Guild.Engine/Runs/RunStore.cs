using System.IO.Enumeration;
using Guild.Engine.Runs.Index;

namespace Guild.Engine.Runs;

/// <summary>
/// The runs of a home. Nothing is kept in memory: each call looks at the disk. Runs that vanish while they are read are left out.
/// </summary>
public sealed class RunStore
{
    private readonly RunReader _reader;

    private readonly RunIndex? _index;

    private readonly TimeProvider _time;

    private readonly ProcessLiveness _liveness;

    /// <summary>Opens the runs of a home, which need not exist yet. Nothing is indexed.</summary>
    public RunStore(GuildHome home)
        : this(home, TimeProvider.System, ProcessLiveness.OfThisHost, index: null)
    {
    }

    /// <summary>Opens the runs of a home, which need not exist yet, with an index in its cache.</summary>
    /// <param name="home">The home.</param>
    /// <param name="localCache">The folder of the user's caches on this machine: for the index of a home that is remote or cannot be written.</param>
    public RunStore(GuildHome home, string? localCache)
        : this(home, TimeProvider.System, ProcessLiveness.OfThisHost, new RunIndex(home, localCache))
    {
    }

    internal RunStore(GuildHome home, TimeProvider time, ProcessLiveness liveness, RunIndex? index = null)
    {
        ArgumentNullException.ThrowIfNull(home);
        Home = home;
        _index = index;
        _time = time;
        _liveness = liveness;
        _reader = new RunReader(new RunStateReader(liveness, time));
    }

    /// <summary>The home.</summary>
    public GuildHome Home { get; }

    /// <summary>True to read every run from its directory, whatever the index says of it, and to index it anew.</summary>
    public bool IsRefresh { get; init; }

    /// <summary>The ids of all runs, in no order. Reads folder names only, and no attribute.</summary>
    public IEnumerable<string> Ids(RunPlace place = RunPlace.Runs) => Directories(place, "").Where(directory => directory.HasOpRef).Select(directory => directory.Id);

    /// <summary>
    /// Reads all runs, the newest first by when they were started, or else initialized; those without a time come last. Each is read
    /// when it is asked for, or taken from the index if it was not changed since.
    /// </summary>
    /// <param name="place">Which runs.</param>
    /// <param name="limit">How many runs will be asked for at the most, if that is known.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public IEnumerable<Run> List(RunPlace place = RunPlace.Runs, int limit = int.MaxValue, CancellationToken cancellation = default)
    {
        var ids = FolderNames(RootOf(place));
        return Indexed(ids) is { } indexed
            ? indexed.List(new IndexedRuns.Request(place, RootOf(place), ids, limit, cancellation))
            : Ordered(ids, place).Select(_reader.Read).OfType<Run>().Take(limit);
    }

    /// <summary>
    /// Sees to it that <see cref="Run.LastValues"/> of many runs are at hand: out of the index, or read from event files several at a time
    /// and indexed. Without this they are read one by one when they are asked for.
    /// </summary>
    public void LoadLastValues(IEnumerable<Run> runs, CancellationToken cancellation)
    {
        if (_index is { } index)
        {
            new ScalarLoading(index, cancellation).LoadLastValues(runs);
        }
    }

    /// <summary>As <see cref="LoadLastValues"/>, for <see cref="Run.Scalars"/>.</summary>
    public void LoadScalars(IEnumerable<Run> runs, CancellationToken cancellation)
    {
        if (_index is { } index)
        {
            new ScalarLoading(index, cancellation).LoadScalars(runs);
        }
    }

    /// <summary>Reads the run with this id; null if there is none.</summary>
    public Run? TryRead(string id, RunPlace place = RunPlace.Runs)
    {
        ArgumentNullException.ThrowIfNull(id);
        return IsFolderName(id) ? _reader.Read(DirectoryOf(id, place)) : null;
    }

    /// <summary>Reads a run from any folder, such as one outside of the home; null if the folder holds no run.</summary>
    public Run? TryRead(RunDirectory directory) => _reader.Read(directory);

    /// <summary>Reads the run that a reference names: its place in <see cref="List"/> from 1, its id, or the beginning of its id.</summary>
    /// <exception cref="NameNotFoundException">It names no run.</exception>
    /// <exception cref="AmbiguousNameException">It is the beginning of more than one id, or a range of more than one run.</exception>
    public Run Find(string reference, RunPlace place = RunPlace.Runs) => Select([reference], place) switch
    {
        [var only] => only,
        [] => throw RunReferences.NotFound(reference),
        var several => throw new AmbiguousNameException(
            NameKind.Run,
            reference,
            $"'{reference}' names {several.Count} runs, where one is needed.",
            [.. several.Select(run => run.Id)]),
    };

    /// <summary>Reads the runs that references name, in their order, each once: places, ranges of places (<c>1:3</c>), ids and beginnings of ids.</summary>
    /// <exception cref="NameNotFoundException">A reference names no run.</exception>
    /// <exception cref="AmbiguousNameException">A reference is the beginning of more than one id.</exception>
    public IReadOnlyList<Run> Select(IEnumerable<string> references, RunPlace place = RunPlace.Runs)
    {
        var asked = references.ToList();

        // Only a place in the list needs the times of all runs.
        var ids = asked.Exists(RunReferences.IsPlace)
            ? RunReferences.Select(asked, OrderedIds(place))
            : [.. asked.Select(reference => RunReferences.ByPrefix(reference, IdsWithPrefix(reference, place))).Distinct(StringComparer.Ordinal)];
        return [.. ids.Select(id => TryRead(id, place) ?? throw RunReferences.NotFound(id))];
    }

    /// <summary>The ids in the order of <see cref="List"/>, without reading more of the runs than their times.</summary>
    internal IReadOnlyList<string> OrderedIds(RunPlace place)
    {
        var ids = FolderNames(RootOf(place));
        return Indexed(ids) is { } indexed
            ? indexed.OrderedIds(new IndexedRuns.Request(place, RootOf(place), ids, 0, CancellationToken.None))
            : [.. Ordered(ids, place).Select(directory => directory.Id)];
    }

    /// <summary>
    /// The run that an operation which needs another operation's run should take: the newest that is marked, else the newest. Where there
    /// is an index, it is asked; else of the other runs no more than their reference is read, and of those that match no more than status, mark and time.
    /// </summary>
    /// <returns>The run, or null if none will do.</returns>
    public Run? LatestOf(LatestRunQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var ids = query.Among is null ? FolderNames(Home.RunsDirectory) : [.. query.Among];
        if (query.Among is null && query.IdPrefix.Length == 0 && _index is { } index && ids.Count >= index.FewestRuns && index.Exists)
        {
            return query.ChooseFrom(List());
        }

        var matching = ids
            .Where(id => id.StartsWith(query.IdPrefix, StringComparison.OrdinalIgnoreCase))
            .Select(id => DirectoryOf(id, RunPlace.Runs))
            .Where(directory => directory.ReadOpRef() is { } opRef && query.Matches(opRef))
            .Where(directory => query.Statuses.Contains(_reader.ReadState(directory).Status));
        var newestFirst = NewestFirst(matching);
        var marked = newestFirst.Find(directory => directory.ReadAttribute("marked") is true);
        return marked is not null ? _reader.Read(marked) : newestFirst.Select(_reader.Read).OfType<Run>().FirstOrDefault();
    }

    /// <summary>Moves a run to the trash, from wherever it was read. A copy that lies there already is replaced.</summary>
    /// <exception cref="RunStateException">The run is running, or is in the trash.</exception>
    /// <exception cref="NameNotFoundException">The run is gone.</exception>
    /// <exception cref="HomeException">The run cannot be moved.</exception>
    public void Delete(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        RequireNotRunning(run);
        var deleted = DirectoryOf(run.Id, RunPlace.Trash);
        if (string.Equals(run.Directory.Path, deleted.Path, StringComparison.Ordinal))
        {
            throw new RunStateException(run.Id, $"Run {run.ShortId} is in the trash already.", "Delete it for good with Remove-GuildRun -Permanent (guild runs purge).");
        }

        Move(run.Directory, deleted, TreeMove.Replace);
        RunTrash.NoteTime(deleted, _time);
    }

    /// <summary>Moves a run from the trash back to the runs.</summary>
    /// <exception cref="RunStateException">A run with its id is there.</exception>
    /// <exception cref="NameNotFoundException">The run is not in the trash.</exception>
    /// <exception cref="HomeException">The run cannot be moved.</exception>
    public void Restore(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var destination = DirectoryOf(run.Id, RunPlace.Runs);
        if (Directory.Exists(destination.Path))
        {
            throw new RunStateException(run.Id, $"Run {run.ShortId} cannot be restored, because a run with its id is there.", "Delete that run first.");
        }

        Move(DirectoryOf(run.Id, RunPlace.Trash), destination, TreeMove.Move);
    }

    /// <summary>Deletes a run, from wherever it was read, with all its files. What its links lead to stays.</summary>
    /// <exception cref="RunStateException">The run is running.</exception>
    /// <exception cref="HomeException">Not all of it can be deleted.</exception>
    public void DeletePermanently(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        RequireNotRunning(run);
        HomeAccess.Do(run.Directory.Path, () => TreeDeletion.Delete(run.Directory.Path));
    }

    /// <summary>
    /// Makes the folder in which a run is prepared out of sight, with its record's folders. The folder says who prepares it,
    /// so that what a killed process left can be swept.
    /// </summary>
    /// <param name="id">The id of the run to be.</param>
    /// <exception cref="HomeException">The folder cannot be made, or is there already.</exception>
    public RunDirectory CreateStaging(string id) => HomeAccess.Do(Home.StagingDirectory, () => RunStaging.Create(Home, id));

    /// <summary>Makes a prepared run visible, by one rename.</summary>
    /// <returns>The run's directory among the runs.</returns>
    /// <exception cref="HomeException">It cannot be moved, for example because a run with its id is there.</exception>
    public RunDirectory Publish(RunDirectory staged) => HomeAccess.Do(Home.RunsDirectory, () => RunStaging.Publish(Home, staged));

    /// <summary>Deletes a run that was being prepared and will not be published.</summary>
    public static void DiscardStaging(RunDirectory staged)
    {
        ArgumentNullException.ThrowIfNull(staged);
        try
        {
            TreeDeletion.DeletePrepared(staged);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What led here is told to the caller; what is left is out of sight, and is swept when this process has ended.
        }
    }

    /// <summary>Deletes what processes that are gone left prepared and not published.</summary>
    /// <returns>How many folders were deleted.</returns>
    public int SweepStaging() => RunStaging.Sweep(Home, _liveness, _time);

    private void RequireNotRunning(Run run)
    {
        // The run may have been started since it was read.
        var status = _reader.ReadState(run.Directory).Status;
        if (status == RunStatus.Running)
        {
            throw new RunStateException(run.Id, $"Run {run.ShortId} is running.", "Stop it first with Stop-GuildRun (guild stop).");
        }

        // What Guild AI left pending long ago must not stay for ever.
        if (status == RunStatus.Pending && File.Exists(run.Directory.ProcessPath))
        {
            throw new RunStateException(run.Id, $"Run {run.ShortId} is about to be started.", "Stop it first with Stop-GuildRun (guild stop).");
        }
    }

    private static void Move(RunDirectory from, RunDirectory to, Action<RunDirectory, RunDirectory> move) => HomeAccess.Do(from.Path, () =>
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(to.Path)!);
            move(from, to);
        }
        catch (Exception error) when (error is DirectoryNotFoundException || !Directory.Exists(from.Path))
        {
            // Not there, or another process moved it just now.
            throw RunReferences.NotFound(from.Id);
        }
    });

    // A whole id is looked for by itself: who has ten thousand of them should not list all folders for each.
    private IEnumerable<string> IdsWithPrefix(string prefix, RunPlace place) => RunId.IsValid(prefix) && DirectoryOf(prefix, place).HasOpRef
        ? [prefix]
        : Directories(place, prefix).Where(directory => directory.HasOpRef).Select(directory => directory.Id);

    // Few runs are read as quickly as the index is opened.
    private IndexedRuns? Indexed(List<string> ids) =>
        _index is { } index && ids.Count >= index.FewestRuns ? new IndexedRuns(index, _reader, _time, IsRefresh) : null;

    private List<RunDirectory> Ordered(List<string> ids, RunPlace place) =>
        NewestFirst(ids.Select(id => DirectoryOf(id, place)).Where(directory => directory.ReadOpRef() is not null));

    private static List<RunDirectory> NewestFirst(IEnumerable<RunDirectory> directories) =>
    [
        .. directories
            .Select(directory => (Directory: directory, Time: RunReader.ReadTimestamp(directory) ?? long.MinValue))
            .OrderByDescending(item => item.Time)
            .ThenBy(item => item.Directory.Id, StringComparer.Ordinal)
            .Select(item => item.Directory),
    ];

    private IEnumerable<RunDirectory> Directories(RunPlace place, string prefix) =>
        FolderNames(RootOf(place)).Where(id => id.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)).Select(id => DirectoryOf(id, place));

    private static List<string> FolderNames(string root) => !Directory.Exists(root) ? [] : HomeAccess.Do(root, () =>
    {
        var names = new FileSystemEnumerable<string>(root, (ref FileSystemEntry entry) => entry.FileName.ToString())
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => entry.IsDirectory,
        };
        return new List<string>(names);
    });

    private RunDirectory DirectoryOf(string id, RunPlace place) => new(RootOf(place), id, _time);

    private string RootOf(RunPlace place) => place == RunPlace.Runs ? Home.RunsDirectory : Home.TrashDirectory;

    private static bool IsFolderName(string id) => id.Length > 0 && id is not ("." or "..") && !id.AsSpan().ContainsAny('/', '\\', '\0');
}
