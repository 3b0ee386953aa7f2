using System.Collections.Concurrent;

namespace Guild.Engine.Runs.Index;

/// <summary>
/// A cache of what the runs of a home say, so that a list of ten thousand does not read a hundred thousand files. The directories are the truth: each
/// look compares the stamps of all runs with those that were indexed, and reads what differs, what has not ended, and what was changed so
/// recently that a later change could look the same. An index that is missing, damaged, locked or of another version costs time and nothing else.
/// </summary>
internal sealed class RunIndex(GuildHome home, string? localCache)
{
    // What follows within this time could carry the same time stamp, or one that a clock of another machine gave.
    private static readonly TimeSpan UnsettledTime = TimeSpan.FromSeconds(2);

    private const int MostWorkers = 4;

    private const int StampsAtOnce = 256;

    /// <summary>How many threads look at runs at once: more only wait for the disk.</summary>
    public static int Workers => Math.Min(MostWorkers, Environment.ProcessorCount);

    /// <summary>How many runs a home must have to be indexed: few are read as quickly as the index is opened.</summary>
    public int FewestRuns { get; init; } = 100;

    /// <summary>True if the home was indexed already. Does not open the file.</summary>
    public bool Exists => IndexLocation.Exists(home, localCache);

    /// <summary>Opens the file; null if there is none to be had.</summary>
    public IndexFile? Open() => IndexLocation.Of(home, localCache) is { } path ? TryOpen(path) : null;

