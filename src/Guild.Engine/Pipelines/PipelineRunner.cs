using System.Runtime.ExceptionServices;
using Guild.Engine.Execution;
using Guild.Engine.Operations;
using Guild.Engine.Runs;

namespace Guild.Engine.Pipelines;

/// <summary>Carries out the steps of a pipeline, those that do not depend on each other at the same time if that is allowed, and keeps the record of it.</summary>
internal sealed class PipelineRunner(EngineContext context, RunDirectory directory, PipelinePlan plan)
{
    private readonly StepResult?[] _results = new StepResult?[plan.Steps.Count];
    private readonly bool[] _started = new bool[plan.Steps.Count];
    private readonly List<string> _notes = [];

    /// <summary>What looks for scalars in what the steps print.</summary>
    public required OutputScalarRecorder Scalars { get; init; }

    private PipelineOptions Options => plan.Source.Options;

    /// <summary>Carries the steps out and waits until all that were started have ended.</summary>
    /// <exception cref="HomeException">The record cannot be written.</exception>
    public void Run(RunOptions options, IEventSink events, CancellationToken stop)
    {
        var marks = new RunMarks(directory, context.Time);
        marks.Begin();
        try
        {
            marks.StandIn();
            using var life = marks.KeepRenewed();
            var status = RunAll(options, events, stop);
            if (status != 0 && options.Limit?.Note is { } tooLong)
            {
                _notes.Add(tooLong);
            }

            marks.End(status, _notes);
        }
        catch
        {
            // What went wrong is recorded by who called. The run must not seem to go on for as long as this process does.
            marks.Abandon();
            throw;
        }
    }

    private int RunAll(RunOptions options, IEventSink events, CancellationToken stop)
    {
        int status;
        using (var output = new PipelineOutput(
            directory,
            Scalars.Sink is null ? null : new OutputLineReader(Scalars.Sink, Scalars.Mark),
            context.Time,
            fault => events.Report(new WarningEvent($"The output of pipeline '{directory.Id}' is recorded only in part, because it could not be written: {fault.Message}")),
            options.Copy))
        {
            using var slots = options.StepSlots is null ? new SemaphoreSlim(Options.ThrottleLimit) : null;
            var steps = new StepRunner(context, directory, plan, output) { Options = options with { StepSlots = options.StepSlots ?? slots }, Events = events, Stop = stop };
            status = RunAll(steps, output, () => -new StopTokens(stop, options.Terminate, options.Kill).Signal);
        }

        Scalars.Complete();
        return status;
    }

    private int RunAll(StepRunner steps, PipelineOutput output, Func<int?> stopStatus)
    {
        if (plan.Steps.Count == 0)
        {
            output.Log("WARNING", $"no steps defined for run {directory.Id}");
        }

        var running = new Dictionary<Task<StepResult>, PipelineStep>();
        Exception? unforeseen = null;
        var status = 0;
        while (true)
        {
            while (stopStatus() is null && unforeseen is null && (status == 0 || Options.KeepsGoing) && running.Count < Options.ThrottleLimit && NextReady() is { } step)
            {
                _started[step.Index] = true;
                var earlier = step.DependsOn.Select(index => _results[index]!).ToList();
                running.Add(Task.Factory.StartNew(() => steps.Run(step, earlier), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default), step);
            }

            if (running.Count == 0)
            {
                break;
            }

            var ended = Task.WhenAny(running.Keys).GetAwaiter().GetResult();
            running.Remove(ended, out var its);
            if (ended.IsFaulted)
            {
                unforeseen ??= ended.Exception!.InnerException;
                continue;
            }

            var result = ended.GetAwaiter().GetResult();
            _results[its!.Index] = result;
            if (result.ExitStatus != 0 && stopStatus() is null)
            {
                status = status == 0 ? result.ExitStatus : status;
                _notes.Add(result.Problem is { } problem ? $"Step '{its.Name}' failed: {problem}" : Failure(its.Name, result));
            }
        }

        if (unforeseen is not null)
        {
            ExceptionDispatchInfo.Throw(unforeseen);
        }

        return stopStatus() ?? status;
    }

    private static string Failure(string name, StepResult result) => FormattableString.Invariant(
        $"Step '{name}' failed with exit code {result.ExitStatus}{(result.Run is null ? "" : $" (run {result.Run.ShortId})")}.");

    // The first by the order of the plan whose dependencies have all ended well.
    private PipelineStep? NextReady()
    {
        foreach (var index in plan.Order)
        {
            if (!_started[index] && plan.Steps[index].DependsOn.All(other => _results[other] is { ExitStatus: 0 }))
            {
                return plan.Steps[index];
            }
        }

        return null;
    }
}

/// <summary>What came of a step.</summary>
/// <param name="Run">Its run; null if none was made.</param>
/// <param name="ExitStatus">What the pipeline ends with if it is not 0.</param>
internal sealed record StepResult(Run? Run, int ExitStatus)
{
    /// <summary>The full ids of the runs that other steps can take files of: its own, of a pipeline those of its steps too, of a batch that of a trial.</summary>
    public IReadOnlyList<string> Offered { get; init; } = [];

    /// <summary>True if its program was run now, and not only found to be there.</summary>
    public bool IsRunNow { get; init; }

    /// <summary>Why it could not be carried out, as a sentence; null if it was.</summary>
    public string? Problem { get; init; }
}
