using Guild.Engine.Execution;
using Guild.Engine.Operations;
using Guild.Engine.Pipelines;
using Guild.Engine.Runs;

namespace Guild.Engine.Search.Batches;

/// <summary>Carries out batches: makes the run of the batch and, from its record, the trials.</summary>
public sealed class BatchRunner(EngineContext context)
{
    // What Python says when an optimizer of the project asks for Guild AI.
    private const string MissingPackage = "No module named 'guild";

    private readonly RunStore _store = new(context.Home);

    /// <summary>Makes a batch and runs its trials.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="options">How it is carried out; <see cref="RunOptions.StagesOnly"/> leaves the batch itself staged.</param>
    /// <param name="events">What is told of it.</param>
    /// <param name="stop">Cancelled to stop politely: the trials that run are ended, and the batch is terminated.</param>
    /// <exception cref="GuildException">The batch could not be made; nothing is left of it.</exception>
    /// <exception cref="OperationCanceledException">Stopped before there was a batch.</exception>
    public BatchResult Run(BatchPlan plan, RunOptions options, IEventSink events, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(events);
        var directory = Stage(plan, options, events, stop);
        if (options.StagesOnly)
        {
            return LeaveStaged(directory);
        }

        if (plan.Optimizer.Operation is not null)
        {
            return OfProgram(plan, new OperationRunner(context).TakeOver(_store.TryRead(directory)!, options with { InheritsInput = false }, events, stop));
        }

        return CarryOut(directory, SecretsOf(plan, directory), options, events, stop);
    }

    /// <summary>Makes a batch and leaves its trials to a supervisor that outlives this process.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="options">How it is carried out.</param>
    /// <param name="supervisor">The program that carries it out.</param>
    /// <param name="events">What is told of it.</param>
    /// <param name="stop">Ends it before it is given away.</param>
    /// <returns>The batch, which is about to begin; or what went wrong.</returns>
    /// <exception cref="GuildException">The batch could not be made; nothing is left of it.</exception>
    public BatchResult Detach(BatchPlan plan, RunOptions options, SupervisorProgram supervisor, IEventSink events, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(supervisor);
        ArgumentNullException.ThrowIfNull(events);
        var directory = Stage(plan, options, events, stop);
        LeaveStaged(directory);
        RunClaim.Take(directory, context.Time, expected: RunStatus.Staged);
        var given = new OperationRunner(context).GiveAway(directory, SecretsOf(plan, directory), options, supervisor, events, stop);
        return new BatchResult(directory, given.Fault) { SupervisorId = given.SupervisorId };
    }

    /// <summary>Goes on with a batch that is there: staged, interrupted, or ended. Trials that have ended are kept; what was lost runs again.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="options">How it is carried out.</param>
    /// <param name="events">What is told of it.</param>
    /// <param name="stop">Cancelled to stop politely.</param>
    /// <exception cref="RunStateException">The batch is running, or is none that can be carried out here; it stays as it is.</exception>
    /// <exception cref="FlagException">A secret that its trials need is not given; it stays as it is.</exception>
    public BatchResult Restart(Run batch, RunOptions options, IEventSink events, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(events);
        _ = BatchRecord.Read(batch, _store);
        var secrets = SecretsOf(batch, options);
        RunClaim.Take(batch.Directory, context.Time, expected: batch.Status == RunStatus.Staged ? RunStatus.Staged : null);
        ReleaseTrials(batch);
        events.Report(new RunStagedEvent(batch.Id, batch.Directory.Path) { OutputStart = File.Exists(batch.Directory.OutputPath) ? new FileInfo(batch.Directory.OutputPath).Length : 0 });
        return CarryOut(batch.Directory, secrets, options, events, stop);
    }

    /// <summary>True if the run is a batch that is carried out here rather than by a program of its own.</summary>
    public static bool CanCarryOut(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.IsBatch
            && run.OpRef is { PackageType: OpRef.BuiltinType, PackageName: "guildai" } opRef
            && (opRef.OperationName == "+" || OptimizerAlgorithms.TryFind(opRef.OperationName) is not null);
    }

    /// <summary>A batch that has made its trials and left them staged, as it was to, runs them when it is started again.</summary>
    internal static void ReleaseTrials(Run batch)
    {
        if (batch.Status == RunStatus.Completed && batch.Directory.ReadAttribute(BatchRecord.StagesTrialsAttribute) is true)
        {
            batch.Directory.DeleteAttribute(BatchRecord.StagesTrialsAttribute);
        }
    }

    /// <summary>The environment variables that hold the secrets of a batch's trials.</summary>
    internal IReadOnlyDictionary<string, string> SecretsOf(Run batch, RunOptions options) =>
        BatchRecord.PrototypeOf(batch, _store) is { } prototype ? RecordedSecrets.Variables(prototype, options.Secrets, context.Environment) : new Dictionary<string, string>();

