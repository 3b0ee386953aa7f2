using Guild.Engine.Execution;
using Guild.Engine.Operations;
using Guild.Engine.Runs;

namespace Guild.Engine.Search.Batches;

/// <summary>One start of a batch: runs the trials that are left, several at a time, each on a thread of its own.</summary>
internal sealed class BatchWork : IDisposable
{
    private readonly BatchRecord _record;
    private readonly TrialRecipe _recipe;
    private readonly TrialMaker _maker;
    private readonly OperationRunner _runner;
    private readonly EngineContext _context;
    private readonly BatchStopping _stopping;
    private readonly IEventSink _events;
    private readonly RunOptions _options;
    private readonly BatchLog _log;
    private readonly BatchProgress _progress;
    private readonly DevicePool _devices;
    private readonly Lock _gate = new();
    private readonly EarlyStopWatch? _watch;
    private TrialQueue? _queue;
    private bool _hasValue;
    private bool _isWarned;
    private Exception? _error;

    public BatchWork(BatchRecord record, IReadOnlyDictionary<string, string> secrets, EngineContext context, RunOptions options, BatchStopping stopping, IEventSink events)
    {
        _record = record;
        _context = context;
        _options = options;
        _stopping = stopping;
        _events = events;
        _runner = new OperationRunner(context);
        _recipe = new TrialRecipe(record.Prototype, record.Settings, secrets, context);
        _maker = new TrialMaker(record.Batch.Directory, _recipe, context);
        _devices = new DevicePool(record.Settings.Devices);
        _log = new BatchLog(record.Batch.Directory, record.Prototype.FullName, context.Time);
        _progress = new BatchProgress(record.Batch.Id, record.Prototype.FullName, record.Objective, events, context.Time);
        _watch = record.Settings.EarlyStop == EarlyStopRule.None || record.StagesTrials ? null : new EarlyStopWatch(record.Settings.EarlyStop, record.Objective, record.Column);
    }

    public BatchProgress Progress => _progress;

    /// <summary>The exit status that the batch ends with, if its trials decide it; null if it ends well.</summary>
    public int? ExitStatus { get; private set; }

    /// <summary>Why the batch ended before all trials were made; null if it did not.</summary>
    public string? EndedBecause { get; private set; }

    public void Dispose()
    {
        _watch?.Dispose();
        _log.Dispose();
    }

    /// <summary>Runs all that is left.</summary>
    public void Run()
    {
        TakeStock();
        var threads = _record.Settings.ThrottleLimit;
        threads = (int)Math.Clamp(_queue!.Total - _progress.Done, 1, _devices.Count > 0 ? Math.Min(threads, _devices.Count) : threads);
        var others = Enumerable.Range(1, threads - 1).Select(number => new Thread(Work) { IsBackground = true, Name = $"Guild trials {number}" }).ToList();
        others.ForEach(thread => thread.Start());
        Work();
        others.ForEach(thread => thread.Join());
        _progress.Report(_queue.Total, isCompleted: true);
        if (_error is { } error)
        {
            throw error is GuildException or OperationCanceledException ? error : new InvalidOperationException($"A trial could not be carried out: {error.Message}", error);
        }

        if (_stopping.IsAsked)
        {
            _log.Stopping();
        }
    }

    // Reads what there is, once.
    private void TakeStock()
    {
        var found = new FoundTrials(_record.Batch.Directory, _record.Source, _context.Home, _context.Time) { LooksIntoTrash = _recipe.DeletesTrials }.Look(_stopping.Any);
        _queue = new TrialQueue(_record.Source, found, _record.StagesTrials);
        PriorTrials.Tell(_record, _queue, _context);
        foreach (var trial in found)
        {
            var value = ValueOf(trial.Directory, trial.End);
            _hasValue |= value is not null;
            if (!_record.Source.IsGrid)
            {
                _queue.Tell(trial.Number, TrialQueue.FlagsOf(trial), trial.End is null ? TrialOutcome.Pending : OutcomeOf(trial.End.Value, value));
            }

            if (trial.IsBusy)
            {
                _log.Skipping(trial.Directory.Id, "running");
            }

            if (trial.End is not null || trial.IsBusy || (trial.IsStaged && _record.StagesTrials))
            {
                _progress.Found(trial, value);
                _watch?.Learn(trial.Directory);
            }
        }
    }