    /// <summary>Looks at the runs of a folder, reads those that were changed, and indexes them.</summary>
    /// <param name="file">The opened file; null to read everything.</param>
    /// <param name="look">What to look at, and how.</param>
    /// <returns>The runs, in no order.</returns>
    public static List<IndexEntry> Look(IndexFile? file, IndexLook look)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = Workers, CancellationToken = look.Cancellation };
        var guilds = new long[look.Ids.Count];
        var rows = file is null || look.IsRefresh ? [] : ReadRowsAndStamps(file, look, guilds, options);
        var entries = new ConcurrentBag<List<IndexEntry>>();
        var changed = new ConcurrentBag<NewRow>();
        var ranges = look.Ids.Count == 0 ? [] : Partitioner.Create(0, look.Ids.Count).GetDynamicPartitions();
        Parallel.ForEach(ranges, options, range =>
        {
            var stamps = new RunStampReader(look.Root);
            var found = new List<IndexEntry>(range.Item2 - range.Item1);
            for (var i = range.Item1; i < range.Item2; i++)
            {
                look.Cancellation.ThrowIfCancellationRequested();
                if (EntryOf(look, look.Ids[i], guilds[i], rows, stamps, changed) is { } entry)
                {
                    found.Add(entry);
                }
            }

            entries.Add(found);
        });

        var all = new List<IndexEntry>(look.Ids.Count);
        foreach (var found in entries)
        {
            all.AddRange(found);
        }

        if (file is not null)
        {
            TakeFromIndex(all, Write(file, look, rows, changed), changed);
        }

        return all;
    }

    private static IndexEntry? EntryOf(IndexLook look, string id, long guild, Dictionary<string, IndexRow> rows, RunStampReader stamps, ConcurrentBag<NewRow> changed)
    {
        if (rows.TryGetValue(id, out var row)
            && guild == row.Stamp.Guild
            && (look.ComparesGuildOnly || stamps.ReadRest(id, row.Stamp.Rewritten) == row.Stamp.Rest))
        {
            return new IndexEntry(id, row.Time, row, null);
        }

        // Before the run is read, so that a change while it is read differs from the stamp.
        var stamp = stamps.Read(id);
        var latest = stamps.Latest;
        var now = look.Time.GetUtcNow();
        if (look.Read(id) is not { } run)
        {
            return null;
        }

        var time = TimeOf(run);
        if (IsLasting(run) && now - NanosecondsToTime(latest) > UnsettledTime)
        {
            changed.Add(new NewRow(id, time, stamp, RunEncoding.Encode(run.Content)));
        }

        return new IndexEntry(id, time, null, run);
    }

    internal static long TimeOf(Run run) => (run.Started ?? run.Initialized) is { } time ? RunClock.FromTime(time) : long.MinValue;

    // What a live process can change without a trace in the record is not indexed: neither is a run that a lock calls running.
    private static bool IsLasting(Run run) => run.Status switch
    {
        RunStatus.Staged => true,
        RunStatus.Completed or RunStatus.Error or RunStatus.Terminated => run.ExitCode is not null && run.Problems.Count == 0 && !File.Exists(run.Directory.LockPath),
        _ => false,
    };

    private static DateTimeOffset NanosecondsToTime(long nanoseconds) => DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / TimeSpan.NanosecondsPerTick);

    private static Dictionary<string, IndexRow> Write(IndexFile file, IndexLook look, Dictionary<string, IndexRow> rows, ConcurrentBag<NewRow> changed)
    {
        var gone = rows.Count == 0 ? [] : Gone(look, rows);
        if (changed.IsEmpty && gone.Count == 0)
        {
            return [];
        }

        try
        {
            return file.Write(look.Place, changed, gone);
        }
        catch (Exception error) when (IndexFile.IsTrouble(error))
        {
            // Another process writes, or the disk is full: the next look tries again.
            file.Note(error);
            return [];
        }
    }

    // What was read just now has a row from now on, so that what is read of it later, its scalars, can be added there. The bytes are smaller than the objects, too.
    private static void TakeFromIndex(List<IndexEntry> entries, Dictionary<string, IndexRow> rows, ConcurrentBag<NewRow> changed)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var contents = changed.ToDictionary(row => row.Id, row => row.Content, StringComparer.Ordinal);
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i] is { Run: { } run } entry && rows.TryGetValue(entry.Id, out var row))
            {
                entries[i] = entry with { Run = new Run(run.Directory, new IndexedRunContent(run.Directory, row, new IndexContent(contents[entry.Id], null))) };
            }
        }
    }

    private static List<IndexRow> Gone(IndexLook look, Dictionary<string, IndexRow> rows)
    {
        var there = new HashSet<string>(look.Ids, StringComparer.Ordinal);
        var gone = new List<IndexRow>();
        foreach (var row in rows.Values)
        {
            if (!there.Contains(row.Id))
            {
                gone.Add(row);
            }
        }

        return gone;
    }

    // The rows come from one file and the stamps from the folders: neither has to wait for the other.
    private static Dictionary<string, IndexRow> ReadRowsAndStamps(IndexFile file, IndexLook look, long[] guilds, ParallelOptions options)
    {
        Dictionary<string, IndexRow> rows = [];
        var next = 0;
        Parallel.Invoke(options, [ReadBoth, .. Enumerable.Repeat(ReadStamps, Workers - 1)]);
        return rows;

        void ReadBoth()
        {
            rows = ReadRows(file, look.Place);
            ReadStamps();
        }

        void ReadStamps()
        {
            var stamps = new RunStampReader(look.Root);
            for (var from = TakeNext(); from < guilds.Length; from = TakeNext())
            {
                look.Cancellation.ThrowIfCancellationRequested();
                for (var i = from; i < Math.Min(from + StampsAtOnce, guilds.Length); i++)
                {
                    guilds[i] = stamps.ReadGuild(look.Ids[i]);
                }
            }
        }

        int TakeNext() => Interlocked.Add(ref next, StampsAtOnce) - StampsAtOnce;
    }

    private static Dictionary<string, IndexRow> ReadRows(IndexFile file, RunPlace place)
    {
        try
        {
            return file.ReadRows(place);
        }
        catch (Exception error) when (IndexFile.IsTrouble(error))
        {
            file.Note(error);
            return [];
        }
    }

    // What is no database, or a damaged one, is of no use to anybody, so that it is made anew.
    private IndexFile? TryOpen(string path)
    {
        try
        {
            return IndexFile.Open(path, home.Path);
        }
        catch (Exception error) when (IndexFile.IsDamage(error) && IndexFile.TryDelete(path))
        {
            return TryOpenNew(path);
        }
        catch (Exception error) when (IndexFile.IsTrouble(error))
        {
            return null;
        }
    }

    private IndexFile? TryOpenNew(string path)
    {
        try
        {
            return IndexFile.Open(path, home.Path);
        }
        catch (Exception error) when (IndexFile.IsTrouble(error))
        {
            return null;
        }
    }
}