    /// <summary>Goes on with a batch that this process has claimed.</summary>
    internal BatchResult CarryOut(RunDirectory directory, IReadOnlyDictionary<string, string> secrets, RunOptions options, IEventSink events, CancellationToken stop)
    {
        var marks = new RunMarks(directory, context.Time);
        using var stopping = new BatchStopping(directory, options, context.Time, stop);
        BatchWork? work = null;
        try
        {
            // What nobody has a way to go on with is not begun.
            var batch = _store.TryRead(directory) ?? throw new RunStateException(directory.Id, $"The record of batch '{directory.Id}' is gone from '{directory.Path}'.", "Run the operation again.");
            var record = BatchRecord.Read(batch, _store);
            marks.Begin();
            marks.StandIn();
            using var life = marks.KeepRenewed();
            stopping.Limit(record.Settings.Timeout, context.Time);
            _store.SweepStaging();
            work = new BatchWork(record, secrets, context, options, stopping, events);
            work.Run();
            return End(record, marks, work, stopping, events);
        }
        catch (OperationCanceledException) when (stopping.Any.IsCancellationRequested)
        {
            marks.End(stopping.ExitStatus ?? 0, []);
            return new BatchResult(directory, null) { ExitStatus = stopping.ExitStatus ?? 0 };
        }
        catch (GuildException fault)
        {
            return Fail(directory, work, fault);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var fault = new HomeException(
                directory.Path,
                $"The batch '{directory.Id}' cannot be carried out, because its folder cannot be written: {error.Message}",
                "See that the disk has room and that you may write to the folder. Then go on with Restart-GuildRun (guild run --restart).",
                error);
            return Fail(directory, work, fault);
        }
        catch (Exception unforeseen)
        {
            Fail(directory, work, new RunStateException(directory.Id, $"The batch was not carried out, because of an error of Guild itself: {unforeseen.Message}"));
            throw;
        }
        finally
        {
            work?.Dispose();
        }
    }

    private BatchResult End(BatchRecord record, RunMarks marks, BatchWork work, BatchStopping stopping, IEventSink events)
    {
        var because = work.EndedBecause
            ?? (stopping.IsTimeUp ? $"The time limit of the search, {record.Settings.Timeout}, has passed." : null)
            ?? (stopping.IsAsked ? "The batch was stopped." : null);
        var status = stopping.ExitStatus ?? work.ExitStatus ?? 0;
        var directory = record.Batch.Directory;
        marks.End(status, because is null || stopping.IsAsked ? [] : [because]);
        var result = Result(directory, work) with { ExitStatus = status, EndedBecause = because };
        if (record.DeletesOnSuccess && status == 0 && because is null && _store.TryRead(directory.Id) is { } batch)
        {
            work.Dispose();
            _store.Delete(batch);
            events.Report(new DetailEvent($"Batch {batch.ShortId} ended well and was moved to the trash; its trials stay. KeepBatch (--keep-batch) keeps it."));
            return result with { IsDeleted = true };
        }

        return result;
    }

    private BatchResult Fail(RunDirectory directory, BatchWork? work, GuildException fault)
    {
        RunFault.Record(directory, fault, context.Time);
        new RunMarks(directory, context.Time).Abandon();
        return Result(directory, work) with { Fault = fault };
    }

    private static BatchResult Result(RunDirectory directory, BatchWork? work) => new(directory, null)
    {
        Completed = work?.Progress.Completed ?? 0,
        Failed = work?.Progress.Failed ?? 0,
        Staged = work?.Progress.Staged ?? 0,
        Best = work?.Progress.Best,
        BestTrialId = work?.Progress.BestTrialId,
    };

    private BatchResult OfProgram(BatchPlan plan, RunResult result)
    {
        var status = (int?)(result.Directory.ReadAttribute(RunMarks.ExitStatusAttribute) as long?);
        var isMissing = result.Fault is null && status > 0 && File.Exists(result.Directory.OutputPath) && OutputReader.Read(result.Directory).Any(line => line.Text.Contains(MissingPackage, StringComparison.Ordinal));
        var fault = isMissing
            ? new ProgramException(
                "guild",
                $"The optimizer '{plan.Optimizer.Name}' needs the Python package of Guild AI, which is not installed where its Python looks.",
                $"Install it with 'pip install guildai', or use an optimizer that is built in: {string.Join(", ", OptimizerAlgorithms.All.Select(algorithm => algorithm.Name))}.")
            : result.Fault;
        var trials = BatchTrials.Ids(result.Directory).Select(id => _store.TryRead(id)?.Status).ToList();
        return new BatchResult(result.Directory, fault)
        {
            ExitStatus = status,
            Completed = trials.Count(trial => trial == RunStatus.Completed),
            Failed = trials.Count(trial => trial is RunStatus.Error or RunStatus.Terminated),
            Staged = trials.Count(trial => trial == RunStatus.Staged),
        };
    }

    private RunDirectory Stage(BatchPlan plan, RunOptions options, IEventSink events, CancellationToken stop)
    {
        using var anyStop = CancellationTokenSource.CreateLinkedTokenSource(stop, options.Terminate, options.Kill);
        var there = plan.Prototype.Request.Pipeline.IsNeededOnly ? NeededTrials.Of(plan, new NeededRuns(context, anyStop.Token), context, anyStop.Token) : [];
        var directory = new BatchStager(context).Stage(plan, events, anyStop.Token);
        NeededTrials.Link(directory, there);
        if (plan.Optimizer.Operation is null || options.StagesOnly)
        {
            events.Report(new RunStagedEvent(directory.Id, directory.Path));
        }

        return directory;
    }

    private BatchResult LeaveStaged(RunDirectory directory)
    {
        directory.WriteAttribute(RunMarks.StartedAttribute, new RunClock(context.Time).Next());
        RunDirectory.WriteNew(directory.StagedPath, []);
        File.Delete(directory.PendingPath);
        File.Delete(directory.ProcessPath);
        return new BatchResult(directory, null);
    }

    // What the trials need and no record has.
    private Dictionary<string, string> SecretsOf(BatchPlan plan, RunDirectory directory)
    {
        var prototype = new RunDirectory(directory.PrototypePath);
        return OperationRunner.Withheld(plan.Prototype, prototype, EnvironmentBuilder.ForRun(plan.Prototype, prototype.Path, prototype.Id, context));
    }
}
