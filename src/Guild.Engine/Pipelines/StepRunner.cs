using Guild.Engine.Execution;
using Guild.Engine.Operations;
using Guild.Engine.Runs;
using Guild.Engine.Search.Batches;

namespace Guild.Engine.Pipelines;

/// <summary>Carries out single steps of a pipeline: keeps, restarts or makes the run of each, links it, and looks whether what is expected of it holds.</summary>
internal sealed partial class StepRunner(EngineContext context, RunDirectory pipeline, PipelinePlan plan, PipelineOutput output)
{
    private const int Failure = 1;

    // As shells have it: a signal is 128 and its number.
    private const int SignalBase = 128;

    private readonly RunStore _store = new(context.Home);
    private readonly Lazy<NeededRuns> _needed = new(() => new NeededRuns(context));
    private readonly long _initialized = pipeline.ReadAttribute("initialized") as long? ?? 0;

    /// <summary>How the pipeline is carried out.</summary>
    public required RunOptions Options { get; init; }

    /// <summary>What is told of it.</summary>
    public required IEventSink Events { get; init; }

    /// <summary>Cancelled to stop politely.</summary>
    public required CancellationToken Stop { get; init; }

    private PipelineOptions PipelineOptions => plan.Source.Options;

    private bool IsStopped => Stop.IsCancellationRequested || Options.Terminate.IsCancellationRequested || Options.Kill.IsCancellationRequested;

    /// <summary>Carries a step out and waits for its end.</summary>
    /// <param name="step">The step.</param>
    /// <param name="earlier">What came of the steps that it depends on.</param>
    public StepResult Run(PipelineStep step, IReadOnlyList<StepResult> earlier)
    {
        try
        {
            return Checked(step, Carry(step, earlier));
        }
        catch (GuildException fault)
        {
            return NotCarriedOut(fault.Message, fault.RecommendedAction);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return NotCarriedOut(error.Message, "See that the disk has room and that you may write to the Guild home.");
        }
        catch (OperationCanceledException) when (IsStopped)
        {
            return new StepResult(null, Failure);
        }
    }

    private StepResult NotCarriedOut(string problem, string? action)
    {
        output.Write(action is null ? $"guild: {problem}" : $"guild: {problem}\n{action}");
        return new StepResult(null, Failure) { Problem = problem };
    }

    private StepResult Carry(PipelineStep step, IReadOnlyList<StepResult> earlier)
    {
        var existing = Existing(step);
        var asked = Planner.PlanAny(Request(step, earlier), context, Stop);
        if (asked is BatchPlan batch)
        {
            return CarryBatch(step, StepSearches.Kept(batch), earlier, existing);
        }

        var planned = (RunPlan)asked;
        var isFollowed = existing is not null && IsOwn(existing) && !earlier.Any(result => result.IsRunNow) && IsAsPlanned(existing, planned);
        var isMended = new Lazy<bool>(() => IsMended(step, existing!, planned));
        if (isFollowed && existing!.Status == RunStatus.Completed && !IsOlder(existing, earlier) && Holds(step, existing) && !(IsForced(step) && (planned.Pipeline is not null || isMended.Value)))
        {
            output.Log("INFO", $"keeping {step.Definition.Name}: run {existing.Id} is completed");
            return Ended(existing, existing.ExitCode, isRunNow: false);
        }

        if (isFollowed && !IsOlder(existing!, earlier) && !isMended.Value)
        {
            output.Log("INFO", $"restarting {step.Definition.Name}: {existing!.Id}");

            // The source code is the same already, unless it is that of the steps of a pipeline.
            return Do(step, planned, (runner, options, events) => runner.Restart(existing, options with { ForcesSourceCode = planned.Pipeline is not null && IsForced(step) }, events, Stop));
        }

        if (IsNeededOnly(step) && planned.Pipeline is null && _needed.Value.Of(planned) is { IsNeeded: false, Run: { } there } && Holds(step, there))
        {
            output.Log("INFO", $"skipping {step.Definition.Name}: run {there.Id} is as this one would be");
            PipelineLinks.Set(pipeline, step.Name, there.Directory);
            return Ended(there, there.ExitCode, isRunNow: false);
        }

        // The link is there before the run: who is killed between the two finds a link that leads nowhere, and not a run that nobody knows of.
        var id = RunId.New();
        PipelineLinks.Set(pipeline, step.Name, new RunDirectory(Path.Join(context.Home.RunsDirectory, id)));
        output.Log("INFO", $"running {step.Definition.Name}: {StepCommand.Of(step)}");
        var made = planned with { Request = planned.Request with { RunId = id } };
        return Do(step, made, (runner, options, events) => runner.Run(made, options, events, Stop));
    }

    private bool IsForced(PipelineStep step) => PipelineOptions.ForcesSourceCode || step.Definition.ForcesSourceCode;

    private bool IsNeededOnly(PipelineStep step) => PipelineOptions.IsNeededOnly || step.Definition.IsNeededOnly;

    private StepResult Checked(PipelineStep step, StepResult result)
    {
        if (result.ExitStatus != 0 || result.Run is null || StepChecks.Hold(step.Definition.Checks, result.Run.Directory, context.Environment, output.Log))
        {
            return result;
        }

        const string Message = "stopping because a check failed - see above for details";
        output.Write($"guild: {Message}");
        return result with { ExitStatus = StepChecks.FailedStatus, Problem = $"a check failed (run {result.Run.ShortId})." };
    }

    private bool Holds(PipelineStep step, Run run) => StepChecks.Hold(step.Definition.Checks, run.Directory, context.Environment, (_, _) => { });

