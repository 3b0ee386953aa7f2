using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;
using Guild.Engine.Resources;
using Guild.Engine.Runs;
using Guild.Engine.Search.Batches;

namespace Guild.Engine.Pipelines;

/// <summary>
/// Tells whether planned runs are needed: not if a completed run has the same operation, flags, source code and resources, and took its files of the same runs. The
/// runs of the home are listed once, by their index, and the source code is read once for all that are asked for.
/// </summary>
public sealed class NeededRuns
{
    // Of very many runs that differ only in what takes a look at the disk, the newest tell enough.
    private const int MostCompared = 25;

    private static readonly HashSet<string> NoRuns = [];

    private readonly EngineContext _context;
    private readonly CancellationToken _cancellation;
    private PlannedSources _sources;
    private RecordedInputs _inputs;
    private readonly Lock _lock = new();
    private Dictionary<string, List<Run>>? _byOperation;
    private Dictionary<string, Run>? _byId;
    private UserConfiguration? _configuration;
    private readonly Dictionary<string, Dictionary<string, List<Run>>> _byFlags = new(StringComparer.Ordinal);

    /// <summary>Makes a check of the runs as they are when the first is asked for.</summary>
    /// <param name="context">The surroundings.</param>
    /// <param name="cancellation">Ends the look.</param>
    public NeededRuns(EngineContext context, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        _context = context;
        _cancellation = cancellation;
        _sources = new PlannedSources(context, cancellation);
        _inputs = new RecordedInputs(context, cancellation);
    }

    /// <summary>The runs of the home by their ids, as they were when they were listed.</summary>
    internal IReadOnlyDictionary<string, Run> Known
    {
        get
        {
            lock (_lock)
            {
                _ = RunsOf("");
                return _byId!;
            }
        }
    }

    /// <summary>The user's configuration, read once.</summary>
    internal UserConfiguration Configuration => _configuration ??= UserConfiguration.Read(_context);

    /// <summary>Looks whether a run is needed.</summary>
    /// <param name="plan">The plan of the run; not of a pipeline, whose steps are asked for one by one.</param>
    public NeededResult Of(RunPlan plan) => Of(plan, NoRuns);

    /// <summary>Looks whether a run is needed though some runs count as not there.</summary>
    internal NeededResult Of(RunPlan plan, IReadOnlySet<string> except)
    {
        ArgumentNullException.ThrowIfNull(plan);
        lock (_lock)
        {
            var key = KeyOf(plan);
            if (RunsOf(key) is not { Count: > 0 } runs)
            {
                return new NeededResult(NeededReason.New, null, null);
            }

            var upstream = UpstreamOf(plan);
            var alike = Alike(key, runs, upstream).GetValueOrDefault(FlagSignature.Of(plan.RecordedFlags, upstream)) ?? [];
            NeededResult? nearest = null;
            foreach (var run in alike.Where(run => !except.Contains(run.Id)).Take(MostCompared))
            {
                var result = Compare(plan, run, upstream);
                if (!result.IsNeeded)
                {
                    return result;
                }

                nearest ??= result;
            }

            return nearest ?? new NeededResult(NeededReason.FlagChanged, DifferenceOf(runs[0], plan, upstream), runs[0]);
        }
    }

    /// <summary>Looks whether a batch is needed: not if there is one with the same values to try, whose trials are as they would be now.</summary>
    /// <param name="plan">The plan of the batch.</param>
    public NeededResult Of(BatchPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        lock (_lock)
        {
            var prototype = plan.Prototype;
            _ = RunsOf(KeyOf(prototype));
            var upstream = UpstreamOf(prototype);
            var batches = _byId!.Values
                .Where(run => run is { IsBatch: true, Status: RunStatus.Completed } && run.FullName == plan.FullName)
                .OrderByDescending(run => run.Started)
                .ToList();
            var alike = batches.Where(run => FlagSignature.Of(run.ProtoFlags, upstream) == FlagSignature.Of(prototype.RecordedFlags, upstream)).ToList();
            NeededResult? nearest = null;
            foreach (var batch in alike.Take(MostCompared))
            {
                var trials = BatchTrials.Ids(batch.Directory).Select(id => _byId.GetValueOrDefault(id)).ToList();
                var changed = trials.Select(trial => trial is { Status: RunStatus.Completed } && KeyOf(trial) == KeyOf(prototype) ? CompareInputs(prototype, trial, upstream) : new NeededResult(NeededReason.Unknown, "trials", batch))
                    .FirstOrDefault(result => result.IsNeeded);
                if (changed is null && trials.Count > 0)
                {
                    return new NeededResult(NeededReason.UpToDate, null, batch);
                }

                nearest ??= (changed ?? new NeededResult(NeededReason.Unknown, "trials", batch)) with { Run = batch };
            }

            return nearest ?? (batches.Count == 0 ? new NeededResult(NeededReason.New, null, null) : new NeededResult(NeededReason.FlagChanged, null, batches[0]));
        }
    }