    private void Work()
    {
        try
        {
            while (Next() is { } job)
            {
                Do(job);
            }
        }
        catch (OperationCanceledException) when (_stopping.Any.IsCancellationRequested)
        {
            // How the batch ended is said once, at its end.
        }
        catch (Exception error)
        {
            lock (_gate)
            {
                _error ??= error;
            }

            _stopping.End();
        }
    }

    private TrialJob? Next()
    {
        lock (_gate)
        {
            return _stopping.Any.IsCancellationRequested || _error is not null || EndedBecause is not null ? null : _queue!.Next();
        }
    }

    private void Do(TrialJob job)
    {
        var flags = job.Found is null ? _recipe.Completion.Of(job.Suggested) : job.Suggested;
        var directory = job.Found?.Directory ?? _maker.Make(job.Number, flags, _stopping.Any);
        if (job.Found is not null && !TryClaim(job.Found))
        {
            return;
        }

        // A staged trial has the devices of whoever starts it.
        var devices = _record.StagesTrials ? null : _devices.Take();
        try
        {
            var program = _recipe.ProgramOf(directory, flags, devices?.Devices);
            program = program with { Plan = program.Plan with { IsNew = job.Found is null } };
            if (_record.StagesTrials)
            {
                Stage(job, directory, flags, program);
            }
            else
            {
                Run(job, directory, flags, program);
            }
        }
        finally
        {
            _devices.Return(devices);
        }
    }

    private bool TryClaim(FoundTrial found)
    {
        try
        {
            RunClaim.Take(found.Directory, _context.Time);
            return true;
        }
        catch (RunStateException)
        {
            _log.Skipping(found.Directory.Id, "running");
            return false;
        }
    }

    private void Stage(TrialJob job, RunDirectory directory, IReadOnlyDictionary<string, object?> flags, TrialProgram program)
    {
        _log.Staging(directory.Id, flags);
        Begin(job, directory, flags, isStaged: true);
        var run = _runner.RunTrial(directory, program, _options with { StagesOnly = true, InheritsInput = false }, _events, _stopping.Interrupt);
        if (run.Fault is { } fault)
        {
            End(job, directory, flags, TrialEnd.Failed, null, fault);
            return;
        }

        lock (_gate)
        {
            _queue!.Tell(job.Number, flags, TrialOutcome.Failed);
        }

        _progress.StagedOne(_queue.Total);
    }

    private void Run(TrialJob job, RunDirectory directory, IReadOnlyDictionary<string, object?> flags, TrialProgram program)
    {
        _log.Running(directory.Id, flags);
        Begin(job, directory, flags, isStaged: false);
        using var control = new TrialControl(directory, new TrialRecord(_record.Batch.Id, job.Number));
        using var terminate = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Terminate, control.Terminate);
        using var timeout = _record.Settings.TrialTimeout is { } limit
            ? _context.Time.CreateTimer(_ => control.EndBefore(TrialEnd.TimedOut, RunNotes.TookTooLong("trial", limit)), null, limit, Timeout.InfiniteTimeSpan)
            : null;
        _watch?.Add(control);
        TrialRun run;
        try
        {
            run = _runner.RunTrial(directory, program, _options with { InheritsInput = false, Terminate = terminate.Token, Kill = _stopping.Kill, Patience = _stopping.Patience }, _events, _stopping.Interrupt);
        }
        finally
        {
            _watch?.Remove(control);
        }

