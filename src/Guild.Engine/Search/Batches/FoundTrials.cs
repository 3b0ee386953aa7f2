using Guild.Engine.Execution;
using Guild.Engine.Flags;
using Guild.Engine.Runs;

namespace Guild.Engine.Search.Batches;

/// <summary>A trial that a batch has already.</summary>
/// <param name="Directory">Its directory.</param>
/// <param name="Number">Its place in the batch, from 0.</param>
internal sealed record FoundTrial(RunDirectory Directory, int Number)
{
    /// <summary>How it ended; null if it is to be run.</summary>
    public TrialEnd? End { get; init; }

    /// <summary>True if it waits to be started.</summary>
    public bool IsStaged { get; init; }

    /// <summary>True if another process has it just now, which this one leaves alone.</summary>
    public bool IsBusy { get; init; }
}

/// <summary>Looks at each trial of a batch once, when the batch begins or goes on.</summary>
/// <param name="batch">The batch.</param>
/// <param name="source">What its trials are chosen from.</param>
/// <param name="home">The home.</param>
/// <param name="time">The clock.</param>
internal sealed class FoundTrials(RunDirectory batch, TrialSource source, GuildHome home, TimeProvider time)
{
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(5);

    /// <summary>True if trials that end well go to the trash, where they count as done.</summary>
    public bool LooksIntoTrash { get; init; }

    private readonly RunReader _reader = new(new RunStateReader(ProcessLiveness.OfThisHost, time));

    /// <summary>The trials by their numbers. Links that lead nowhere are taken away; what a killed batch left running is ended.</summary>
    public IReadOnlyList<FoundTrial> Look(CancellationToken stop)
    {
        var numbered = new SortedDictionary<int, FoundTrial>();
        var foreign = new List<RunDirectory>();
        var there = NeededTrials.Read(batch);
        foreach (var id in BatchTrials.Ids(batch).ToList())
        {
            stop.ThrowIfCancellationRequested();
            var directory = BatchTrials.DirectoryOf(batch, id, home);
            if (LooksIntoTrash && !directory.HasOpRef)
            {
                directory = new RunDirectory(Path.Join(home.TrashDirectory, id));
            }

            if (!directory.HasOpRef)
            {
                // Whoever made it was killed before it was there, or somebody has deleted it.
                BatchTrials.Unlink(batch, id);
            }
            else if (there.TryGetValue(id, out var place))
            {
                // It belongs to whoever made it: one that was started again since is not ours to run, and the batch makes another.
                if (Look(directory, new TrialRecord(batch.Id, place), isOwn: false) is not { End: TrialEnd.Completed } known || !numbered.TryAdd(place, known))
                {
                    BatchTrials.Unlink(batch, id);
                }
            }
            else if (TrialRecord.Read(directory) is not { } record || !numbered.TryAdd(record.Number, Look(directory, record)))
            {
                foreign.Add(directory);
            }
        }

        NumberForeign(numbered, foreign);
        return [.. numbered.Values];
    }

    private FoundTrial Look(RunDirectory directory, TrialRecord record, bool isOwn = true)
    {
        var trial = new FoundTrial(directory, record.Number);
        var state = _reader.ReadState(directory);
        if (state.Status is RunStatus.Running or RunStatus.Pending && IsOfOthers(directory, state.Status))
        {
            return trial with { IsBusy = true };
        }

        if (state.Status == RunStatus.Running && isOwn)
        {
            RunStop.Stop(directory, StopTime, CancellationToken.None);
            return trial;
        }

        var exitStatus = directory.ReadAttribute(RunMarks.ExitStatusAttribute) as long?;
        return state.Status switch
        {
            RunStatus.Staged => trial with { IsStaged = true },
            RunStatus.Completed => trial with { End = record.End is TrialEnd.Failed ? TrialEnd.Completed : record.End ?? TrialEnd.Completed },
            RunStatus.Error when exitStatus > 0 => trial with { End = record.End ?? TrialEnd.Failed },

            // What was not started, or was ended by a signal, was most often lost with the batch; where it was not, the mark says so.
            RunStatus.Error or RunStatus.Terminated when exitStatus is not null || record.End == TrialEnd.Failed => trial with { End = record.End },
            _ => trial,
        };
    }

    // A trial that somebody started by hand is supervised by another process; what a killed batch left has no supervisor.
    private static bool IsOfOthers(RunDirectory directory, RunStatus status) => ProcessRecord.Read(directory.ProcessPath) is { } owner
        ? !string.Equals(owner.Host, Environment.MachineName, StringComparison.OrdinalIgnoreCase)
            || ProcessLiveness.OfThisHost.IsAlive(owner.SupervisorId, owner.SupervisorStart, owner.Boot)
        : status == RunStatus.Running;

    // Guild AI does not number trials. Those of a grid are known by their flags; others are counted in the order of their starts.
    private void NumberForeign(SortedDictionary<int, FoundTrial> numbered, List<RunDirectory> foreign)
    {
        if (foreign.Count == 0)
        {
            return;
        }

        var places = source.IsGrid ? PlacesByFlags(numbered.Keys.ToHashSet()) : [];
        var next = 0;
        foreach (var directory in foreign.OrderBy(directory => RunReader.ReadTimestamp(directory) ?? long.MaxValue))
        {
            var flags = directory.ReadAttribute("flags") as IReadOnlyDictionary<string, object?> ?? new Dictionary<string, object?>();
            if (!places.TryGetValue(KeyOf(flags), out var free) || !free.TryDequeue(out var number))
            {
                while (numbered.ContainsKey(next))
                {
                    next++;
                }

                number = next;
            }

            numbered.TryAdd(number, Look(directory, new TrialRecord(batch.Id, number)));
        }
    }

    private Dictionary<string, Queue<int>> PlacesByFlags(HashSet<int> taken)
    {
        var result = new Dictionary<string, Queue<int>>(StringComparer.Ordinal);
        var optimizer = source.Open().Optimizer;
        while (optimizer.Ask() is { } suggestion)
        {
            if (taken.Contains(suggestion.Number))
            {
                continue;
            }

            var key = KeyOf(suggestion.Flags);
            if (!result.TryGetValue(key, out var numbers))
            {
                result.Add(key, numbers = new Queue<int>());
            }

            numbers.Enqueue(suggestion.Number);
        }

        return result;
    }

    private static string KeyOf(IReadOnlyDictionary<string, object?> flags) => string.Join('\n', flags.OrderBy(flag => flag.Key, StringComparer.Ordinal).Select(flag => $"{flag.Key}={FlagGrammar.Encode(flag.Value)}"));
}