    private RunRequest Request(PipelineStep step, IReadOnlyList<StepResult> earlier) => StepRequests.Of(
        plan.Source, step, step.Definition.IsIsolated ? [.. earlier.SelectMany(result => result.Offered)] : null) with
    {
        ParentRunId = step.Definition.IsIsolated ? pipeline.Id : null,
    };

    private StepResult Do(PipelineStep step, RunPlan planned, Func<OperationRunner, RunOptions, IEventSink, RunResult> work)
    {
        using var limit = new StepLimit(step, output, Options.Terminate);
        using var slot = planned.Pipeline is null ? Slot() : null;
        var copy = PipelineOptions.ThrottleLimit == 1 ? output.OfStepAlone() : output.OfStep(step.Name);
        var options = Options with { InheritsInput = false, StagesOnly = false, ForcesSourceCode = false, Secrets = [], Limit = null, Terminate = limit.Terminate, Copy = copy.Take };
        var result = work(new OperationRunner(context), options, new StepEvents(Events, output, step.Name, limit.Start, Used(planned)));
        copy.Complete();
        var run = _store.TryRead(result.Directory) ?? _store.TryRead(result.Directory.Id, RunPlace.Trash);
        if (run is not null)
        {
            Remember(run);
        }

        var ended = Ended(run, run?.ExitCode, isRunNow: true);
        return result.Fault is null ? ended : NotCarriedOut(result.Fault.Message, result.Fault.RecommendedAction) with { Run = run, ExitStatus = ended.ExitStatus is 0 ? Failure : ended.ExitStatus };
    }

    private void Remember(Run run)
    {
        if (_needed.IsValueCreated)
        {
            _needed.Value.Add(run);
        }
    }

    private Slot? Slot()
    {
        if (Options.StepSlots is not { } slots)
        {
            return null;
        }

        using var anyStop = CancellationTokenSource.CreateLinkedTokenSource(Stop, Options.Terminate, Options.Kill);
        slots.Wait(anyStop.Token);
        return new Slot(slots);
    }

    private static int StatusOf(int exitCode) => exitCode < 0 ? SignalBase - exitCode : exitCode;

    private StepResult Ended(Run? run, int? exitCode, bool isRunNow) => new(run, exitCode is { } code ? StatusOf(code) : Failure)
    {
        Offered = run is null ? [] : [run.Id, .. Within(run.Directory, [run.Id])],
        IsRunNow = isRunNow,
    };

    // Of a pipeline the runs of its steps are offered too.
    private IEnumerable<string> Within(RunDirectory run, HashSet<string> seen)
    {
        if (!PipelineRecord.IsPipeline(run))
        {
            yield break;
        }

        foreach (var (_, id) in PipelineLinks.All(run).Where(link => seen.Add(link.Value)))
        {
            yield return id;
            foreach (var inner in Within(new RunDirectory(Path.Join(context.Home.RunsDirectory, id)), seen))
            {
                yield return inner;
            }
        }
    }

    private static Dictionary<string, string> Used(RunPlan planned) => planned.Resources
        .Select(resource => (resource.Name, Lines: resource.Definition.Sources
            .Select(Resources.ResourceNames.Key)
            .Where(planned.OperationRuns.ContainsKey)
            .Select(key => $"Using run {planned.OperationRuns[key]} for {key}")
            .ToList()))
        .Where(used => used.Lines.Count > 0)
        .GroupBy(used => used.Name, StringComparer.Ordinal)
        .ToDictionary(used => used.Key, used => string.Join('\n', used.First().Lines), StringComparer.Ordinal);

    // What the link of a step leads to, when it has ended: the program of a run whose supervisor was killed goes on by itself.
    private Run? Existing(PipelineStep step)
    {
        if (PipelineLinks.Target(pipeline, step.Name) is not { } id || _store.TryRead(id) is not { } run)
        {
            return null;
        }

        if (run.Status == RunStatus.Running)
        {
            output.Log("INFO", $"waiting for {step.Definition.Name}, which still runs as {run.Id}");
        }

        using var anyStop = CancellationTokenSource.CreateLinkedTokenSource(Stop, Options.Terminate, Options.Kill);
        while (run is { Status: RunStatus.Running })
        {
            anyStop.Token.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(200));
            anyStop.Token.ThrowIfCancellationRequested();
            run = _store.TryRead(id);
        }

        return run;
    }

    // A run that was there before the pipeline was linked because it was as needed. It is another's, and is not started again.
    private bool IsOwn(Run run) => run.Initialized is { } made && RunClock.FromTime(made) >= _initialized;

    private static bool IsAsPlanned(Run run, RunPlan planned) =>
        run.ModelName == planned.OpRef.ModelName
        && run.OperationName == planned.OpRef.OperationName
        && FlagSignature.Of(run.Flags, NoNames) == FlagSignature.Of(planned.RecordedFlags, NoNames);

    // Who puts a program right after it failed wants that one to be run. What was only interrupted goes on with the code that it began with.
    private bool IsMended(PipelineStep step, Run run, RunPlan planned) =>
        planned.Pipeline is null
        && (IsForced(step) || run is { Status: RunStatus.Completed } or { Status: RunStatus.Error, ExitCode: not null })
        && (new PlannedSources(context, Stop).DigestOf(planned) != run.SourceCodeDigest || !CommandShape.AreSame(planned.Command.Arguments, run.Command, context));

    private static bool IsOlder(Run run, IReadOnlyList<StepResult> earlier) =>
        earlier.Any(result => result.Run is { Stopped: { } stopped } && run.Started is { } started && started < stopped);

    private static readonly HashSet<string> NoNames = new(StringComparer.Ordinal);
}

/// <summary>The right to run one program at the same time as others; given back when it has ended.</summary>
internal sealed class Slot(SemaphoreSlim slots) : IDisposable
{
    public void Dispose() => slots.Release();
}