        var end = EndOf(run, control);
        control.Complete(end);
        End(job, directory, flags, end, run.Outcome?.ExitStatus, run.Fault);
    }

    private TrialEnd EndOf(TrialRun run, TrialControl control) => run switch
    {
        { Fault: not null } => TrialEnd.Failed,
        { Outcome.ExitStatus: 0 } when run.Outcome.StopRequest == StopStep.None => TrialEnd.Completed,
        _ when control.End is { } end && (run.Outcome is null || run.Outcome.StopRequest != StopStep.None) => end,
        { Outcome: null } => TrialEnd.Interrupted,
        _ when run.Outcome.StopRequest != StopStep.None && _stopping.Any.IsCancellationRequested => TrialEnd.Interrupted,
        { Outcome.ExitStatus: 0 } => TrialEnd.Completed,
        { Outcome.ExitStatus: -Posix.SigTerm or -Posix.SigInt } => TrialEnd.Terminated,
        _ => TrialEnd.Failed,
    };

    private void Begin(TrialJob job, RunDirectory directory, IReadOnlyDictionary<string, object?> flags, bool isStaged)
    {
        var output = new FileInfo(directory.OutputPath);
        _events.Report(new TrialStartedEvent(_record.Batch.Id, directory.Id, job.Number + 1, flags, directory.Path) { IsStaged = isStaged, OutputStart = output.Exists ? output.Length : 0, BatchOutputEnd = _log.Length });
        _progress.Began(_queue!.Total);
    }

    private void End(TrialJob job, RunDirectory directory, IReadOnlyDictionary<string, object?> flags, TrialEnd end, int? exitStatus, GuildException? fault)
    {
        var value = ValueOf(directory, end);
        _watch?.Learn(directory);
        Say(directory, end, exitStatus, fault);
        _events.Report(new TrialEndedEvent(_record.Batch.Id, directory.Id, job.Number + 1) { End = end, ExitCode = exitStatus, Value = value, Fault = fault, BatchOutputEnd = _log.Length });
        lock (_gate)
        {
            _queue!.Tell(job.Number, flags, end == TrialEnd.Interrupted ? TrialOutcome.Pending : OutcomeOf(end, value));
            _progress.Ended(end, directory, value, _queue.Total);
            Consider(directory, end, exitStatus, value);
        }
    }

    private void Say(RunDirectory directory, TrialEnd end, int? exitStatus, GuildException? fault)
    {
        switch (end)
        {
            case TrialEnd.Failed:
                _log.Failed(directory.Id, exitStatus ?? 1, fault);
                break;
            case TrialEnd.Terminated or TrialEnd.TimedOut or TrialEnd.StoppedEarly:
                _log.Terminated(directory.Id);
                break;
            default:
                break;
        }
    }

    // What one trial came to can end the batch; those that run then are left to end by themselves.
    private void Consider(RunDirectory directory, TrialEnd end, int? exitStatus, double? value)
    {
        _hasValue |= value is not null;
        if (end == TrialEnd.Completed && !_hasValue && !_isWarned && (_record.Settings.HasObjective || _record.Settings.EarlyStop != EarlyStopRule.None || _record.Source.Algorithm.IsSequential))
        {
            _isWarned = true;
            _events.Report(new WarningEvent($"The first trial that completed has no scalar '{_record.Objective.Column}', which the search is to {(_record.Objective.IsMaximized ? "maximize" : "minimize")}. {ObjectiveColumn.Written(directory.Path, _record.Objective.Column)} Name one that the operation writes with -Minimize or -Maximize."));
        }

        if (end is not (TrialEnd.Failed or TrialEnd.Terminated) || EndedBecause is not null)
        {
            return;
        }

        if (_record.StopsOnError && end == TrialEnd.Failed)
        {
            EndedBecause = "A trial failed, and the batch stops at errors.";
            _log.StoppingForError();
        }
        else if (_progress.Failed > _record.Settings.MaxFailures)
        {
            EndedBecause = _record.Settings.MaxFailures == 1 ? "More than 1 trial failed." : $"More than {_record.Settings.MaxFailures} trials failed.";
            _log.StoppingForError();
        }

        ExitStatus = EndedBecause is null ? null : exitStatus is null or 0 ? 1 : exitStatus;
    }

    private double? ValueOf(RunDirectory trial, TrialEnd? end) =>
        end is TrialEnd.Completed or TrialEnd.TimedOut or TrialEnd.StoppedEarly ? ObjectiveColumn.Read(trial.Path, _record.Column) : null;

    private TrialOutcome OutcomeOf(TrialEnd end, double? value) =>
        end is TrialEnd.Failed or TrialEnd.Terminated ? TrialOutcome.Failed : TrialOutcome.Of(_record.Objective.IsMaximized ? -value : value);
}