    /// <summary>Takes a run into account that has ended since the runs were listed.</summary>
    internal void Add(Run run)
    {
        lock (_lock)
        {
            // Its program may have written anywhere, also into source code and files that others take.
            _sources = new PlannedSources(_context, _cancellation);
            _inputs = new RecordedInputs(_context, _cancellation);
            if (_byOperation is null)
            {
                return;
            }

            _byId![run.Id] = run;
            if (run.Status == RunStatus.Completed)
            {
                Group(_byOperation, KeyOf(run)).Insert(0, run);
                _byFlags.Clear();
            }
        }
    }

    private NeededResult Compare(RunPlan plan, Run run, HashSet<string> upstream)
    {
        var result = CompareInputs(plan, run, upstream);
        return result.IsNeeded || CommandShape.AreSame(plan.Command.Arguments, run.Command, _context)
            ? result
            : new NeededResult(NeededReason.SourceChanged, "command", run);
    }

    private NeededResult CompareInputs(RunPlan plan, Run run, HashSet<string> upstream)
    {
        if (_sources.DigestOf(plan) != run.SourceCodeDigest)
        {
            return new NeededResult(NeededReason.SourceChanged, null, run);
        }

        if (upstream.FirstOrDefault(name => IsOtherRun(plan, run, name)) is { } changed)
        {
            return new NeededResult(NeededReason.UpstreamChanged, changed, run);
        }

        return _inputs.Changed(plan, run) is { } resource
            ? new NeededResult(NeededReason.ResourceChanged, resource, run)
            : new NeededResult(NeededReason.UpToDate, null, run);
    }

    // The same run has other files if it was started again since they were taken.
    private bool IsOtherRun(RunPlan plan, Run run, string name)
    {
        var taken = run.Flags.GetValueOrDefault(name) as string;
        return plan.OperationRuns.TryGetValue(name, out var wanted)
            ? taken != wanted || (_byId!.GetValueOrDefault(wanted) is { Stopped: { } stopped } && run.Started < stopped)
            : taken is not null;
    }

    private static HashSet<string> UpstreamOf(RunPlan plan)
    {
        var names = plan.OperationRuns.Keys.ToHashSet(StringComparer.Ordinal);
        foreach (var resource in plan.Resources)
        {
            foreach (var source in resource.Definition.Sources)
            {
                if (source.Kind == SourceKind.Operation)
                {
                    names.Add(ResourceNames.Key(source));
                }
            }
        }

        return names;
    }

    private Dictionary<string, List<Run>> Alike(string key, List<Run> runs, HashSet<string> upstream)
    {
        var name = upstream.Count == 0 ? key : $"{key}\n{string.Join('\n', upstream.Order(StringComparer.Ordinal))}";
        if (!_byFlags.TryGetValue(name, out var found))
        {
            _byFlags[name] = found = new(StringComparer.Ordinal);
            foreach (var run in runs)
            {
                Group(found, FlagSignature.Of(run.Flags, upstream)).Add(run);
            }
        }

        return found;
    }

    private static string? DifferenceOf(Run run, RunPlan plan, HashSet<string> upstream)
    {
        var secrets = plan.Flags.SecretVariables;
        var changes = plan.RecordedFlags.Keys.Union(run.Flags.Keys, StringComparer.Ordinal)
            .Where(name => !upstream.Contains(name) && !secrets.ContainsKey(name) && !FlagValues.AreEqual(plan.RecordedFlags.GetValueOrDefault(name), run.Flags.GetValueOrDefault(name)))
            .Order(StringComparer.Ordinal)
            .Select(name => $"{name}: {Text(run.Flags.GetValueOrDefault(name))} → {Text(plan.RecordedFlags.GetValueOrDefault(name))}");
        return string.Join(", ", changes) is { Length: > 0 } text ? text : null;
    }

    private static string Text(object? value) => value is null ? "(none)" : FlagGrammar.Encode(value);

    private List<Run>? RunsOf(string key)
    {
        if (_byOperation is null)
        {
            _byOperation = new(StringComparer.Ordinal);
            _byId = new(StringComparer.Ordinal);
            foreach (var run in _context.Runs.List(cancellation: _cancellation))
            {
                _byId[run.Id] = run;
                if (run.Status == RunStatus.Completed && !run.IsBatch)
                {
                    Group(_byOperation, KeyOf(run)).Add(run);
                }
            }
        }

        return _byOperation.GetValueOrDefault(key);
    }

    private static List<Run> Group(Dictionary<string, List<Run>> groups, string key)
    {
        if (!groups.TryGetValue(key, out var group))
        {
            groups[key] = group = [];
        }

        return group;
    }

    // Of a project it is the folder that counts: its Guild file has another digest after each change.
    private static string KeyOf(RunPlan plan) => KeyOf(plan.OpRef, plan.Request.Project.Directory);

    private static string KeyOf(Run run) => KeyOf(run.OpRef, run.ProjectPath);

    private static string KeyOf(OpRef opRef, string? projectPath) => opRef.PackageType is OpRef.GuildFileType or OpRef.ScriptType && projectPath is not null
        ? $"{Path.TrimEndingDirectorySeparator(projectPath)}|{opRef.ModelName}|{opRef.OperationName}"
        : $"{opRef.PackageName}/{opRef.ModelName}|{opRef.OperationName}";
}
